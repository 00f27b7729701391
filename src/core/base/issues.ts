// The catalogue of everything that can go wrong while reading, and the one way to report it.

/** One ordered scale everywhere (decision 21); the JSON contract prints `error` and `warning` for the upper two. */
export type Severity = 'critical' | 'warn' | 'note' | 'info';

/** How severities of findings about runs and code are spelled, in `--fail-on` too. */
export const severityWords: Readonly<Record<Severity, string>> = { critical: 'high', warn: 'medium', note: 'low', info: 'info' };

export interface Issue {
  readonly code: IssueCode;
  readonly severity: Severity;
  /** One sentence: what happened, in the user's terms. */
  readonly message: string;
  /** What the user can do about it. */
  readonly tip: string;
  /** The file, relative to the folder dropped. */
  readonly file?: string;
  /** The place in the file: `line 12`, `byte 8123`, `key lr`. */
  readonly where?: string;
}

interface CatalogueEntry {
  readonly severity: Severity;
  /** When it is raised; printed in docs/issues.md. */
  readonly meaning: string;
  readonly tip: string;
}

const entry = (severity: Severity, meaning: string, tip: string): CatalogueEntry => ({ severity, meaning, tip });

export const issueCatalogue = {
  truncated: entry(
    'warn',
    'A file ends in the middle of a record; everything before it was read.',
    'The writer was probably killed, or the copy is incomplete. Copy the file again if the original is longer.',
  ),
  precision: entry('note', 'A number is larger than a 64-bit float can hold exactly.', 'The exact text is kept beside the number.'),
  'nonfinite-lost': entry('warn', 'The tracker itself wrote a non-finite value as something else.', 'The original value cannot be recovered from this export.'),
  'export-errors': entry('warn', 'The exporter reported errors of its own.', 'Export again, or look at the exporter’s error report.'),
  'bad-record': entry(
    'warn',
    'A record is damaged and was skipped; what follows was read.',
    'Compare the file with the original; a disk or copy error is likely.',
  ),
  'bad-value': entry('warn', 'A value could not be understood and was skipped.', 'Look at the place named and mend the value at its source.'),
  'bad-utf8': entry(
    'note',
    'Text is not valid UTF-8; it was read as Windows-1252, or, where some of it is UTF-8, bad bytes are shown as �.',
    'The writer used another encoding.',
  ),
  'duplicate-step': entry('info', 'A step was logged more than once; every point is kept, a chart shows the last.', 'Nothing to do unless it was not meant.'),
  'step-restart': entry('note', 'Steps go back: a restart replaced earlier points.', 'The points shown are those the tracker’s own client returns.'),
  'duplicate-run': entry('note', 'The same run id was found twice with different contents.', 'Both are shown, told apart by a suffix.'),
  'source-conflict': entry('note', 'Sources of one run do not say the same.', 'Both values are kept; the run’s page shows whose they are.'),
  'not-joined': entry(
    'info',
    'A configuration lies above several runs, so it cannot be told whose it is.',
    'Give every run a folder of its own below its own configuration.',
  ),
  'merge-markers': entry('warn', 'The file holds conflict markers of a version-control merge.', 'Resolve the conflict and import again.'),
  'lfs-pointer': entry('warn', 'The file is a Git LFS pointer, not the data.', 'Run `git lfs pull`, then import again.'),
  'missing-file': entry('warn', 'A file that the run names is not there.', 'Copy the whole run folder.'),
  unsupported: entry('warn', 'The file was recognised but uses something that cannot be read.', 'The message says what; the rest was read.'),
  'too-large': entry(
    'warn',
    'A limit on size, depth or count was reached; the rest was left out.',
    'Raise the limit in the settings or with the option named.',
  ),
  'outside-folder': entry('warn', 'A path or link leads out of the folder and was not followed.', 'Copy the target into the folder if it belongs there.'),
  encrypted: entry('warn', 'The archive is encrypted.', 'Unpack it with its password, then import the folder.'),
  empty: entry('info', 'There is nothing in it yet.', 'Nothing to do if the run has just begun.'),
  unmatched: entry(
    'info',
    'Lines of a log did not fit the mapping and were left out.',
    'Nothing to do where they hold no numbers; else add a rule for them to the mapping (docs/mapping-file.md).',
  ),
  locked: entry('warn', 'The file is locked or cannot be opened.', 'Close the program that holds it, or mend its permissions.'),
  sampled: entry('note', 'The tracker gives only a sample of these points.', 'The tracker’s own run folder, where it is kept, holds them all.'),
  unauthorised: entry(
    'critical',
    'The server does not know who asks (401).',
    'Enter the token or password again; it may have expired or belong to another server.',
  ),
  forbidden: entry('critical', 'The server refuses this to the person who asks (403).', 'Ask for permission to read, or choose another project.'),
  'not-found': entry('warn', 'The server has no such thing (404).', 'Look at the address and at the project: it may have been moved, renamed or deleted.'),
  'rate-limited': entry(
    'warn',
    'The server asked to be asked less often (429), and went on asking.',
    'What was read is kept. Go on later: only what is missing is read.',
  ),
  'server-error': entry(
    'warn',
    'The server failed while answering (5xx), also when asked again.',
    'What was read is kept. Go on when the server is well: only what is missing is read.',
  ),
  unreachable: entry('critical', 'The server cannot be reached.', 'Is it running, and is the address right? What was read before stays and works without it.'),
  'timed-out': entry('warn', 'The server did not answer in time.', 'What was read is kept. Go on later, or with fewer runs at once.'),
  'cut-off': entry('warn', 'The connection ended in the middle of an answer.', 'What was read is kept. Go on: only what is missing is read.'),
  'bad-answer': entry(
    'warn',
    'The server answered something that its interface does not say.',
    'Is this the address of the tracker itself, and not of a page in front of it?',
  ),
  redirected: entry(
    'critical',
    'The server sent us to another host, which was not followed: it would have got the token.',
    'Connect to that address itself, if you trust it.',
  ),
  certificate: entry(
    'critical',
    'The certificate of the server is not trusted.',
    'If it is your own server, compare the fingerprint and trust this certificate.',
  ),
  unrecognised: entry('critical', 'No reader knows this file.', 'Name a run folder, or a file of a format listed in the user guide.'),
  'reader-error': entry('critical', 'A reader failed on this run; the other runs were read.', 'Please report it with the file, if it can be shared.'),
} as const satisfies Record<string, CatalogueEntry>;

export type IssueCode = keyof typeof issueCatalogue;

interface Place {
  readonly file?: string;
  readonly where?: string;
  readonly tip?: string;
  readonly severity?: Severity;
}

/** An issue of the catalogue at a place; severity and tip come from the catalogue unless given. */
export function issue(code: IssueCode, message: string, place: Place = {}): Issue {
  const { severity, tip } = issueCatalogue[code];
  return {
    code,
    severity: place.severity ?? severity,
    message,
    tip: place.tip ?? tip,
    ...(place.file === undefined ? {} : { file: place.file }),
    ...(place.where === undefined ? {} : { where: place.where }),
  };
}
