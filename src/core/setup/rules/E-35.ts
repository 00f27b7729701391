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
    source: 'Ruff S105–S107',
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
