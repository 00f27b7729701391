// The entries of a mapping file: from JSON to the records of mapping.ts, or what is wrong with them and how to mend it.

import * as v from 'valibot';
import { type LineRule, type Mapping, mappingFormats, plainMapping, plainRule, type StepRule, timeUnits } from './mapping';
import { templateProblem } from './path-template';
import { compilePattern } from './pattern';

const longest = 500;
const mostNames = 1000;
const mostRules = 50;

/** What is wrong, a line feed, how to mend it: parse.ts tells them apart. */
const said = (wrong: string, remedy: string): string => `${wrong}\n${remedy}`;

const text = (name: string, example: string) =>
  v.pipe(
    v.string(said(`“${name}” is no text`, `Write it in quotes, such as ${example}.`)),
    v.nonEmpty(said(`“${name}” is empty`, `Write something such as ${example}, or leave it out.`)),
    v.maxLength(longest, said(`“${name}” is longer than ${longest} characters`, 'Shorten it.')),
  );
/** One text or a list of them. */
const texts = (name: string, example: string) =>
  v.pipe(
    v.union(
      [text(name, example), v.pipe(v.array(text(name, example)), v.maxLength(mostNames))],
      said(`“${name}” is no text and no list of texts`, `Write ["${example}"].`),
    ),
    v.transform((value): readonly string[] => (typeof value === 'string' ? [value] : value)),
  );
const object = <const T extends v.ObjectEntries>(entries: T, what: string) =>
  v.strictObject(entries, (issue) =>
    issue.expected === 'never'
      ? said(`${issue.received} is not known here`, `Known are ${Object.keys(entries).join(', ')}.`)
      : issue.received === 'undefined'
        ? said(`${issue.expected} is missing in ${what}`, 'Add it, as docs/mapping-file.md shows.')
        : said(`${what} is no object`, 'Write it in braces.'),
  );
const template = (name: string) => text(name, '"{model} {lr}"');

const path = v.pipe(
  text('path', '"{model}-lr{lr}/log.txt"'),
  v.rawCheck(({ dataset, addIssue }) => {
    const problem = dataset.typed ? templateProblem(dataset.value) : null;
    if (problem !== null) addIssue({ message: said(`“path” cannot be used: ${problem}`, 'Write it as {model}-lr{lr}/log.txt, with text between the names.') });
  }),
);

const within = v.pipe(
  object(
    {
      epoch: text('epoch', '"epoch"'),
      iteration: text('iteration', '"iter"'),
      per_epoch: text('per_epoch', '"iters"'),
      first_epoch: v.optional(v.picklist([0, 1], said('“first_epoch” is neither 0 nor 1', 'Write the number of the first epoch.')), 1),
    },
    'a step that counts within epochs',
  ),
  v.transform((step): StepRule => ({ kind: 'within', epoch: step.epoch, iteration: step.iteration, perEpoch: step.per_epoch, firstEpoch: step.first_epoch })),
);
const step = v.union(
  [
    v.pipe(
      texts('step', 'step'),
      v.transform((columns): StepRule => ({ kind: 'columns', columns })),
    ),
    within,
  ],
  said('“step” is no name, no list of names and no count within epochs', 'Write "step", or {"epoch": "epoch", "iteration": "iter", "per_epoch": "iters"}.'),
);

const rule = v.pipe(
  object(
    {
      pattern: v.optional(v.string(said('“pattern” is no text', 'Write a regular expression in quotes.'))),
      pairs: v.optional(v.boolean(said('“pairs” is neither true nor false', 'Write true where a line holds key: value pairs.')), false),
      to: v.optional(v.picklist(['points', 'params', 'nothing'], said('“to” is none of points, params, nothing', 'Leave it out for points.')), 'points'),
      carry: v.optional(texts('carry', 'epoch'), []),
      equal: v.optional(
        v.tuple([text('equal', '"_batch"'), text('equal', '"_batches"')], said('“equal” is no pair of names', 'Write ["_batch", "_batches"].')),
      ),
      prefix: v.optional(text('prefix', '"val/"')),
      rename: v.optional(
        v.record(v.string(), text('rename', '"train/loss"'), said('“rename” is no object of names', 'Write {"train_loss": "train/loss"}.')),
        {},
      ),
      step: v.optional(step),
    },
    'a rule for lines',
  ),
  v.transform(
    (given): LineRule => ({
      ...given,
      prefix: given.prefix ?? plainRule.prefix,
      pattern: given.pattern ?? null,
      equal: given.equal ?? null,
      step: given.step ?? null,
    }),
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    const problem = dataset.typed ? ruleProblem(dataset.value) : null;
    if (problem) addIssue({ message: problem.message, path: [{ type: 'object', origin: 'value', input: {}, key: problem.key, value: null }] });
  }),
);

/** What cannot be told from the type of a rule's parts. */
function ruleProblem({ pattern, pairs, to, carry, equal }: LineRule): { readonly key: string; readonly message: string } | null {
  if (pattern === null)
    return pairs ? null : { key: 'pattern', message: said('the rule has neither a pattern nor pairs', 'Give a regular expression, or "pairs": true.') };
  const compiled = compilePattern(pattern);
  if (typeof compiled === 'string')
    return {
      key: 'pattern',
      message: said(compiled, 'Patterns are those of RE2: no look-ahead, no look-behind, no back-reference. In JSON a backslash is written twice.'),
    };
  const { groups } = compiled;
  if (groups.length === 0 && to !== 'nothing')
    return { key: 'pattern', message: said('the pattern has no named group', 'Name what is to be read: loss (?<loss>\\S+).') };
  if (pairs && !groups.includes('pairs'))
    return { key: 'pattern', message: said('pairs are wanted and the pattern has no group “pairs”', 'Write (?<pairs>.*) where they stand.') };
  const missing = pairs ? undefined : [...carry, ...(equal ?? [])].find((name) => !groups.includes(name));
  return missing === undefined ? null : { key: 'carry', message: said(`the pattern has no group “${missing}”`, `It has ${groups.join(', ')}.`) };
}

const time = v.pipe(
  v.union(
    [
      text('time', '"timestamp"'),
      object(
        {
          column: text('column', '"timestamp"'),
          unit: v.optional(
            v.picklist(timeUnits, said(`“unit” is none of ${timeUnits.join(', ')}`, 'Leave it out where the size of the numbers tells it.')),
            'auto',
          ),
        },
        'the time',
      ),
    ],
    said('“time” is no name and no object', 'Write "timestamp", or {"column": "t", "unit": "s"}.'),
  ),
  v.transform((given): NonNullable<Mapping['time']> => (typeof given === 'string' ? { column: given, unit: 'auto' } : given)),
);

const run = v.union(
  [v.picklist(['file', 'folder']), object({ column: text('column', '"run"') }, 'the run')],
  said('“run” is none of "file", "folder", {"column": …}', 'Leave it out where each file is one run.'),
);

export const mapping = v.pipe(
  object(
    {
      label: v.optional(text('label', '"nanoGPT"')),
      files: v.pipe(
        texts('files', '**/*.log'),
        v.minLength(1, said('“files” names nothing', 'Write ["**/*.log"].')),
        v.check((globs) => globs.every(staysBelow), said('“files” leads out of the folder', 'Globs begin below the folder that the mapping file lies in.')),
      ),
      format: v.picklist(mappingFormats, said(`“format” is none of ${mappingFormats.join(', ')}`, 'Write "text" for a log that is read line by line.')),
      lines: v.optional(
        v.pipe(
          v.array(rule, said('“lines” is no list', 'Write it in square brackets.')),
          v.maxLength(mostRules, said(`“lines” has more than ${mostRules} rules`, 'One pattern may take several kinds of lines.')),
        ),
        [],
      ),
      updates: v.optional(v.picklist(['last', 'all'], said('“updates” is neither last nor all', 'Leave it out for what stood there in the end.')), 'last'),
      rows: v.optional(text('rows', '"history"')),
      step: v.optional(step),
      time: v.optional(time),
      metrics: v.optional(texts('metrics', 'val_*')),
      ignore: v.optional(texts('ignore', 'eta'), []),
      params: v.optional(texts('params', 'seed'), []),
      param_files: v.optional(
        v.pipe(
          texts('param_files', 'config.json'),
          v.check(
            (files) => files.every(staysBelow),
            said('“param_files” leads out of the folder', 'Name files beside the log or in folders above it by their name alone.'),
          ),
        ),
        [],
      ),
      path: v.optional(path),
      run: v.optional(run, 'file'),
      name: v.optional(template('name')),
      group: v.optional(template('group')),
      experiment: v.optional(template('experiment')),
    },
    'a mapping',
  ),
  v.transform(({ param_files, ...given }): Mapping => ({ ...plainMapping, ...given, paramFiles: param_files })),
  v.check(({ format, lines }) => format !== 'text' || lines.length > 0, said('a text log needs “lines”', 'Add {"pattern": "…"} or {"pairs": true}.')),
  v.check(({ format, lines }) => format === 'text' || lines.length === 0, said('only a text log has “lines”', 'Write "format": "text", or take them out.')),
);

const staysBelow = (path: string): boolean => !path.startsWith('/') && !/^[A-Za-z]:/.test(path) && !path.split('/').includes('..') && !path.includes('\\');
