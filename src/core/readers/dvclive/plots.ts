// Images and plots of a run's folder `plots`: by step where they are named by it, plots by what their template or their fields say.

import { isObject } from '../../formats/flatten';
import { confusionOf, curveOf, jsonOf, plainCell, tableOfRecords } from '../../formats/media-json';
import { mediaTypeOf } from '../../formats/media-types';
import type { LoggedItem, MediaBytes, RunEvent, RunKey, ShapedBytes } from '../../model/events';
import { jsonType } from '../../model/media';
import type { Value, Values } from '../../model/values';
import { pathBelow, type SourceDir, type SourceFile, walkFiles } from '../../source/source';

/** What `dvc.yaml` says of a plot. */
interface PlotSetting {
  readonly template: string;
  readonly x: string;
  readonly y: string;
}
/** Path of a plot's file → its setting. */
export type PlotSettings = ReadonlyMap<string, PlotSetting>;

interface Found {
  readonly kind: string;
  readonly items: { readonly item: LoggedItem; readonly from: MediaBytes }[];
}

/** Media of a run's folder. @param files those that the run may read */
export function* plotEvents(run: RunKey, dir: SourceDir, files: ReadonlySet<SourceFile>, settings: PlotSettings, keepMedia: boolean): Generator<RunEvent> {
  const found = new Map<string, Found>();
  const put = (name: string, kind: string, item: LoggedItem, from: MediaBytes): void => {
    const known = found.get(`${kind}\0${name}`) ?? { kind, items: [] };
    found.set(`${kind}\0${name}`, known);
    known.items.push({ item, from });
  };
  const plots = dir.dirs.get('plots');
  const images = plots?.dirs.get('images');
  for (const file of images ? walkFiles(images) : []) {
    if (!files.has(file)) continue;
    const path = pathBelow(images as SourceDir, file);
    const stepped = /^(.+)\/(\d{1,15})\.\w+$/.exec(path);
    const item = { step: stepped ? Number(stepped[2]) : null, timeMs: null, index: 0, caption: null, ...mediaTypeOf(path) };
    put(stepped?.[1] ?? path, 'image', item, { file, path: pathBelow(dir, file) });
  }
  for (const folder of [plots?.dirs.get('sklearn'), plots?.dirs.get('custom')])
    for (const file of folder ? walkFiles(folder) : []) {
      if (!files.has(file) || !file.name.endsWith('.json')) continue;
      const path = pathBelow(dir, file);
      const item = { step: null, timeMs: null, index: 0, form: 'table', type: jsonType, caption: null } as const;
      const name = path.slice('plots/'.length).replace(/\.json$/, '');
      put(name, 'plot', item, { file, path, shape: (bytes) => plotOf(name, bytes, settings.get(file.path)) });
    }
  for (const [key, { kind, items }] of found) {
    const of = { name: key.slice(kind.length + 1), kind };
    yield { kind: 'media', run, media: { ...of, count: items.length } };
    if (keepMedia) for (const { item, from } of items) yield { kind: 'media-item', run, of, item, from };
  }
}

/** Fields of the curves that DVCLive writes by itself: x, y. */
const curves: Readonly<Record<string, readonly [string, string]>> = {
  roc: ['fpr', 'tpr'],
  precision_recall: ['recall', 'precision'],
  det: ['fpr', 'fnr'],
  calibration: ['prob_pred', 'prob_true'],
};

/** A list of records, or one list below the plot's kind. */
function plotOf(name: string, bytes: Uint8Array, setting: PlotSetting | undefined): ShapedBytes | null {
  const data = jsonOf(bytes);
  const [kind, list] = isObject(data) ? (Object.entries(data).find(([, value]) => Array.isArray(value)) ?? ['', null]) : ['', data];
  if (!Array.isArray(list)) return null;
  const records = (list as readonly Value[]).filter((record) => isObject(record));
  const axes = Object.hasOwn(curves, kind) ? curves[kind] : undefined;
  if (axes) return curveOf(axes[0], axes[1], pairs(name, records, axes));
  const fields = confusionFields(records, setting);
  if (fields) {
    const [actual, predicted] = fields;
    const note = actual === 'actual' ? undefined : `Rows are the plot’s x (${actual}), columns its y (${predicted}).`;
    return confusionOf(
      records.map((record) => [cellText(record[actual]), cellText(record[predicted]), 1]),
      note,
    );
  }
  return tableOfRecords(records);
}

/**
 * Fields of the actual and the predicted class. DVC's template draws x and y as they are named; its own plots have the names
 * `actual` and `predicted`, others are read as x for the actual class.
 */
function confusionFields(records: readonly Values[], setting: PlotSetting | undefined): readonly [string, string] | null {
  const named = records.length > 0 && records.every((record) => 'actual' in record && 'predicted' in record);
  if (named) return ['actual', 'predicted'];
  return setting && /^confusion/.test(setting.template) && setting.x !== '' && setting.y !== '' ? [setting.x, setting.y] : null;
}

const cellText = (value: Value | undefined): string => String(plainCell(value));

function pairs(name: string, records: readonly Values[], [x, y]: readonly [string, string]): [string, number, number][] {
  return records.flatMap((record): [string, number, number][] => {
    const [atX, atY] = [record[x], record[y]];
    return typeof atX === 'number' && typeof atY === 'number' ? [[name, atX, atY]] : [];
  });
}

/** Plots of a `dvc.yaml`, whose paths are relative to its folder. */
export function plotSettings(pipeline: Value, folder: SourceDir | null): PlotSettings {
  const settings = new Map<string, PlotSetting>();
  const plots = isObject(pipeline) ? pipeline.plots : null;
  const entries: readonly Value[] = Array.isArray(plots) ? plots : isObject(plots) ? [plots] : [];
  const base = !folder || folder.path === '.' ? '' : `${folder.path}/`;
  const word = (value: Value | undefined) => (typeof value === 'string' ? value : '');
  for (const entry of entries)
    for (const [path, about] of isObject(entry) ? Object.entries(entry) : [])
      if (isObject(about) && typeof about.template === 'string')
        settings.set(`${base}${path}`, { template: about.template, x: word(about.x), y: word(about.y) });
  return settings;
}
