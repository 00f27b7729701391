// Pages of docs/ that are made from the source, so that they cannot fall behind it.

import { readFileSync } from 'node:fs';
import { issueCatalogue } from '../../src/core/base/issues';
import { healthRules } from '../../src/core/health/index';
import { type HealthRule, healthRulesVersion } from '../../src/core/health/rule';
import { practices } from '../../src/core/practices/index';
import { practicesVersion } from '../../src/core/practices/rule';
import { projectLimits } from '../../src/core/project/limits';
import { formats, readers, trackers } from '../../src/core/readers';
import { items } from '../../src/core/reproducibility/index';
import { rulesVersion, sectionTitles } from '../../src/core/reproducibility/item';
import { setupRules } from '../../src/core/setup/rules';
import type { ReaderMeta } from '../../src/core/source/reader';
import { connectionsPage } from './connections-page';

/** Path → whole content. */
export function generatedDocs(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/issues.md', issuesPage()],
    ['docs/reproducibility.md', checklistPage()],
    ['docs/health.md', healthPage()],
    ['docs/practices.md', practicesPage()],
    ['docs/setup.md', setupPage()],
    ['docs/connections.md', page('Connections', connectionsPage())],
    ['docs/formats/README.md', formatsIndex()],
    ...formats.map(({ id }): [string, string] => [`docs/formats/${id}.md`, formatPage(id)]),
  ]);
}

const generated = '<!-- Made by `npm run docs`; change the source and run it again. -->';

function issuesPage(): string {
  const rows = Object.entries(issueCatalogue).map(([code, { severity, meaning, tip }]) => `| \`${code}\` | ${severity} | ${meaning} | ${tip} |`);
  return page('Issues', [
    'What can go wrong while reading, by code. An issue never stops an import: a run with issues is still a run.',
    'In the JSON of the command line, `critical` is called `error` and `warn` is called `warning`.',
    ['| Code | Severity | What happened | What to do |', '|---|---|---|---|', ...rows].join('\n'),
  ]);
}

function checklistPage(): string {
  const sections = Object.entries(sectionTitles).map(([id, title]) => {
    const rows = items
      .filter(({ meta }) => meta.section === id)
      .map(({ meta, fix }) => `| ${meta.id} | ${meta.question} | ${meta.weight} | ${fix(null).text} | ${meta.reference} |`);
    return [`## ${title}`, '', '| Item | Question | Weight | How to mend it | Asked for by |', '|---|---|---|---|---|', ...rows].join('\n');
  });
  return page('Reproducibility checklist', [
    `Rules version ${rulesVersion}. Each item is judged *pass*, *partial*, *fail*, *unknown* or *n.a.*, with the evidence beside it. A tracker that cannot record something yields *unknown*; one that records it by itself and did not yields *fail*.`,
    'Weights are critical 8, high 4, medium 2, low 1; pass counts 1, partial ½, fail and unknown 0. Three numbers are shown together: **proven** (unknown as nothing), **decided** (how much of the weight was judged at all) and **at most** (unknown as fulfilled). An item that does not apply leaves the sum only with evidence that it does not; where more than a quarter of the weight would leave, there is no score.',
    'The grade is A from 0.85 proven, B from 0.7, C from 0.5, else D. A failed critical item caps it at D; a commit or data version that is not shown at all caps it at C; neither a second run nor a seed caps it at B. The weakest of code, data, environment, config and seeds is named. Deleting evidence in favour of a run never raises its score (a property test holds that).',
    'Data are graded S1 (a name, or a version that can move) to S4 (a hash of the whole content), environments E1 (no versions) to E4 (image digest and lock file); from S3 and E3 on an item passes.',
    'A person may **attest** an item: it is shown as *attested by … on …* beside the verdict, counts ½ at most, is told apart in the score, decides nothing, lifts no cap and satisfies no `--require`. A person may **waive** an item until a day: it counts as before, and a gate lets it pass and says so. Both stand in `diptych.project.json`.',
    ...sections,
  ]);
}

function healthPage(): string {
  const kinds: readonly (readonly [string, string, RegExp])[] = [
    ['Training', 'Losses, metrics, gradients and learning rates of one run.', /^A-/],
    ['Reinforcement learning', 'Policy and value losses are not meant to fall; returns are the signal.', /^R-/],
    ['GANs and diffusion', 'Losses that say little by themselves.', /^GD-/],
    ['Across runs', 'What several runs show together.', /^X-/],
  ];
  const sections = kinds.flatMap(([title, text, pattern]) => {
    const rules = healthRules.filter(({ meta }) => pattern.test(meta.id));
    return rules.length > 0 ? [`## ${title}\n\n${text}`, ...rules.map(ruleSection)] : [];
  });
  return page('Training health', [
    `Rules version ${healthRulesVersion}. Every rule answers for every run: findings (*critical*, *warn*, *note*), clear, or *not assessed* with the reason, which is never to be read as "fine". Each finding comes with its numbers, its place on the curve, what would make it wrong, and advice in the run’s own framework.`,
    'Before any rule runs, each series is prepared once: the last attempt only where steps fall back, one point a step, values that are not numbers set aside, noise as 1.4826 · median |difference| / √2, a running median for the best step and trends. Evidence shows values as logged. A rule judges only metrics of which role and split are sure (0.8); where several rules see one phenomenon, the most specific speaks.',
    ...sections,
  ]);
}

function ruleSection({ meta }: HealthRule): string {
  const rows = meta.thresholds.map(({ what, value, source }) => `| ${[what, value, source].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`);
  const gives = [...(meta.yieldsTo ?? []).map((id) => `silent beside ${id}`), ...(meta.noteBeside ?? []).map((id) => `a note beside ${id}`)];
  return [
    `### ${meta.id} ${meta.title}`,
    `${meta.about}\n\n- **Needs** ${meta.needs.join('; ')}\n- **Wrong when** ${meta.wrongWhen}${gives.length > 0 ? `\n- **Gives way** ${gives.join(', ')}` : ''}\n- **After** ${meta.reference}`,
    ['| Threshold | Value | Source |', '|---|---|---|', ...rows].join('\n'),
  ].join('\n\n');
}

function practicesPage(): string {
  const rows = practices.map(({ meta }) => `| ${meta.id} | ${meta.title} | ${meta.check} | ${meta.optIn ? 'off' : meta.severity} |`);
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const limits = Object.entries(projectLimits).map(([name, { value, meaning }]) => `| \`${snake(name)}\` | ${value} | ${meaning} |`);
  return page('Practices', [
    `Rules version ${practicesVersion}. \`diptych practices PATH\` judges whether a project is kept in good order. A finding gives its numbers, the runs it means, what to do, and what would make it wrong. What cannot be judged is listed as not assessed: it is never to be read as fine.`,
    'Runs are judged together that people would compare: those of one experiment, or, where a tracker has none, those side by side in one folder. Deleted runs are left alone.',
    'A rule is a warning or a note, unless [the project file](project-file.md) gives it a mode: *observe* lists its findings as notes, *warn* as warnings at least, *gate* makes the command line exit 1 as well. Rules that are off run once the project file names them, G-12 once there is a contract. A waiver puts a rule aside for all runs or one, with a reason and a last day; its findings stay in the list, as waived.',
    ['| Rule | Practice | What is checked | Default |', '|---|---|---|---|', ...rows].join('\n'),
    '## Limits that a project may set',
    ['| Limit | Default | Meaning |', '|---|---|---|', ...limits].join('\n'),
  ]);
}

function setupPage(): string {
  const severities = { critical: 'high', warn: 'medium', note: 'low', info: 'info' } as const;
  const table = (pattern: RegExp): string => {
    const rows = setupRules
      .filter(({ meta }) => pattern.test(meta.id))
      .map(({ meta }) => `| ${meta.id} | ${meta.title} | ${severities[meta.severity]} | ${meta.why} | ${(meta.impliedBy ?? []).join(', ')} | ${meta.source} |`);
    return ['| Rule | What it asks | Severity | Why | Said by | After |', '|---|---|---|---|---|---|', ...rows].join('\n');
  };
  return page('Rules of the code review', [
    '`diptych setup CODE` and the *Code* screen review training code in Python: is what matters logged, seeded, saved? Code is parsed and never run. A rule finds something, is silent, or says that it cannot be answered and what was not in view; that is no pass.',
    'A finding has the severity of its rule unless it says so itself, and a confidence: how often a finding like it is true. Where a rule under *said by* fires, the rule says nothing of its own. [The command line](cli.md) says how a finding is set aside; [how to read it](judgement.md) holds for all of Diptych.',
    '## Training code',
    table(/^E-/),
    '## Notebooks',
    table(/^N-/),
  ]);
}

function formatsIndex(): string {
  const rows = (of: readonly { readonly meta: ReaderMeta }[]): readonly string[] =>
    of.map(({ meta }) => `| [${meta.title}](${meta.id}.md) | ${meta.accepts} |`);
  return page('Formats', [
    'One page for each format that Diptych reads. Several trackers may lie in one folder; each file is read once, by whoever knows it best.',
    ['| Format | What to drop |', '|---|---|', ...rows(readers)].join('\n'),
    'Trackers that are read where they run, and only ever read ([how to connect](../connections.md)):',
    ['| Tracker | What to name |', '|---|---|', ...rows(trackers)].join('\n'),
  ]);
}

const formatPage = (id: string): string => `${generated}\n${readFileSync(`src/core/readers/${id}/README.md`, 'utf8')}`;

const page = (title: string, parts: readonly string[]): string => `${generated}\n# ${title}\n\n${parts.join('\n\n')}\n`;
