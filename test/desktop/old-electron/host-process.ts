// Runs the built host under plain Node as Electron's utility process would: ports come over `process.parentPort`.
import { EventEmitter } from 'node:events';
import { Socket } from 'node:net';
import { pathToFileURL } from 'node:url';
import { frameReader, frameText } from './frames';

const pipe = new Socket({ fd: 3, readable: true, writable: true });
const parent = new EventEmitter();
const ports = new Map<number, EventEmitter>();
Object.assign(process, { parentPort: parent });

const portOf = (id: number) => {
  const port = Object.assign(new EventEmitter(), {
    postMessage: (data: unknown) => void pipe.write(frameText({ kind: 'message', port: id, data })),
    close: () => void ports.delete(id),
    start() {},
  });
  ports.set(id, port);
  return port;
};

pipe.setEncoding('utf8');
await import(/* @vite-ignore */ pathToFileURL(process.argv[2] ?? '').href);
pipe.on(
  'data',
  frameReader((frame) => {
    if (frame.kind === 'open') parent.emit('message', { data: frame.data, ports: [portOf(frame.port)] });
    else if (frame.kind === 'close') ports.get(frame.port)?.emit('close');
    else ports.get(frame.port)?.emit('message', { data: frame.data });
  }),
);
// The shell is gone.
pipe.on('close', () => process.exit());
