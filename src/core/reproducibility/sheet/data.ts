// Reproduce sheet: each data set with name and digest, how to get it and how to verify it.

import { type Dataset, type Evidence, factValue } from '../../model/facts';
import { dataParams, factEvidence, paramEvidence } from '../evidence';
import { dataLevel } from '../ladders';
import { command, gap, note, recorded } from './line';
import type { SheetContext, SheetLine } from './sheet';
import { shellWord, shownText } from './shell';

const mostSets = 50;

/** Tool that makes a digest, by its length in hex digits. */
const tools: Readonly<Record<number, string>> = { 32: 'md5sum', 40: 'sha1sum', 64: 'sha256sum' };

export function dataLines({ run, tracker }: SheetContext): readonly SheetLine[] {
  const sets = factValue(run.facts, 'datasets') ?? [];
  const evidence = factEvidence(run, 'datasets');
  const lines = sets.slice(0, mostSets).flatMap((set, index) => setLines(set, run.format, evidence[index] ? [evidence[index]] : evidence.slice(0, 1)));
  if (sets.length > mostSets) lines.push(note(`${sets.length - mostSets} more data sets are recorded.`, evidence.slice(mostSets, mostSets + 5)));
  if (sets.length > 0) return lines;
  const named = dataParams(run);
  if (named.length === 0) return [gap(`The data are not recorded by ${tracker}.`)];
  return [
    note(`The params name the data: ${named.map(({ key, value }) => `${shownText(key)} = ${shownText(String(value))}`).join(', ')}.`, paramEvidence(named)),
    gap('Which version of the data it was is not recorded.'),
  ];
}

function setLines(set: Dataset, format: string, evidence: readonly Evidence[]): SheetLine[] {
  const title = `${shownText(set.name)}${set.context ? ` (${shownText(set.context)})` : ''}`;
  const facts = [
    set.version && `version ${shownText(set.version)}`,
    set.digest && `digest ${shownText(set.digest)}`,
    set.source && `source ${shownText(set.source)}`,
  ];
  const lines: SheetLine[] = [note([title, ...facts.filter((fact) => fact)].join(', '), evidence)];
  const fetch = fetchLine(set, format);
  if (fetch) lines.push(fetch);
  const digest = /^(?:sha256:|sha1:|md5:)?([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i.exec(set.digest ?? '')?.[1];
  const tool = tools[digest?.length ?? 0];
  if (digest && tool)
    lines.push(
      recorded(
        `Verify ${shownText(set.name)}, where the digest is that of one file. FILE is that file.`,
        `echo '${digest.toLowerCase()}  FILE' | ${tool} --check -`,
      ),
    );
  const level = dataLevel(set);
  if (level === 'S2')
    lines.push(
      gap(
        `${shownText(set.name)}: the digest is short or over a sample. Log the data again the same way and compare; it tells a change, not that every byte is the same.`,
      ),
    );
  if (level === 'S1') lines.push(gap(`${shownText(set.name)}: neither digest nor fixed version is recorded.`));
  return lines;
}

function fetchLine({ name, version, source }: Dataset, format: string): SheetLine | null {
  if (format === 'wandb' && version && /^[\w.-]+(\/[\w.-]+){0,2}$/.test(name) && /^v\d+$/.test(version) && !name.startsWith('-'))
    return command(`Fetch ${shownText(name)}.`, `wandb artifact get ${name}:${version}`);
  const place = source ?? '';
  if (/^https?:\/\//i.test(place)) {
    const word = shellWord(place);
    return word ? recorded('Fetch it from where it was recorded.', `curl --fail --location --remote-name -- ${word}`) : null;
  }
  return null;
}
