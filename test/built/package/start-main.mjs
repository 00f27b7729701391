// Takes the first turn of a packed main process under plain Node: `electron` is a recorder, and what was called is printed as JSON.
import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';

const entry = process.argv[2];
const calls = [];
/** Whatever is asked of Electron is there, can be called, and is noted; it never becomes ready, so the first turn is all there is. */
const recorder = (name) =>
  new Proxy(function electron() {}, {
    get: (_target, key) => (typeof key === 'symbol' || key === 'then' ? undefined : recorder(`${name}.${key}`)),
    apply(_target, _self, args) {
      calls.push({ name, args });
      return name === 'app.whenReady' ? new Promise(() => {}) : recorder(`${name}()`);
    },
    construct: () => recorder(`new ${name}`),
  });
globalThis.electronRecorder = recorder;

const names = [...readFileSync(entry, 'utf8').matchAll(/^import \{([^}]+)\} from "electron"/gm)].flatMap(([, list]) =>
  list.split(',').map((name) => name.trim().split(' as ')[0]),
);
const fake = names.map((name) => `export const ${name} = globalThis.electronRecorder(${JSON.stringify(name)});`).join('\n');
const hooks = `export const resolve = (name, context, next) =>
  name === 'electron' ? { url: 'data:text/javascript,' + ${JSON.stringify(encodeURIComponent(fake))}, shortCircuit: true } : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);

await import(pathToFileURL(entry).href);
const plain = (_key, value) => (typeof value === 'function' ? '(function)' : value);
process.stdout.write(JSON.stringify({ names, calls }, plain), () => process.exit(0));
