// The files of an RO-Crate: small files of the run as they are, the run as JSON, the reproduce sheet, and the metadata.

import { createHash } from 'node:crypto';
import type { Content, Run } from '../core/model/run';
import { type SheetTexts, sheetMarkdown } from '../core/report/reproduce-markdown';
import { crateOf } from '../core/reproducibility/crate/crate';
import type { CrateFile } from '../core/reproducibility/crate/entities';
import { documentText, runDocument } from './document';
import { version } from './version';

export interface CrateWish {
  readonly run: Run;
  readonly contents: readonly Content[];
  readonly texts: SheetTexts;
  readonly license: string | undefined;
  readonly createdMs: number;
}

export interface CrateFiles {
  /** Path in the crate → bytes. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  /** Files of the run whose names lead out of the folder or are no file names everywhere. */
  readonly refused: readonly string[];
}

export function crateFiles({ run, contents, texts, license, createdMs }: CrateWish): CrateFiles {
  const described: (CrateFile & { readonly artifact?: string })[] = [];
  const files = new Map<string, string | Uint8Array>();
  const refused: string[] = [];
  const taken = new Set<string>();
  const add = (path: string, bytes: string | Uint8Array, description: string, artifact?: string): void => {
    files.set(path, bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    described.push({ path, size: Buffer.byteLength(bytes), sha256, description, ...(artifact === undefined ? {} : { artifact }) });
  };
  add(
    'run.json',
    documentText({ command: 'inspect', runs: [runDocument(run)], issues: [] }),
    'The run as Diptych read it: params, statistics of all metrics, facts with their evidence.',
  );
  add('reproduce.md', sheetMarkdown(texts), 'How to make the run again, with what is not recorded.');
  for (const { path, bytes } of [...contents].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    // Systems that do not tell upper from lower case hold one of two such names.
    if (!isPlainPath(path) || taken.has(path.toLowerCase())) refused.push(path);
    else add(`run/${path}`, bytes, 'A file of the run, as it was.', path);
    taken.add(path.toLowerCase());
  }
  const metadata = crateOf({
    run,
    files: described,
    ...(license === undefined ? {} : { license }),
    createdMs,
    generator: `Diptych ${version}`,
    gaps: texts.sheet.gaps,
  });
  files.set('ro-crate-metadata.json', `${JSON.stringify(metadata, null, 2)}\n`);
  return { files, refused };
}

/** A path of names that every system takes, and that stays below its folder. */
const isPlainPath = (path: string): boolean =>
  path.length <= 400 &&
  path
    .split('/')
    .every(
      (part) =>
        part.length > 0 && part.length <= 200 && !/^\.{1,2}$|[. ]$|[<>:"|?*\\\p{Cc}]/u.test(part) && !/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(part),
    );
