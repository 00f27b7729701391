// MMEngine (MMDetection, MMSegmentation … from 2022) and MMCV before it: the work folder with its launches.

import { eventFilesIn } from '../../formats/event-folder';
import type { Claim, ProbeContext, RunReader } from '../../source/reader';
import { type SourceDir, type SourceFile, walkDirs, walkFiles } from '../../source/source';

/** One start of the runner: one run. */
export interface Launch {
  /** The folder of the launch, or of MMCV the log itself. */
  readonly place: SourceDir | SourceFile;
  /** Rows of scalars. */
  readonly rows: SourceFile;
  /** When it was started, as its files are called: `20261126_001502`; null where none of them is. */
  readonly stamp: string | null;
  /** The text log. */
  readonly log: SourceFile | null;
  /** The dumped config. */
  readonly config: SourceFile | null;
  /** Metrics of a test behind the training. */
  readonly test: SourceFile | null;
  readonly files: readonly SourceFile[];
}

/** Launches in the order of time, and what they share. */
export interface WorkFolder {
  readonly launches: readonly Launch[];
  /** Checkpoints and configs of the work folder. */
  readonly shared: readonly SourceFile[];
}

const confidence = 0.9;
const headBytes = 64 * 1024;
const scalarsName = 'scalars.json';
const stampedRows = /^(\d{8}_\d{6})\.json$/;
const oldRows = /^(\d{8}_\d{6})\.log\.json$/;
const sharedName = /^(?:.+\.pth|.+\.py|last_checkpoint)$/;

export const reader: RunReader = {
  meta: {
    id: 'mmengine',
    family: 'mmengine',
    title: 'MMEngine work folder',
    tracker: { name: 'MMEngine', short: 'MMEngine' },
    accepts: 'a `work_dirs` folder of MMDetection and its kin, or one launch in it',
    words: { experiment: 'work folder', param: 'setting' },
    records: { seed: 'auto', config: 'auto', python: 'auto', hardware: 'auto' },
  },
  async probe(tree, context) {
    if (tree.named) return [];
    const found = new Map<SourceDir, Launch[]>();
    for (const dir of walkDirs(tree.root)) for (const { root, launch } of await launchesIn(dir, context)) found.set(root, [...(found.get(root) ?? []), launch]);
    return [...found].map(([root, launches]) => claimOf(root, launches));
  },
  load: () => import('./read'),
};

function claimOf(root: SourceDir, found: readonly Launch[]): Claim {
  const launches = found.toSorted((a, b) => compare(a.stamp ?? '', b.stamp ?? '') || compare(a.rows.path, b.rows.path));
  const own = new Set(launches.flatMap(({ files }) => files));
  const shared = [...root.files.values()].filter((file) => sharedName.test(file.name) && !own.has(file));
  const note: WorkFolder = { launches, shared };
  return { root, confidence, key: [launches[0]!.rows], files: [...own, ...shared], note };
}

/** The launches whose rows lie in a folder, and the work folder of each. */
async function launchesIn(dir: SourceDir, context: ProbeContext): Promise<readonly { readonly root: SourceDir; readonly launch: Launch }[]> {
  const found: { readonly root: SourceDir; readonly launch: Launch }[] = [];
  const scalars = await recentLaunch(dir, context);
  if (scalars) found.push(scalars);
  for (const rows of dir.files.values()) {
    const stamp = oldRows.exec(rows.name)?.[1];
    if (stamp === undefined || !isOldLog(await text(rows, context))) continue;
    const log = dir.files.get(`${stamp}.log`) ?? null;
    const launch = { place: rows, rows, stamp, log, config: null, test: null, files: [rows, ...(log ? [log] : [])] };
    found.push({ root: dir, launch });
  }
  return found;
}

/** `<work folder>/<stamp>/vis_data/scalars.json`, from 2022 on. */
async function recentLaunch(dir: SourceDir, context: ProbeContext): Promise<{ readonly root: SourceDir; readonly launch: Launch } | null> {
  const stamped = [...dir.files.values()].find(({ name }) => stampedRows.test(name));
  const rows = dir.files.get(scalarsName) ?? stamped;
  if (!rows || !(stamped || dir.name === 'vis_data') || !isRow(await text(rows, context))) return null;
  const home = dir.parent && dir.name === 'vis_data' ? dir.parent : dir;
  const logs = [...home.files.values()].filter(({ name }) => /^\d{8}_\d{6}\.log$/.test(name));
  const log = logs.find(({ name }) => name === `${home.name}.log`) ?? logs.at(-1) ?? null;
  const stamp = (stamped && stampedRows.exec(stamped.name)?.[1]) ?? log?.name.slice(0, -4) ?? null;
  const pictures = dir.dirs.get('vis_image');
  const config = dir.files.get('config.py') ?? null;
  const test = home === dir ? null : ([...home.files.values()].find(({ name }) => stampedRows.test(name)) ?? null);
  const beside = [stamped, config, log, test].filter((file) => file != null && file !== rows) as SourceFile[];
  const files = [rows, ...beside, ...eventFilesIn(dir), ...(pictures ? walkFiles(pictures) : [])];
  // A launch lies in its work folder; where a launch alone was given, it stands for itself.
  const root = home === dir || !home.parent || !/^\d{8}_\d{6}$/.test(home.name) ? home : home.parent;
  return { root, launch: { place: home, rows, stamp, log, config, test, files } };
}

const text = async (file: SourceFile, context: ProbeContext): Promise<string> => new TextDecoder().decode(await context.head(file, headBytes));

/** A row of scalars; a launch that has just begun has none yet. */
const isRow = (head: string): boolean => head.trim() === '' || /^\s*\{"[^\n]*"step": -?\d/.test(head);

/** Its first line tells the environment, the others begin with their mode. */
const isOldLog = (head: string): boolean => /^\s*\{[^\n]*"(?:env_info|exp_name)": /.test(head) || /^\{"mode": "(?:train|val)", "epoch": /m.test(head);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
