// `utilityProcess` for an Electron that has none: today's Node runs the built host, and ports are led to it over a pipe.
import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { frameReader, frameText } from './frames';
import type { Port } from './ports';

export const utilityProcess = {
  fork(file: string): EventEmitter {
    const node = process.env.DIPTYCH_TEST_NODE;
    if (!node) throw new Error('DIPTYCH_TEST_NODE names the Node that runs the host');
    const first = process.env.DIPTYCH_TEST_FIRST;
    const child = spawn(node, [...(first ? ['--require', first] : []), join(__dirname, 'host-process.mjs'), file], {
      stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
    });
    const pipe = child.stdio[3] as unknown as Duplex;
    const ports = new Map<number, Port>();
    let last = 0;
    pipe.setEncoding('utf8');
    pipe.on(
      'data',
      frameReader((frame) => {
        if (frame.kind === 'message') ports.get(frame.port)?.postMessage(frame.data);
      }),
    );
    // The host may end while something is on its way to it.
    pipe.on('error', () => {});
    const handle = Object.assign(new EventEmitter(), {
      postMessage(data: unknown, [port]: readonly Port[]) {
        const id = ++last;
        pipe.write(frameText({ kind: 'open', port: id, data }));
        if (!port) return;
        ports.set(id, port);
        port.giveAway(
          (message) => pipe.write(frameText({ kind: 'message', port: id, data: message })),
          () => pipe.write(frameText({ kind: 'close', port: id })),
        );
      },
      kill: () => child.kill(),
      pid: child.pid,
    });
    child.on('exit', (code) => handle.emit('exit', code));
    return handle;
  },
};
