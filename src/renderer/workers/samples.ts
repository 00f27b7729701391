// The bundled sample runs as a drop: they go the way of everything else that is read.

import type { Drop, DroppedFile } from './dropped';

/** Path in the bundle → address. The files are assets of the page, so samples work with and without a host. */
const addresses = import.meta.glob<string>(['../../../resources/samples/*/**', '!../../../resources/samples/*/*.py'], {
  eager: true,
  import: 'default',
  query: '?url',
  exhaustive: true,
});

const marker = 'resources/samples/';
const atOnce = 12;

/** All samples, fetched as they are read. @throws TypeError when a file cannot be fetched (the page's server is gone) */
export function sampleDrop(): Drop {
  const listed = Object.entries(addresses)
    .map(([path, address]) => ({ path: path.slice(path.indexOf(marker) + marker.length), address }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const names = [...new Set(listed.map(({ path }) => path.split('/')[0] as string))];
  return { roots: names.map((name) => ({ name, kind: 'folder' })), files: fetchAll(listed, names) };
}

async function* fetchAll(
  listed: readonly { readonly path: string; readonly address: string }[],
  names: readonly string[],
): AsyncGenerator<readonly DroppedFile[]> {
  for (let at = 0; at < listed.length; at += atOnce) {
    yield await Promise.all(
      listed.slice(at, at + atOnce).map(async ({ path, address }): Promise<DroppedFile> => {
        const response = await fetch(address);
        if (!response.ok) throw new TypeError(`The sample ${path} could not be fetched (${response.status}).`);
        const [root, ...rest] = path.split('/') as [string, ...string[]];
        return { root: names.indexOf(root), path: rest.join('/'), file: new File([await response.arrayBuffer()], rest.at(-1) ?? '') };
      }),
    );
  }
}
