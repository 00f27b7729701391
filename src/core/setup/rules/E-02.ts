// Values that are printed and stored nowhere, beside others that are stored.

import { engineOf } from '../facts/engines';
import { type Flow, flowOf } from '../facts/flow';
import { duringOf } from '../facts/loops';
import { isMetricName, metricNameOf } from '../facts/metrics';
import { isStored, type Records, recordsOf } from '../facts/records';
import { labelsOf, sourcesOf } from '../facts/stored';
import { lostOfFit, lostOfTest, speaksOfTest } from '../facts/told-after';
import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import type { Binding } from '../python/names';
import { type Syntax, walk } from '../python/syntax';
import type { SetupRule } from '../rule';
import { metricLine, trackerOf } from '../write';

const says = /^(print|tqdm\.write|tqdm\.tqdm\.write|tqdm\.auto\.tqdm\.write|logging\.(info|debug|warning)|logging\.getLogger\.(info|debug|warning))$/;

export const rule: SetupRule = {
  meta: {
    id: 'E-02',
    title: 'Printed values are stored too',
    severity: 'warn',
    why: 'A value worth printing is worth keeping: the console cannot be compared, plotted or searched.',
    impliedBy: ['E-01'],
    source: 'own reading of published training code',
  },
  *check(context) {
    const { project } = context;
    const seen = new Set<Syntax>();
    const ofFits = new Set<PyModule>();
    // Trainings of one program store the same, mostly: what is kept is remembered from one to the next.
    let last: { readonly metrics: Records['metrics']; readonly kept: Kept } | null = null;
    for (const records of yield* recordsOf.steps(context)) {
      yield;
      const { training, metrics, program } = records;
      // What a framework records by itself cannot be told apart from what is printed.
      if (training.kind === 'fit' || !isStored(records) || metrics.length === 0 || records.automatic.metrics !== 'no') continue;
      const during = duringOf(training, project);
      for (const call of project.calls) {
        if (!program.has(call.module) || !says.test(call.name ?? '') || seen.has(call.node)) continue;
        // Several fits of one script are told of together.
        if (training.kind === 'single' && ofFits.has(call.module)) continue;
        const isLater = !during.has(call.node, call.module);
        if (records.stores.some(({ node }) => node === call.node)) continue;
        if (!last || !isSame(last.metrics, metrics)) last = { metrics, kept: keptOf(records, project) };
        const { kept } = last;
        const lost =
          training.kind === 'single'
            ? lostOfFit(call, kept.variables, metrics, project, training)
            : !isLater
              ? (lostIn(call, kept, flowOf(project), (node, module) => during.has(node, module)) ?? lostOfEngine(call, records, project))
              : kept.ofTest
                ? null
                : lostOfTest(call, kept.variables, project, training);
        if (lost === null) continue;
        seen.add(call.node);
        if (training.kind === 'single') ofFits.add(call.module);
        const word = call.module.textOf(lost);
        yield {
          kind: 'finding',
          confidence: 0.85,
          places: [{ module: call.module, node: call.node }],
          summary: `\`${word}\` is printed and stored nowhere.`,
          fix: {
            text: 'Log it where it is printed.',
            code: metricLine(trackerOf(records), word.replaceAll('.', '_').replace(/_item\(\)$/, ''), word),
            edits: [],
          },
        };
        break;
      }
    }
  },
};

const state = /\.state\.(output|metrics)$/;

/** `engine.state.output` of Ignite, or `metrics = evaluator.state.metrics`, of which no store speaks. */
function lostOfEngine({ args, module }: NamedCall, { training, metrics }: Records, project: Project): Syntax | null {
  if (!engineOf(training, project)) return null;
  const kindOf = (at: Syntax, where: PyModule) => (at.type === 'attribute' ? (state.exec(where.textOf(at))?.[1] ?? null) : null);
  const kept = new Set(metrics.flatMap((store) => sourcesOf(store, project).flatMap(({ nodes }) => [...nodes].map(([at, where]) => kindOf(at, where)))));
  for (const argument of args)
    for (const node of walk(argument)) {
      if (node.type !== 'attribute' && node.type !== 'identifier') continue;
      for (const [at, where] of flowOf(project).of(node, module).nodes) {
        const kind = kindOf(at, where);
        if (kind !== null && !kept.has(kind)) return node;
      }
    }
  return null;
}

const isSame = <T>(a: readonly T[], b: readonly T[]): boolean => a.length === b.length && a.every((one, at) => one === b[at]);

interface Kept {
  /** Quantities whose training curve is kept under a name: `train/loss` keeps `loss`. */
  readonly families: ReadonlySet<string>;
  readonly nodes: ReadonlySet<Syntax>;
  readonly variables: ReadonlySet<readonly Binding[]>;
  /** Whether a name that something is stored under speaks of test data, or may: what a run fills in. */
  readonly ofTest: boolean;
}

function keptOf({ metrics }: Records, project: Project): Kept {
  const all = metrics.flatMap((store) => sourcesOf(store, project));
  const labels = metrics.flatMap((store) => labelsOf(store, project));
  const families = labels.flatMap((label) => {
    const name = metricNameOf(label);
    return name && (name.split === 'train' || (name.split === null && label.includes('/'))) ? [name.family] : [];
  });
  return {
    families: new Set(families),
    nodes: new Set(all.flatMap(({ nodes }) => [...nodes.keys()])),
    variables: new Set(all.flatMap(({ variables }) => [...variables])),
    ofTest: metrics.some((store) => speaksOfTest(store, project)),
  };
}

/** The first variable of a measured value in a print that no store knows, nor anything that it is measured by. */
function lostIn({ args, module }: NamedCall, kept: Kept, flow: Flow, runs: (node: Syntax, module: PyModule) => boolean): Syntax | null {
  for (const argument of args)
    for (const node of walk(argument)) {
      if (node.type !== 'identifier' || node.field === 'attribute' || node.field === 'function') continue;
      const variable = flow.variableOf(node, module);
      if (!isMetricName(module.textOf(node)) || variable.length === 0 || variable.some(({ kind }) => kind === 'def' || kind === 'import' || kind === 'class'))
        continue;
      if (kept.variables.has(variable) || kept.families.has(metricNameOf(module.textOf(node))?.family ?? '')) continue;
      // The best so far, a running mean: of values that are kept.
      const sources = flow.of(node, module);
      const derived = [...sources.variables].some(
        (one) => one !== variable && kept.variables.has(one) && one.some(({ node: at }) => isMetricName(nameAt(at, module.code.text))),
      );
      const shared = [...sources.nodes].some(([one, where]) => one.type === 'call' && kept.nodes.has(one) && runs(one, where));
      if (!derived && !shared) return node;
    }
  return null;
}

/** The text on the left of an assignment. */
const nameAt = (node: Syntax, text: string): string => (node.children[0] ? text.slice(node.children[0].from, node.children[0].to) : '');
