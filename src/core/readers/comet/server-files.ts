// Files of an experiment on a server: its code, output and changes, and the assets that were logged, named as cometx names them.

import { openZip } from '../../formats/archive/zip';
import { type JsonObject, textOf } from '../../formats/http-json';
import { numberOf } from '../../formats/numbers';
import type { RunEvent, RunKey } from '../../model/events';
import type { Checkpoint } from '../../model/facts';
import type { ReadContext } from '../../source/reader';
import { type SourceDir, SourceError, type SourceFile } from '../../source/source';
import { msOf } from '../_comet/experiment';
import { type RemoteEntry, remoteFolder } from '../_remote/folder';
import type { CometApi } from './api';
import { type Shown, shownOf } from './media';

/** Of `log_model`. */
const modelFolder = 'assets/model-element/';
/** Points of metrics, not files of the user's. */
const ownTypes: ReadonlySet<string> = new Set(['ASSET_TYPE_FULL_METRIC']);
const mostAssets = 20_000;

export const bytesFile = (path: string, bytes: Uint8Array<ArrayBuffer>): SourceFile => ({
  name: path.slice(path.lastIndexOf('/') + 1),
  path,
  size: bytes.length,
  modifiedMs: null,
  read: (offset, length) => bytes.slice(offset, offset + length),
});

export const textFile = (path: string, text: string): SourceFile => bytesFile(path, new TextEncoder().encode(text));

/** The one file of a zip; older servers answer it as it is. */
export async function patchFile(path: string, bytes: Uint8Array<ArrayBuffer>, context: ReadContext): Promise<SourceFile> {
  const file = bytesFile(path, bytes);
  try {
    const [only] = (await openZip(file, null, { signal: context.signal, limits: context.limits, issue: () => {} })).files.values();
    return only ? { ...only, path } : file;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return file;
  }
}

/** An asset that was logged, by the name under which cometx writes it. */
interface Asset {
  readonly id: string;
  readonly path: string;
  readonly title: string;
  readonly type: string;
  readonly about: JsonObject;
}

/** Artifacts, checkpoints, and media with their bytes where they are kept. @param root where the run stands */
export function* assetEvents(run: RunKey, key: string, root: string, listed: readonly JsonObject[], api: CometApi, context: ReadContext): Generator<RunEvent> {
  const assets = [...namedAssets(listed.slice(0, mostAssets))];
  const entries = assets.map(
    ({ id, path, about }): RemoteEntry => ({
      path,
      size: numberOf(about.fileSize ?? null) ?? 0,
      fetch: (most) => api.asset(key, id, most, context.signal),
    }),
  );
  const home = remoteFolder(root, entries);
  const checkpoints: Checkpoint[] = [];
  const media = new Map<string, { readonly name: string; readonly kind: string; count: number }>();
  const shown: { readonly asset: Asset; readonly as: Shown; readonly file: SourceFile }[] = [];
  for (const asset of assets) {
    const file = fileAt(home, asset.path);
    if (!file) continue;
    const { path, type } = asset;
    yield { kind: 'artifact', run, artifact: { path, size: file.size, kind: 'file' }, file };
    if (path.startsWith(modelFolder)) checkpoints.push({ path, step: null, digest: null });
    const as = shownOf(type, asset.title);
    if (as === null) continue;
    const name = mediaName(asset);
    const known = media.get(`${type}\0${name}`);
    if (known) known.count++;
    else media.set(`${type}\0${name}`, { name, kind: type, count: 1 });
    shown.push({ asset, as, file });
  }
  if (checkpoints.length > 0)
    yield { kind: 'fact', run, fact: { kind: 'checkpoint', value: checkpoints, evidence: checkpoints.slice(0, 10).map(({ path }) => ({ file: path })) } };
  for (const one of media.values()) yield { kind: 'media', run, media: one };
  if (!context.keepMedia) return;
  for (const { asset, as, file } of shown) {
    const item = { step: numberOf(asset.about.step ?? null), timeMs: msOf(asset.about.createdAt), index: 0, form: as.form, type: as.type, caption: null };
    const from = { file, path: asset.path, ...(as.shape ? { shape: as.shape } : {}) };
    yield { kind: 'media-item', run, of: { name: mediaName(asset), kind: asset.type }, item, from };
  }
}

const mediaName = ({ type, title }: Asset): string => (type === 'text-sample' ? 'text' : title);

/** A name that comes again gets a number, and a sound its step: as `cometx download` does. */
function* namedAssets(listed: readonly JsonObject[]): Generator<Asset> {
  const counts = new Map<string, number>();
  for (const about of listed) {
    const [id, title] = [textOf(about.assetId), textOf(about.fileName)];
    const type = textOf(about.type) || 'asset';
    if (id === null || title === null || title === '' || ownTypes.has(type)) continue;
    const step = numberOf(about.step ?? null);
    const [, stem = '', ending = ''] = /^([^.]*)\.?(.*)$/s.exec(title) ?? [];
    const name = type === 'audio' && step !== null ? `${stem}-${step}.${ending}` : title;
    const times = counts.get(name);
    counts.set(name, (times ?? -1) + 1);
    const dot = name.lastIndexOf('.');
    const stored = times === undefined ? name : dot < 0 ? `${name}_${times + 1}` : `${name.slice(0, dot)}_${times + 1}${name.slice(dot)}`;
    yield { id, path: `assets/${type}/${stored}`, title, type, about };
  }
}

function fileAt(home: SourceDir, path: string): SourceFile | null {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  let at: SourceDir | undefined = home;
  for (const part of parts) at = at?.dirs.get(part);
  return at?.files.get(name) ?? null;
}
