// The page of set-up rules: what each is about, code on which it fires, what it then says, and what it leaves alone.

import { severityWords } from '../../src/core/base/issues';
import { toUnifiedDiff } from '../../src/core/setup/patch';
import { reviewSetup } from '../../src/core/setup/review';
import type { SetupExample, SetupRule } from '../../src/core/setup/rule';
import { setupRules } from '../../src/core/setup/rules';
import { setupExamples } from '../../src/core/setup/rules/examples';
import { drawnProject } from './setup-project';

/** What a rule says of one of its examples. */
interface Shown {
  /** `train.py`, line 3. */
  readonly where: string;
  readonly text: string;
  readonly summary: string;
  readonly advice: string;
  readonly code: string | null;
  readonly patch: string;
}

/** Longer code hides what the rule is about. */
const mostLines = 40;
/** Titles of what a rule leaves alone: enough to see where its bounds are. */
const mostSilent = 6;

/** The parts of the page, below its title. */
export async function setupPage(): Promise<readonly string[]> {
  const rows = setupRules.map(
    ({ meta }) => `| [${meta.id}](#${anchor(meta)}) | ${meta.title} | ${severityWords[meta.severity]} | ${meta.impliedBy?.join(', ') ?? ''} |`,
  );
  const parts = [
    '`diptych setup CODE` and the tab *Code* ask these rules of Python files and notebooks. Code is parsed, never run. A rule answers from what can be seen: where a value, a caller or a file is out of view, it says *unknown*, which is not a pass.',
    'A finding has the severity of its rule unless it says so itself, and a confidence: how often a finding like it is true. A rule is silent where a finding of another says the same (“Said by”). How a finding is set aside, and how runs confirm or withdraw it: [cli.md](cli.md#setup), [project-file.md](project-file.md); [how to read it](judgement.md) holds for all of Diptych. Code below is what the tests review, and the answers are what the review says of it.',
    ['| Rule | What should be so | Severity | Said by |', '|---|---|---|---|', ...rows].join('\n'),
  ];
  for (const rule of setupRules) parts.push(await section(rule));
  return parts;
}

/** The heading of a rule as code hosts make a link of it. */
const anchor = ({ id, title }: SetupRule['meta']): string =>
  `${id} ${title}`
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

async function section(rule: SetupRule): Promise<string> {
  const { meta } = rule;
  const { fires, silent } = setupExamples.get(meta.id) ?? { fires: [], silent: [] };
  const shown = await bestOf(fires, rule);
  return [
    `## ${meta.id} ${meta.title}`,
    `${meta.why} Severity ${severityWords[meta.severity]}. Source: ${meta.source}.`,
    ...(shown
      ? [
          fenced('python', shown.text),
          `${shown.where}: ${shown.summary} ${shown.advice}`,
          ...(shown.patch ? [fenced('diff', shown.patch)] : shown.code ? [fenced('', shown.code)] : []),
        ]
      : []),
    `Silent on: ${silent
      .slice(0, mostSilent)
      .map(({ title }) => title)
      .join('; ')}.`,
  ].join('\n\n');
}

/** Of the examples in one short file the first with a patch, or else the first. */
async function bestOf(examples: readonly SetupExample[], rule: SetupRule): Promise<Shown | null> {
  const whole = examples.filter(({ files }) => Object.keys(files).length === 1);
  let first: Shown | null = null;
  for (const example of whole.length > 0 ? whole : examples) {
    const shown = await shownOf(example, rule);
    if (!shown || lineCount(shown.text) > mostLines) continue;
    if (shown.patch !== '') return shown;
    first ??= shown;
  }
  return first;
}

async function shownOf({ files }: SetupExample, rule: SetupRule): Promise<Shown | null> {
  const project = await drawnProject(files);
  const [finding] = reviewSetup(project, { rules: [rule] }).findings;
  const place = finding?.places[0];
  const code = project.modules.find((module) => module.code.path === place?.file)?.code ?? project.modules[0]?.code;
  if (!finding || !code) return null;
  const { summary, fix } = finding;
  return {
    where: place ? `\`${place.file}\`, line ${place.line}` : 'The project as a whole',
    text: code.text,
    summary,
    advice: fix?.text ?? '',
    code: fix?.code ?? null,
    patch: toUnifiedDiff(fix?.edits ?? [], project),
  };
}

const lineCount = (text: string): number => text.trimEnd().split('\n').length;

const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
