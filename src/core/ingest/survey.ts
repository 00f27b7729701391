// Looks over a source for files that no reader knows, proposes how to read them, and shows what a mapping would make of them.

import type { Issue } from '../base/issues';
import { paceOf } from '../base/pace';
import { guessBytes, guessFile } from '../mapping/guess';
import { mappingFileName } from '../mapping/mapping';
import { parseMapping } from '../mapping/parse';
import { type GuessedFile, propose } from '../mapping/propose';
import { mappingText } from '../mapping/write';
import { readers } from '../readers';
import { type MappingPreview, type PreviewLimits, previewLimits, previewMapping } from '../readers/mapping/preview';
import type { Limits, ProbeContext, ReadContext } from '../source/reader';
import { pathBelow, type SourceFile, type SourceTree, walkFiles } from '../source/source';
import { openArchives } from './archives';
import { type ReaderClaim, settleClaims } from './claims';
import { headCache } from './heads';

export interface SurveyOptions {
  readonly signal: AbortSignal;
  readonly limits: Limits;
}

export interface UnknownFile {
  readonly path: string;
  readonly size: number;
  /** What it looks like; null where nothing fits, or it was not looked at. */
  readonly guess: string | null;
  readonly score: number;
}

export interface Survey {
  /** Files that nobody reads and that may be logs. */
  readonly unknown: readonly UnknownFile[];
  readonly unknownCount: number;
  /** Text of a mapping file for those that look like something. */
  readonly proposal: string;
  /** Of the tree's files how many some reader takes. */
  readonly claimed: number;
}

/** Heads of so many files are looked at. */
const mostGuessed = 500;
const mostListed = 500;
const logLike = /\.(?:log|txt|out|err|csv|tsv|tab|dat|json|jsonl|ndjson|jl|md)(?:\.gz)?$/i;
const noLog =
  /^(?:readme|license|licence|requirements|environment|makefile|dockerfile|\.)|\.(?:py|sh|ipynb|md|ya?ml|toml|ini|cfg|lock|html?|js|ts|css|svg|png|jpe?g|gif|pdf|pt|pth|ckpt|h5|keras|safetensors|bin|pkl|npz?|npy|zip|gz|tar|db|sqlite3?)$/i;

/** What is unknown in a tree and the archives in it, and a mapping for it. */
export async function surveyTree(tree: SourceTree, { signal, limits }: SurveyOptions): Promise<Survey> {
  const pace = paceOf(signal);
  const head = headCache();
  try {
    let claimed = 0;
    const others: string[] = [];
    const candidates: Candidate[] = [];
    for await (const [at, taken] of treesOf(tree, { signal, limits }, head)) {
      claimed += taken.size;
      for (const file of at.named ? [at.named] : walkFiles(at.root)) {
        // What a mapping means begins in the root of its tree: an archive is one.
        const path = pathBelow(at.root, file);
        const unknown = !taken.has(file) && file.size > 0 && (file === at.named || !noLog.test(file.name));
        if (unknown) candidates.push({ file, path });
        else others.push(path);
      }
      await pace.turn();
    }
    candidates.sort(byLikelihood);
    const guessed: GuessedFile[] = [];
    for (const { file, path } of candidates.slice(0, mostGuessed)) {
      guessed.push({ path, guesses: guessFile(await head(file, guessBytes), file.size <= guessBytes) });
      await pace.turn();
    }
    const rest = candidates.slice(mostGuessed).map(({ path }) => path);
    const unknown = candidates.slice(0, mostListed).map(({ file }, at): UnknownFile => {
      const best = guessed[at]?.guesses[0];
      return { path: file.path, size: file.size, guess: best?.title ?? null, score: best?.score ?? 0 };
    });
    return { unknown, unknownCount: candidates.length, proposal: mappingText(propose(guessed, [...others, ...rest])), claimed };
  } finally {
    pace.close();
  }
}

interface Candidate {
  readonly file: SourceFile;
  readonly path: string;
}

/** Archives in archives are looked into as far as an import does. */
const deepestArchive = 2;

/** The tree, then those of the archives in it that no reader takes; each with the files that readers take. */
async function* treesOf(
  tree: SourceTree,
  options: SurveyOptions,
  head: ProbeContext['head'],
  depth = 0,
): AsyncGenerator<readonly [SourceTree, ReadonlySet<SourceFile>]> {
  const claims: ReaderClaim[] = [];
  for (const reader of readers) {
    const found = await reader.probe(tree, { signal: options.signal, head }).catch(() => []);
    claims.push(...found.map((claim) => ({ reader, claim })));
  }
  const taken = new Set(settleClaims(claims).flatMap(({ claim }) => claim.files));
  yield [tree, taken];
  if (depth === deepestArchive) return;
  for await (const archive of openArchives(tree, taken, { ...options, head, issue: () => {} })) yield* treesOf(archive, options, head, depth + 1);
}

/** Names of logs first, so that the limit leaves out what is least likely one. */
const byLikelihood = (a: Candidate, b: Candidate): number =>
  Number(logLike.test(b.file.name)) - Number(logLike.test(a.file.name)) || (a.file.path < b.file.path ? -1 : 1);

export interface MappingCheck {
  /** Null where the file is refused. */
  readonly preview: MappingPreview | null;
  /** What is wrong with the text, by place. */
  readonly problems: readonly Issue[];
}

/** Reads a tree by a mapping's text, as far as a preview goes. */
export async function checkMapping(
  tree: SourceTree,
  text: string,
  { signal, limits }: SurveyOptions,
  bounds: PreviewLimits = previewLimits,
): Promise<MappingCheck> {
  const { document, issues } = parseMapping(text, mappingFileName);
  if (!document) return { preview: null, problems: issues };
  const trees: SourceTree[] = [];
  for await (const [at] of treesOf(tree, { signal, limits }, headCache())) trees.push(at);
  const context: Omit<ReadContext, 'tree'> = { signal, limits, keepMedia: false, asset: noAsset, progress: () => {} };
  return { preview: await previewMapping(trees, document, context, bounds), problems: issues };
}

const noAsset: ReadContext['asset'] = async (name) => {
  throw new Error(`a mapped log needs no ${name}`);
};

/** What a wizard asks for: first everything, then only what a changed mapping would give. */
export interface SurveyAnswer {
  /** Null where a mapping was given along. */
  readonly survey: Survey | null;
  readonly check: MappingCheck;
}

/** @param mapping text of a mapping file; null for the one that is proposed */
export async function answerSurvey(tree: SourceTree, mapping: string | null, options: SurveyOptions): Promise<SurveyAnswer> {
  const survey = mapping === null ? await surveyTree(tree, options) : null;
  return { survey, check: await checkMapping(tree, mapping ?? survey?.proposal ?? '', options) };
}
