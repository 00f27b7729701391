// Looks over a source for files that no reader knows, proposes how to read them, and shows what a mapping would make of them.

import type { Issue } from '../base/issues';
import { paceOf } from '../base/pace';
import { type FoundGuess, guessBytes, guessFile } from '../mapping/guess';
import { type MappingDocument, mappingFileName } from '../mapping/mapping';
import { parseMapping } from '../mapping/parse';
import { type GuessedFile, propose } from '../mapping/propose';
import { mappingText } from '../mapping/write';
import { readers } from '../readers';
import { type MappingPreview, type PreviewLimits, previewLimits, previewMapping } from '../readers/mapping/preview';
import type { Limits, ReadContext } from '../source/reader';
import { type SourceFile, type SourceTree, walkFiles } from '../source/source';
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

/** What is unknown in a tree, and a mapping for it. */
export async function surveyTree(tree: SourceTree, { signal }: SurveyOptions): Promise<Survey> {
  const pace = paceOf(signal);
  const head = headCache();
  try {
    const claims: ReaderClaim[] = [];
    for (const reader of readers) {
      const found = await reader.probe(tree, { signal, head }).catch(() => []);
      claims.push(...found.map((claim) => ({ reader, claim })));
      await pace.turn();
    }
    const claimed = new Set(settleClaims(claims).flatMap(({ claim }) => claim.files));
    const all = tree.named ? [tree.named] : [...walkFiles(tree.root)];
    const candidates = all.filter((file) => !claimed.has(file) && file.size > 0 && (file === tree.named || !noLog.test(file.name))).sort(byLikelihood);
    const looked: { readonly file: SourceFile; readonly guesses: readonly FoundGuess[] }[] = [];
    for (const file of candidates.slice(0, mostGuessed)) {
      looked.push({ file, guesses: guessFile(await head(file, guessBytes), file.size <= guessBytes) });
      await pace.turn();
    }
    const guessed = looked.map(({ file, guesses }): GuessedFile => ({ path: file.path, guesses }));
    const known = new Set(guessed.map(({ path }) => path));
    const document = propose(
      guessed,
      all.filter(({ path }) => !known.has(path)).map(({ path }) => path),
    );
    const unknown = candidates.slice(0, mostListed).map(({ path, size }, at): UnknownFile => {
      const best = looked[at]?.guesses[0];
      return { path, size, guess: best?.title ?? null, score: best?.score ?? 0 };
    });
    return { unknown, unknownCount: candidates.length, proposal: mappingText(document), claimed: claimed.size };
  } finally {
    pace.close();
  }
}

/** Names of logs first, so that the limit leaves out what is least likely one. */
const byLikelihood = (a: SourceFile, b: SourceFile): number => Number(logLike.test(b.name)) - Number(logLike.test(a.name)) || (a.path < b.path ? -1 : 1);

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
  return { preview: await previewOf(tree, document, { signal, limits }, bounds), problems: issues };
}

async function previewOf(tree: SourceTree, document: MappingDocument, { signal, limits }: SurveyOptions, bounds: PreviewLimits): Promise<MappingPreview> {
  const context: ReadContext = {
    tree,
    signal,
    limits,
    asset: async (name) => {
      throw new Error(`a mapped log needs no ${name}`);
    },
    progress: () => {},
  };
  return previewMapping(tree, document, context, bounds);
}

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
