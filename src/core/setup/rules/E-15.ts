// A random split that differs from run to run.

import { flowOf } from '../facts/flow';
import { runsBefore } from '../facts/order';
import { programOf } from '../facts/programs';
import { type Split, seededSplitsOf, splitsOf } from '../facts/random-splits';
import { seedingsOf } from '../facts/seeds';
import type { SetupFix } from '../finding';
import type { PyModule } from '../python/module';
import { fieldOf, type Syntax } from '../python/syntax';
import type { Found, SetupContext, SetupRule } from '../rule';
import { gathered } from '../steps';

export const rule: SetupRule = {
  meta: {
    id: 'E-15',
    title: 'Random splits are seeded',
    severity: 'critical',
    why: 'Each run trains and scores on other rows, so a difference between two runs may come from the split alone, and no result can be repeated.',
    source: 'scikit-learn, “Controlling randomness”; dslinter W5508–W5512',
  },
  *check(context) {
    const { project, trainings } = context;
    if (trainings.length === 0) return;
    yield* seedingsOf.steps(project);
    const open = yield* gathered(yield* splitsOf.steps(project), (split) => (isSeededBefore(split, context) ? [] : [split]));
    const [first] = open;
    if (!first) {
      yield* overListings(context);
      return;
    }
    yield {
      kind: 'finding',
      confidence: first.confidence,
      places: open.map(({ call }) => ({ module: call.module, node: call.node })),
      summary: `${first.written} draws a new split in every run: it has no ${first.argument ?? 'seed'}, and nothing seeds ${first.generator === 'numpy' ? 'NumPy' : first.generator} before.`,
      fix: fixOf(open),
    };
  },
  examples: {
    fires: [
      {
        title: 'a pipeline of tf.data that is shuffled and cut',
        files: {
          'train.py':
            'import tensorflow as tf\nmodel = tf.keras.Sequential([])\nrows = tf.data.Dataset.from_tensor_slices(table)\nrows = rows.shuffle(1000)\ntrain = rows.take(80)\nval = rows.skip(80)\nmodel.fit(train, validation_data=val)\n',
        },
        at: 'train.py:4',
      },
      {
        title: 'scikit-learn without random_state',
        files: {
          'train.py':
            'from sklearn.linear_model import Ridge\nfrom sklearn.model_selection import train_test_split\na, b, c, d = train_test_split(\n    x,\n    y,\n    test_size=0.2,\n)\nRidge().fit(a, c)\n',
        },
        at: 'train.py:3',
      },
      {
        title: 'random_split, with only NumPy seeded',
        files: {
          'train.py':
            'import numpy as np\nimport torch\nfrom torch.utils.data import random_split\nnp.random.seed(0)\na, b = random_split(data, [80, 20])\nfor x, y in a:\n    loss = net(x)\n    loss.backward()\n',
        },
        at: 'train.py:5',
      },
      {
        title: 'the seed comes after the split',
        files: {
          'train.py':
            'import numpy as np\nfrom sklearn.linear_model import Ridge\nfrom sklearn.model_selection import KFold\nfor a, b in KFold(5, shuffle=True).split(x):\n    Ridge().fit(x[a], y[a])\nnp.random.seed(0)\n',
        },
        at: 'train.py:4',
      },
      {
        title: 'a seed over a listing in no order',
        files: {
          'train.py':
            'import os\nimport random\nfrom sklearn.linear_model import Ridge\nrandom.seed(0)\nfiles = os.listdir("data")\nrandom.shuffle(files)\ntrain, val = files[:80], files[80:]\nRidge().fit(train, val)\n',
        },
        at: 'train.py:6',
      },
    ],
    silent: [
      {
        title: 'a pipeline that is cut after a seeded shuffle',
        files: {
          'train.py':
            'import tensorflow as tf\nmodel = tf.keras.Sequential([])\nrows = tf.data.Dataset.from_tensor_slices(table)\nrows = rows.shuffle(1000, seed=1, reshuffle_each_iteration=False)\ntrain = rows.take(80)\nval = rows.skip(80)\nmodel.fit(train, validation_data=val)\n',
        },
      },
      {
        title: 'the rows of the one file that a folder holds',
        files: {
          'train.py':
            'import os\nimport pandas as pd\nfrom sklearn.linear_model import Ridge\nfrom sklearn.model_selection import train_test_split\ndef found(folder):\n    tables = [name for name in os.listdir(folder) if name.endswith(".csv")]\n    return os.path.join(folder, tables[0])\nrows = pd.read_csv(found("in"))\na, b = train_test_split(rows, random_state=3)\nRidge().fit(a[["x"]], a["y"])\n',
        },
      },
      {
        title: 'a sorted listing',
        files: {
          'train.py':
            'import os\nimport random\nfrom sklearn.linear_model import Ridge\nrandom.seed(0)\nfiles = sorted(os.listdir("data"))\nrandom.shuffle(files)\ntrain, val = files[:80], files[80:]\nRidge().fit(train, val)\n',
        },
      },
      {
        title: 'a global seed before, in a helper',
        files: {
          'train.py':
            'import numpy as np\nfrom sklearn.linear_model import Ridge\nfrom sklearn.model_selection import train_test_split\ndef prepare():\n    np.random.seed(1)\ndef main():\n    prepare()\n    a, b, c, d = train_test_split(x, y)\n    Ridge().fit(a, c)\nmain()\n',
        },
      },
      {
        title: 'no shuffle, and folds in order',
        files: {
          'train.py':
            'from sklearn.linear_model import Ridge\nfrom sklearn.model_selection import KFold, train_test_split\na, b = train_test_split(x, shuffle=False)\nfor i, j in KFold(5).split(a):\n    Ridge().fit(a[i], a[i])\n',
        },
      },
    ],
  },
};

const isListing = (name: string): boolean => /(^|\.)(listdir|scandir|i?glob|rglob|iterdir)$/.test(name);

/** What is called among these, as written. */
const namesIn = (nodes: readonly (readonly [Syntax, PyModule])[]): readonly string[] =>
  nodes.filter(([node]) => node.type === 'call').map(([node, module]) => module.textOf(fieldOf(node, 'function') ?? node));

/** A seeded split of files in the order of the file system, which differs between machines. */
function* overListings({ project }: SetupContext): Generator<Found | undefined> {
  for (const call of yield* seededSplitsOf.steps(project)) {
    yield;
    const rows = call.args[0];
    if (!rows) continue;
    const flow = flowOf(project);
    const nodes = [...flow.of(rows, call.module).nodes];
    const made = namesIn(nodes);
    if (!made.some(isListing)) continue;
    // One file of them is taken: its rows come in their own order.
    const picked = nodes.some(
      ([node, module]) =>
        node.type === 'subscript' &&
        fieldOf(node, 'subscript')?.type === 'integer' &&
        namesIn([...flow.of(fieldOf(node, 'value') ?? node, module).nodes]).some(isListing),
    );
    if (picked || made.some((written) => /sort/.test(written)) || /\.sort\(/.test(call.module.code.text)) continue;
    yield {
      kind: 'finding',
      confidence: 0.75,
      places: [{ module: call.module, node: call.node }],
      summary: 'The seed shuffles files in the order of the file system, which differs between machines: so does the split.',
      fix: { text: 'Sort the listing before it is shuffled.', code: 'files = sorted(os.listdir(folder))', edits: [] },
    };
    return;
  }
}

/** Whether the generator that a split draws from is seeded before it; undecidable counts as seeded. */
function isSeededBefore({ call, generator, entropy }: Split, { project }: SetupContext): boolean {
  if (entropy) return false;
  const program = programOf(call.module, project);
  return seedingsOf(project).some(
    (one) =>
      program.has(one.call.module) &&
      one.effect !== 'void' &&
      one.generators.includes(generator) &&
      (one.call === call || runsBefore(one.call, call, project) !== false),
  );
}

/** Adds the argument, where nothing else may already give it. */
function fixOf(splits: readonly Split[]): SetupFix {
  const [first] = splits as [Split];
  const given = first.argument === 'generator' ? 'generator=torch.Generator().manual_seed(0)' : first.argument ? `${first.argument}=0` : null;
  return {
    text: first.argument
      ? `Give the split a ${first.argument}, and store its value with the run.`
      : 'Draw from a generator of your own with a stored seed, or seed the global one before.',
    code: given ? `${first.written}(…, ${given})` : 'rng = np.random.default_rng(0)\nrng.shuffle(rows)',
    edits: splits.flatMap(({ call, argument }) => {
      const { module, node, splat } = call;
      if (argument === null || splat || module.code.cells !== null) return [];
      const text = argument === 'generator' ? torchGenerator(call) : `${argument}=0`;
      const given = call.keywords.get(argument);
      if (text === null) return [];
      if (given) return [{ file: module.code.path, cell: null, from: given.from, to: given.to, text: text.slice(text.indexOf('=') + 1) }];
      const whole = module.textOf(node);
      const end = node.to - 1;
      const last = [...call.args, ...[...call.keywords.values()].map((value) => value.parent ?? value)].sort((a, b) => b.to - a.to)[0];
      if (!whole.endsWith(')')) return [];
      const at = last ? last.to : end;
      return [{ file: module.code.path, cell: null, from: at, to: at, text: last ? `, ${text}` : text }];
    }),
  };
}

/** `generator=torch.Generator().manual_seed(0)` by the name under which the file knows torch. */
function torchGenerator({ module, node }: Split['call']): string | null {
  return module
    .scopeOf(node)
    .lookup('torch')
    .some((one) => one.kind === 'import' && one.dotted === 'torch')
    ? 'generator=torch.Generator().manual_seed(0)'
    : null;
}
