// docs/connections.md: how to connect to each tracker, as its form says, and what is said when it goes wrong, as the tests hold it.
import { issueCatalogue } from '../../src/core/base/issues';
import { trackers } from '../../src/core/readers';
import type { Tracker } from '../../src/core/source/tracker';
import { type BucketFailure, bucketFailures, bucketTipOf, otherBucketFailures } from './bucket-failures';
import { type ConnectionFailure, failures, others, tipOf } from './connection-failures';
import { databaseFailures } from './database-failures';

interface Notes {
  readonly examples: readonly string[];
  readonly filters: readonly string[];
  readonly comes: string;
  readonly lacks: string;
  readonly followed: string;
}

/** What the forms do not say. */
const notes: Readonly<Record<string, Notes>> = {
  'mlflow-server': {
    examples: ['http://localhost:5000', 'https://mlflow.example.org/team', 'databricks', 'databricks://PROFILE', 'https://adb-1234.5.azuredatabricks.net'],
    filters: [
      "metrics.loss < 0.2 and params.optimizer = 'adam'",
      "tags.team = 'vision'",
      "attributes.status = 'RUNNING'",
      "attributes.run_name LIKE '%baseline%'",
    ],
    comes:
      'Runs with params, tags, every point of every metric (system metrics too), datasets, logged models, nested runs; artifacts as a list, small texts and pictures with their content, and media: pictures of `mlflow.log_image` by key and step, tables of `mlflow.log_table`, plotly figures, sounds, pages. The same ids as from `mlruns` or `mlflow.db`.',
    lacks:
      'Nothing is sampled. Deleted runs, traces and prompts are left out; of artifacts beyond 2,000 files only the first are listed; what the server does not pass on (a bucket without `--serve-artifacts`) is only listed.',
    followed: 'Only points behind those that are known, on servers of MLflow 3 with a database; on others a changed run is read whole.',
  },
  wandb: {
    examples: ['https://wandb.ai', 'https://wandb.example.org'],
    filters: ['{"config.lr": {"$lt": 0.1}}', '{"state": "finished"}', '{"summary_metrics.loss": {"$lt": 0.2}, "tags": "paper"}'],
    comes:
      'Config, summary, notes, tags, groups, sweeps, the whole history (no sample), system metrics, files as a list with small texts and pictures, media by step, names and digests of artifacts.',
    lacks: 'System metrics beyond 10,000 rows are a sample of W&B’s, and the run says so. Contents of artifacts, reports and alerts are left out.',
    followed: 'Only rows behind those that are known.',
  },
  tensorboard: {
    examples: ['http://localhost:6006'],
    filters: ['baseline', 'lr=0\\.1|lr=0\\.01'],
    comes: 'Scalars and hyperparameters, runs gathered as from the log folder; images, audio, texts and histograms by step, as many as the server keeps.',
    lacks:
      'TensorBoard gives a sample of curves beyond its limit (1,000 points unless `--samples_per_plugin` says otherwise); such a curve is told as `sampled`. PR curves, graphs, meshes and other plugins are left out.',
    followed: 'TensorBoard does not say what changed: its curves are asked for whole.',
  },
  trackio: {
    examples: ['http://localhost:7860', 'user/space', 'https://huggingface.co/spaces/user/space'],
    filters: ['baseline', '^lr 0\\.1'],
    comes: 'Config, every row, system metrics, and media (images, sounds, films, tables, histograms, Markdown). The same ids as from the database.',
    lacks: 'Nothing is sampled. Alerts, traces and artifacts are left out. Servers before `query_project` are not read: open the database itself.',
    followed: 'Only rows that were written since.',
  },
  aim: {
    examples: ['http://localhost:43800'],
    filters: ['run.hparams.lr < 0.1', "'baseline' in run.tags", "run.experiment == 'resnet' and run.active"],
    comes:
      'Params, tags, notes, every point with its context and epoch, system metrics; images, audio, texts, distributions and figures by step. The same ids as from the `.aim` folder.',
    lacks:
      'Nothing is sampled. A run that is not in Aim’s index yet comes with its name alone, says so, and is read the next time. Terminal output and log records are left out.',
    followed: 'Aim answers series whole: a run that changed is read whole.',
  },
  clearml: {
    examples: ['https://app.clear.ml', 'https://api.clear.ml', 'http://localhost:8080', 'http://localhost:8008'],
    filters: ['{"status": ["completed"], "tags": ["paper"]}', 'baseline'],
    comes:
      'Hyperparameters by section, configuration objects, tags, parent, every scalar with iteration and time, single values, the machine’s series; commit, uncommitted changes, packages, container, dataset versions; plots and tables; artifacts, models and debug samples as lists.',
    lacks:
      'Nothing is sampled; where the server gives fewer events than it counts, the run says so (`sampled`). ClearML writes 0 for what was not finite. The console and the bytes of artifacts, models and samples are left out: they lie on a file server of their own. Archived tasks are not listed.',
    followed: 'A task that reported something is read whole.',
  },
  comet: {
    examples: ['https://www.comet.com', 'https://comet.example.org'],
    filters: ['(Metric("loss") < 0.2) & (Parameter("optimizer") == "adam")', 'Tag("baseline")'],
    comes:
      'Params, others, tags, every point that the server keeps with step and time, system metrics, commit and patch, packages, code, output, assets, media by step. Archived experiments come as deleted runs.',
    lacks:
      'Comet keeps 15,000 values of a metric: a curve that long is told as `sampled`, unless the organisation stores all (then they are read from there). Artifacts and the model registry are left out.',
    followed: 'An experiment that changed is read whole.',
  },
  swanlab: {
    examples: ['https://swanlab.cn', 'http://localhost:8000'],
    filters: ['[{"type": "SCALAR", "key": "loss", "op": "LTE", "value": ["0.2"]}]'],
    comes: 'Config, tags, description, every point from the tables that the server exports, system metrics, machine, commit and packages, media with captions.',
    lacks:
      'One value for each step and scalar is what SwanLab keeps; infinities reach it as NaN. Media of a run that goes on are counted only. The console is left out.',
    followed: 'An experiment that changed is read whole.',
  },
  optuna: {
    examples: ['postgresql://user@host/optuna', 'postgresql+psycopg2://user@host:5432/optuna?sslmode=require', 'mysql+pymysql://user@host/optuna'],
    filters: ['state = COMPLETE and value < 0.2', 'number >= 100'],
    comes:
      'Studies as projects, trials as runs: params as the objective saw them, values, intermediate values, user attributes, states. The same ids as from the SQLite file.',
    lacks: 'Nothing is sampled. System attributes, attributes of studies and heartbeats are left out.',
    followed: 'Trials that have more params, attributes or values than before are read whole.',
  },
  'mlflow-database': {
    examples: ['postgresql://user@host/mlflow', 'mysql://user@host/mlflow'],
    filters: ["metrics.loss < 0.2 and params.optimizer = 'adam'"],
    comes: 'Experiments, params, tags, every point of every metric, datasets. The same ids as from the server, `mlruns` or `mlflow.db`.',
    lacks: 'Nothing is sampled. Artifacts, the registry, traces and deleted runs are left out; of the filter language what is joined by `and`.',
    followed: 'A run with other params, tags or newest points is read whole.',
  },
  'neptune-export': {
    examples: [],
    filters: [],
    comes: 'Nothing: the service ended.',
    lacks: 'Open what neptune-exporter wrote, or a `.neptune` folder.',
    followed: 'Nothing to follow.',
  },
};

export function connectionsPage(): readonly string[] {
  return [
    '*Connect to a tracker…* (Ctrl/Cmd+Shift+K) in the app, or `diptych connect ADDRESS -o FOLDER` ([the command line](cli.md#connect)). Diptych only reads: it has no call that writes to a tracker. What was brought home opens without the tracker; *Refresh*, or the same command again, reads only runs that changed, and *Follow* draws a run as it goes on.',
    '**Which tracker it is** is found out by its own short question, asked without credentials. **Credentials** come from what is entered, then the variables below, then the file of the tracker’s own client (`clearml.conf`, `.comet.config`, `.swanlab/.netrc`, `.databrickscfg`), then `.netrc` or `.pgpass`; all of these count only for the server that they are of. They are sent to that host alone, kept by the desktop app only, sealed by the system, and are in no message, log, export or bundle. **Proxies** are those of `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`. **A certificate that nobody vouches for** is refused with its fingerprint, and can be trusted by that (`--trust FILE.pem`).',
    '**Media** are kept within the limits of every import: 200 items of each, 2,000 of a run, 16 MB an item, 64 MB a run, evenly over the steps; what is beyond them is listed. Contents of other files are kept up to 1 MB.',
    '## Trackers',
    ...trackers.map(section),
    '## One run, read from two places',
    'A run that has an id of its tracker’s is one run wherever it is read: from an MLflow database and its server, from `.aim` and `aim up`, from Trackio’s database and its dashboard. TensorBoard has no run ids. A folder’s run is known by the first bytes of its event files, so that it may be moved and renamed; a running TensorBoard answers no bytes of files, so there a run is known by the server’s address, its log folder and its name. The same run read both ways is therefore two runs. It is not merged silently: where both are open, they are offered as a pair (*recorded twice?*), by their curves, names and start.',
    '## When something goes wrong',
    'Each row is held by a test of its own name (`test/host/trackers/connection-failures.test.ts`; the last by `test/cli/connect.test.ts`): a server behaves so when the first question is asked, then in the middle of an import, and then is well again. What is said is what stands here, with the address of the server. A run is brought home whole or not at all, and the next time only what is missing is asked for.',
    table(
      ['What goes wrong', 'What is said', 'In the middle of an import', 'How to go on'],
      [
        ...failures.map(failureRow),
        [
          'Asked too often, and told to wait for a while (429)',
          code(others.waiting),
          'Nothing is lost: it waits as long as the server says, up to two minutes',
          'Nothing to do',
        ],
        ['Nobody listens, or the name is wrong', code(others.unreachable), finalWords, issueCatalogue.unreachable.tip],
        [
          'A certificate that nobody vouches for',
          code(`${others.certificate}…`),
          'Nothing was asked: the first question is not sent',
          issueCatalogue.certificate.tip,
        ],
        [
          '10,000 runs',
          'Nothing: they are listed page by page',
          'What was read when it is cancelled or cut stays',
          'Choose fewer by project, filter or time, if it takes too long',
        ],
      ],
    ),
    'What is asked again: answers of 408, 429, 500, 502, 503 and 504, connections that were cut, and silence; five times in all, with growing pauses (0.5 s to 4 s), or as long as the server asks for. A run that fails is left out with a word and the others are read; three failures in a row end the import, as do the rows that say so.',
    '### Buckets',
    'Held by `test/host/buckets/bucket-failures.test.ts` in the same way: a service behaves so when it lists, then in the middle of reading, and then is well again.',
    table(
      ['What goes wrong', 'What is said', 'In the middle of reading', 'How to go on'],
      [
        ...bucketFailures.map(bucketRow),
        ['Nothing by that name', code(otherBucketFailures.nothing), '', 'Look at the prefix.'],
        ['Nobody’s questions are not answered', code(otherBucketFailures.nobody), '', 'Enter an access key and its secret key.'],
        [
          'An object in an archive class',
          code(otherBucketFailures.archived),
          'Its run is left out and said, the others are read',
          'Restore the object, then refresh.',
        ],
        ['An object that is gone since it was listed', code(otherBucketFailures.gone), 'Its run is left out and said, the others are read', 'Refresh.'],
        ['Another region, which the service names', 'Nothing: it is asked there', 'Nothing is lost', 'Nothing to do'],
        ['Nobody listens', code(otherBucketFailures.unreachable), finalWords, issueCatalogue.unreachable.tip],
        [
          '10,000 objects',
          'Nothing: they are listed a thousand at a time',
          'What was read when it is cancelled or cut stays',
          'Choose a longer prefix, if it takes too long',
        ],
      ],
    ),
    '### Databases',
    'Held word for word by `test/host/trackers/database-failures.test.ts`, from the codes that servers give. Real servers of PostgreSQL and MariaDB are made to refuse a password, a database, a table and a certificate, to go away in the middle, and to hold neither tracker (`test/live/optuna-sql.test.ts`, `test/live/neither-sql.test.ts`); a connection that ends after any byte is `test/host/sql/cut.test.ts`.',
    table(
      ['What goes wrong', 'What is said', 'How to go on'],
      databaseFailures().map(({ what, says, tip }) => [what, code(says), tip.replaceAll('`', '')]),
    ),
  ];
}

const finalWords = 'What was read is kept; nothing more is asked';

const failureRow = (failure: ConnectionFailure): readonly string[] => [
  failure.what,
  code(failure.says),
  failure.final ? finalWords : 'What was read is kept; the runs that were asked for are left out and said, the others are read',
  tipOf(failure),
];

const bucketRow = (failure: BucketFailure): readonly string[] => [
  failure.what,
  code(failure.says),
  failure.final ? finalWords : 'What was read is kept; the runs whose objects are refused are left out and said, the others are read',
  bucketTipOf(failure),
];

function section({ meta, form, filterExample }: Tracker): string {
  const said = notes[meta.id];
  if (!said) throw new Error(`test/support/connections-page.ts says nothing of ${meta.id}`);
  const fields = form.map(({ label, env = [], sqlEnv, netrc, pgpass, initial, help = '', kind }) => [
    label + (kind === 'secret' ? ' (secret)' : ''),
    [
      ...env.map(code),
      ...Object.values(sqlEnv ?? {})
        .flat()
        .map(code),
      ...(netrc ? [`\`${netrc}\` of .netrc`] : []),
      ...(pgpass ? ['.pgpass'] : []),
      ...(initial ? [`else ${initial}`] : []),
    ].join(', '),
    help,
  ]);
  const filters = [...new Set([...(filterExample ? [filterExample] : []), ...said.filters])];
  const list = (items: readonly string[]): string => items.map(code).join(', ');
  return [
    `### ${meta.title}`,
    table(['Field', 'Taken from', 'What it is'], fields),
    [
      ...(said.examples.length > 0 ? [`- **Addresses:** ${list(said.examples)}`] : []),
      ...(filters.length > 0 ? [`- **Filters:** ${list(filters)}`] : []),
      `- **What comes over.** ${said.comes}`,
      `- **What is sampled or left out.** ${said.lacks}`,
      `- **Followed.** ${said.followed}`,
      `- [More](formats/${meta.id}.md)`,
    ].join('\n'),
  ].join('\n\n');
}

const code = (text: string): string => `\`${text}\``;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
