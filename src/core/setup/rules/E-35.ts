// Keys, passwords and somebody's home folder in code.

import { fromEnvironment, type Secret, secretsOf } from '../facts/secrets';
import type { TextEdit } from '../finding';
import type { SetupRule } from '../rule';

export const rule: SetupRule = {
  meta: {
    id: 'E-35',
    title: 'No secrets and no home paths in code',
    severity: 'critical',
    why: 'A key in code is a key in the history of the repository and in every copy of it; a home path runs on one machine only.',
    source: 'Ruff S105–S107; analysis.md E-35',
  },
  *check({ project }) {
    const found = yield* secretsOf.steps(project);
    for (const kind of ['secret', 'home'] as const) {
      yield;
      const some = found.filter((one) => (one.kind === 'home') === (kind === 'home'));
      const [first] = some;
      if (!first) continue;
      yield {
        kind: 'finding',
        confidence: first.confidence,
        places: some.map(({ module, node }) => ({ module, node })),
        summary: summaryOf(first),
        fix: {
          text:
            kind === 'home'
              ? 'Take the folder from an option or from the environment.'
              : 'Read it from the environment, and have the service issue a new one: this one is in the history.',
          code: kind === 'home' ? 'parser.add_argument("--data", default="data")' : `os.environ["${first.variable}"]`,
          edits: once(some.flatMap(fromEnvironment)),
        },
      };
    }
  },
  examples: {
    fires: [
      {
        title: 'a short password in the address of a database',
        files: {
          'load.py': 'DB_USER = "motor"\nDB_PASSWORD = "Admin"\nengine = create_engine(f"postgresql://{DB_USER}:{DB_PASSWORD}@localhost/motor")\n',
        },
        at: 'load.py:2',
      },
      {
        title: 'a database of a tracker in a home',
        files: { 'train.py': 'import mlflow\nmlflow.set_tracking_uri("sqlite:////Users/benjamin/work/mlflow.db")\n' },
        at: 'train.py:2',
      },
      {
        title: 'a key for a tracker',
        files: { 'train.py': 'import wandb\n\nwandb.login(key="9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c")\n' },
        at: 'train.py:3',
      },
      {
        title: 'a password in an address',
        files: { 'train.py': 'import os\nimport mlflow\nmlflow.set_tracking_uri("http://admin:S3cretPw!@10.2.0.15:5000")\n' },
        at: 'train.py:3',
      },
      {
        title: 'a home folder',
        files: { 'train.py': 'import pandas as pd\ndf = pd.read_csv("/home/mlab/energy/final.csv")\nother = r"C:\\Users\\mlab\\final.csv"\n' },
        at: 'train.py:2',
      },
      {
        title: 'through the environment',
        files: { 'train.py': 'import os\nos.environ["WANDB_API_KEY"] = "9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c"\n' },
        at: 'train.py:2',
      },
    ],
    silent: [
      {
        title: 'the token of the next page of a list',
        files: { 'app.py': 'import os\n\nexample = {"routes": [], "next_page_token": "eyJpbmRleCI6IDEx0fQ9aB"}\nprint(example)\n' },
      },
      {
        title: 'placeholders, documentation, the environment',
        files: {
          'train.py':
            '"""wandb.login(key="9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c")"""\nimport os\nimport wandb\nwandb.login(key=os.environ["WANDB_API_KEY"])\nother(api_key="<your key>", token="YOUR_TOKEN")\nprint("password:")\n',
        },
      },
      {
        title: 'relative paths, and keys that are names',
        files: {
          'train.py':
            'path = "~/data"\nroot = "/data/images"\nkey = "validation_accuracy"\npad_token = "<pad>"\ntoken = "end_of_sequence"\nsort(key="learning_rate_schedule_name")\n',
        },
      },
    ],
  },
};

const summaryOf = ({ kind, module, node }: Secret): string => {
  const { line } = module.placeOf(node);
  switch (kind) {
    case 'home':
      return `Line ${line} names a folder in one person's home.`;
    case 'password':
      return `Line ${line} holds a password.`;
    case 'key':
      return `Line ${line} holds a key as plain text.`;
    default:
      return kind satisfies never;
  }
};

/** The import is added once. */
const once = (edits: readonly TextEdit[]): readonly TextEdit[] =>
  edits.filter((edit, at) => edits.findIndex((one) => one.file === edit.file && one.from === edit.from && one.to === edit.to && one.text === edit.text) === at);
