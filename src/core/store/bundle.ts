// Bundles: a zip with packed runs and a manifest, to keep or hand on runs without their trackers. Lossless.

import { strToU8, Zip, ZipDeflate } from 'fflate';
import type { ReadRun } from '../model/run';
import { type BundleManifest, bundleFormat, bundleVersion, manifestName } from './bundle-format';
import { packRuns } from './pack';

/** fflate writes no zip64. */
const mostBytes = 0xffff_ffff;

/**
 * Writes a bundle piece by piece. The same runs give the same bytes.
 * @param beside more members by name, which say nothing of runs: readers of bundles leave them alone
 * @throws Error when it grows beyond 4 GB, and what `write` throws
 */
export async function writeBundle(
  runs: Iterable<ReadRun> | AsyncIterable<ReadRun>,
  write: (chunk: Uint8Array) => Promise<void>,
  signal: AbortSignal,
  beside: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<void> {
  let pending: Uint8Array[] = [];
  let written = 0;
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    pending.push(chunk);
  });
  const flush = async () => {
    signal.throwIfAborted();
    const chunks = pending;
    pending = [];
    for (const chunk of chunks) {
      written += chunk.length;
      if (written > mostBytes) throw new Error('A bundle cannot be larger than 4 GB: export fewer runs at a time.');
      await write(chunk);
    }
  };
  const add = async (name: string, bytes: Uint8Array) => {
    const member = new ZipDeflate(name, { level: 1 });
    // Always the same time, so that the same runs give the same bytes.
    member.mtime = new Date(1980, 0, 1);
    zip.add(member);
    const step = 1024 * 1024;
    for (let at = 0; at < bytes.length || at === 0; at += step) {
      member.push(bytes.subarray(at, at + step), at + step >= bytes.length);
      await flush();
    }
  };
  const listed: BundleManifest['runs'][number][] = [];
  for await (const read of runs) {
    const file = `runs/${String(listed.length).padStart(6, '0')}.pack`;
    const { id, name, format } = read.run;
    listed.push({ id, name, format, file });
    // In one order, whichever way the files were come by: a bundle of a bundle is the same bundle.
    const contents = [...read.contents].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    await add(file, packRuns([{ ...read, contents }]));
  }
  for (const [name, bytes] of beside) await add(name, bytes);
  const manifest: BundleManifest = { format: bundleFormat, version: bundleVersion, runs: listed };
  await add(manifestName, strToU8(`${JSON.stringify(manifest, null, 1)}\n`));
  zip.end();
  await flush();
}
