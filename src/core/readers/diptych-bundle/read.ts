// Reads a bundle: says each packed run again as events, so that nothing computed is taken on trust.

import { issue } from '../../base/issues';
import { readWhole } from '../../formats/bytes';
import { parseJson } from '../../formats/json';
import { decodeUtf8 } from '../../formats/text';
import type { MediaBytes, RunEvent } from '../../model/events';
import type { Fact } from '../../model/facts';
import { isEmbedded, type Media, type MediaForm } from '../../model/media';
import { contentsOfTable, parseTable } from '../../model/media-forms';
import type { Content, ReadRun } from '../../model/run';
import type { Read, ReadContext } from '../../source/reader';
import { fileAt, type SourceDir, type SourceFile } from '../../source/source';
import { bundleVersion, manifestName } from '../../store/bundle-format';
import { PackError, unpackRuns } from '../../store/pack';
import { checkRun, type StoredRun } from '../../store/shape';

export const read: Read = async function* ({ root, key }, context) {
  const manifest = key[0] as SourceFile;
  const listed = await readManifest(manifest, context);
  if ('message' in listed) {
    yield { kind: 'issue', issue: listed };
    return;
  }
  let number = 0;
  for (const name of listed.files) {
    const file = fileAt(root, name);
    if (!file) {
      yield { kind: 'issue', issue: issue('missing-file', `The bundle names a run that is not in it: ${name}`, { file: manifest.path }) };
      continue;
    }
    for (const event of await packEvents(file, root, number++, context)) yield event;
  }
};

async function readManifest(file: SourceFile, context: ReadContext) {
  const wrong = (code: 'bad-record' | 'unsupported', message: string) => issue(code, message, { file: file.path });
  try {
    const manifest = parseJson(decodeUtf8(await readWhole(file, context.limits, context.signal)).text) as {
      readonly version?: unknown;
      readonly runs?: readonly { readonly file?: unknown }[];
    } | null;
    if (manifest?.version !== bundleVersion) {
      return wrong(
        'unsupported',
        `The bundle has version ${String(manifest?.version)}; this Diptych reads version ${bundleVersion}. A newer Diptych opens it.`,
      );
    }
    if (!Array.isArray(manifest.runs)) return wrong('bad-record', `${manifestName} lists no runs.`);
    return { files: manifest.runs.flatMap((run) => (typeof run?.file === 'string' ? [run.file] : [])) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return wrong('bad-record', `${manifestName} cannot be read: ${error.message}`);
  }
}

/** All events of one pack, which holds one run; or the issue that it cannot be read. */
async function packEvents(file: SourceFile, root: SourceDir, number: number, context: ReadContext): Promise<readonly RunEvent[]> {
  const wrong = (message: string): RunEvent[] => [{ kind: 'issue', issue: issue('bad-record', message, { file: file.path }) }];
  const bytes = await readWhole(file, context.limits, context.signal);
  context.progress(bytes.length);
  let runs: readonly ReadRun[];
  try {
    runs = unpackRuns(bytes);
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    return wrong(error.message);
  }
  return runs.flatMap((one, i) => {
    const checked = checkRun(one.run);
    if ('wrong' in checked) return wrong(`A run of the bundle is damaged at ${checked.wrong}`);
    return [...runEvents(checked.run, one, root, number * 1000 + i)];
  });
}

function* runEvents(stored: StoredRun, { points, contents }: ReadRun, root: SourceDir, run: number): Generator<RunEvent> {
  const {
    id,
    parentId,
    format,
    sources,
    extract,
    own,
    nativeId,
    path,
    params,
    tags,
    summary,
    media,
    series,
    artifacts,
    facts,
    issues,
    origins,
    conflicts,
    ...header
  } = stored;
  const settled = {
    id,
    parentId,
    format,
    sources,
    ...(extract ? { extract } : {}),
    ...(own ? { own } : {}),
    ...(origins ? { origins } : {}),
    ...(conflicts ? { conflicts } : {}),
  };
  yield { kind: 'begin', run, identity: { nativeId, settled }, path };
  yield { kind: 'header', run, set: header };
  yield { kind: 'params', run, values: params };
  yield { kind: 'tags', run, values: tags };
  yield { kind: 'summary', run, values: summary };
  for (const [i, { name, context, xAxis, system, exactSteps }] of series.entries()) {
    const columns = points[i];
    yield { kind: 'series', run, series: i, key: { name, context }, system, ...(xAxis === null ? {} : { xAxis }) };
    if (columns) yield { kind: 'points', run, series: i, ...columns, ...(exactSteps ? { exactSteps } : {}) };
  }
  const files = new Map(contents.map((content) => [content.path, contentFile(content, root)]));
  for (const artifact of artifacts) {
    const file = files.get(artifact.path);
    yield { kind: 'artifact', run, artifact, ...(file ? { file } : {}) };
  }
  yield* mediaEvents(media, contents, files, run);
  for (const fact of facts) yield { kind: 'fact', run, fact: fact as Fact };
  for (const one of issues) yield { kind: 'issue', run, issue: one };
  yield { kind: 'end', run };
}

/** What a pack holds of media, as it was said by the reader that made it; counted first, for what holds no items. */
function* mediaEvents(media: readonly Media[], contents: readonly Content[], files: ReadonlyMap<string, SourceFile>, run: number): Generator<RunEvent> {
  const kept = new Map(contents.map(({ path, bytes }) => [path, bytes]));
  for (const { items = [], ...of } of media) {
    yield { kind: 'media', run, media: of };
    for (const { content, ...item } of items) {
      const bytes = content === null ? undefined : kept.get(content);
      const file = files.get(content ?? '');
      const from = !bytes || !file || content === null ? null : isEmbedded(content) ? packed(item, bytes, files) : { file, path: content };
      yield { kind: 'media-item', run, of, item, from };
    }
  }
}

/** Bytes that were shaped before; a table still brings the files that its cells name. */
function packed({ form }: { readonly form: MediaForm }, bytes: Uint8Array<ArrayBuffer>, files: ReadonlyMap<string, SourceFile>): MediaBytes {
  if (form !== 'table') return { bytes };
  const named = contentsOfTable(parseTable(bytes)).flatMap((path) => {
    const file = files.get(path);
    return file ? [{ file, path }] : [];
  });
  return { bytes, shape: () => ({ bytes, with: named }) };
}

/** Bytes kept for preview, as the file that they were. */
function contentFile({ path, bytes }: Content, root: SourceDir): SourceFile {
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    path: `${root.path}!${path}`,
    size: bytes.length,
    modifiedMs: null,
    read: (offset, length) => bytes.subarray(offset, offset + length),
  };
}
