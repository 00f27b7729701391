// In a worker thread: gives a packed host process the `parentPort` that Electron would, and passes on what it is sent.
import { EventEmitter } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';

const parent = new EventEmitter();
process.parentPort = parent;
parentPort.on('message', ({ data, port }) => parent.emit('message', { data, ports: [port] }));
await import(workerData);
parentPort.postMessage('started');
