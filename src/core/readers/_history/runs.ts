// Who the runs of a log are, and what is added when all its rows were read: params, facts, artifacts.

import { joinBytes } from '../../formats/bytes';
import { decodeUtf8 } from '../../formats/text';
import type { RunEvent } from '../../model/events';
import type { Claim, ReadContext } from '../../source/reader';
import { pathBelow } from '../../source/source';
import type { Found } from './find';
import { readSidecar } from './sidecars';
import type { HistoryWriter, RunStart } from './writer';

const dataBytes = 4096;

/**
 * How to begin the runs of a log.
 * @param heads the first bytes of each log, unpacked
 * @param manyRuns rows name their run: that name is the native id, unique within this log
 */
export function startOf(found: Found, heads: readonly Uint8Array[], manyRuns: boolean): (run: string) => RunStart {
  const { path } = found;
  const head = joinBytes(heads.map(fingerprint));
  // Logs of runs that have just begun are all alike: their folders tell them apart until there is data.
  const begun = heads.some((bytes) => bytes.length > bytes.indexOf(10) + 1);
  const names = found.logs.map(({ name }) => name.replace(/\.gz$/i, '')).join('|');
  const within = begun ? names : `${found.home.name}/${names}`;
  const scope = heads.map((bytes) => firstLines(bytes, 2)).join('\n');
  return (run) => {
    if (manyRuns && run !== '') return { identity: { nativeId: run, scope }, path, header: { name: run } };
    return { identity: { nativeId: null, within, head }, path };
  };
}

/** The header and the first 4 KB behind it. */
function fingerprint(bytes: Uint8Array): Uint8Array {
  const header = bytes.indexOf(10) + 1;
  return bytes.subarray(0, header + dataBytes);
}

const firstLines = (bytes: Uint8Array, count: number): string =>
  decodeUtf8(bytes.subarray(0, 2 * dataBytes))
    .text.split('\n', count)
    .join('\n');

/** The last events: what lies beside the log, then everything gathered. */
export async function* finishRuns(found: Found, claim: Claim, writer: HistoryWriter, context: ReadContext): AsyncGenerator<RunEvent> {
  const keys = writer.names.map((name) => [name, writer.touch(name)] as const);
  const events: RunEvent[] = [];
  for (const file of found.sidecars) {
    if (!claim.files.includes(file)) continue;
    const { params, facts, issues } = await readSidecar(file, pathBelow(found.home, file), context);
    for (const [name, run] of keys) {
      writer.params(name, params);
      for (const fact of facts) events.push({ kind: 'fact', run, fact });
      for (const issue of issues) events.push({ kind: 'issue', run, issue });
    }
  }
  yield* writer.flush();
  yield* events;
  for (const [, run] of keys)
    for (const file of found.artifacts) yield { kind: 'artifact', run, artifact: { path: pathBelow(found.home, file), size: file.size, kind: 'file' }, file };
  for (const [, run] of keys) yield { kind: 'end', run };
}
