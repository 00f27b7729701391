// Reads one run: its attributes, and the scalars in its event files.

import type { Issue } from '../../base/issues';
import { EventFolder, eventFilesIn, isEventFile } from '../../formats/event-folder';
import { SeriesWriter } from '../../formats/event-series';
import type { RunEvent } from '../../model/events';
import type { Values } from '../../model/values';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { pathBelow, type SourceDir, type SourceFile, walkFiles } from '../../source/source';
import { readAttributes } from './attributes';
import { eventFolders, guildFolder } from './reader';
import { tableEvents } from './tables';

const run = 0;

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { root } = claim;
  const own = root.dirs.get(guildFolder);
  if (!own) return;
  const files = new Set(claim.files);
  const { id, header, params, tags, facts, issues } = await readAttributes(own, files, context);
  yield { kind: 'begin', run, identity: { nativeId: id ?? root.name }, path: root.path };
  yield { kind: 'header', run, set: header };
  yield { kind: 'params', run, values: params };
  yield { kind: 'tags', run, values: tags };
  for (const fact of facts) yield { kind: 'fact', run, fact };

  // The user's own event files first: what Guild captured of the output under the same name says the same.
  const series = new SeriesWriter(run);
  const names = new Set<string>();
  const fromOutput = new Set<string>();
  const found: Issue[] = [...issues];
  for (const dir of [...eventFolders(root), own]) yield* readFolder(dir, root, files, { series, names, fromOutput, issues: found, context });
  yield* tableEvents(
    [...root.files.values()].filter((file) => files.has(file)),
    series,
    new Set([...names, ...fromOutput]),
    context,
  );
  for (const file of walkFiles(root)) {
    const path = pathBelow(root, file);
    if (files.has(file) && !path.startsWith(`${guildFolder}/`) && !isEventFile(file.name))
      yield { kind: 'artifact', run, artifact: { path, size: file.size, kind: 'file' }, file };
  }
  for (const one of found) yield { kind: 'issue', run, issue: one };
  yield { kind: 'end', run };
};

interface Reading {
  readonly series: SeriesWriter;
  /** Of the series without a context. */
  readonly names: Set<string>;
  /** Of those that Guild captured. */
  readonly fromOutput: Set<string>;
  readonly issues: Issue[];
  readonly context: ReadContext;
}

async function* readFolder(dir: SourceDir, root: SourceDir, files: ReadonlySet<SourceFile>, reading: Reading): AsyncGenerator<RunEvent> {
  const members = eventFilesIn(dir).filter((file) => files.has(file));
  if (members.length === 0) return;
  const { series, names, fromOutput, issues, context } = reading;
  const captured = dir.name === guildFolder;
  const subrun: Values = captured || dir === root ? {} : { subrun: pathBelow(root, dir) };
  const folder = new EventFolder(members, context);
  series.folder(subrun);
  for await (const output of folder.read(context)) {
    if (output.kind === 'points' || output.kind === 'purge') {
      if (captured && names.has(output.tag.name)) continue;
      if (captured) fromOutput.add(output.tag.name);
      else if (dir === root) names.add(output.tag.name);
    }
    yield* series.write(output);
  }
  for (const media of folder.media) yield { kind: 'media', run, media: 'subrun' in subrun ? { ...media, context: subrun } : media };
  issues.push(...folder.issues);
}
