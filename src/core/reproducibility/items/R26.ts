// R26: are secrets and personal paths absent?

import type { Evidence } from '../../model/facts';
import { factValue } from '../../model/facts';
import type { Run } from '../../model/run';
import { hasParams } from '../evidence';
import { type ChecklistItem, fail, partial, pass, unknown } from '../item';

const secretName = /(^|[._/-])(api_?key|secret|access_?token|auth_?token|password|passwd|private_?key|credentials?)$/i;
const secretValue =
  /(\b(sk-[A-Za-z0-9_-]{20,}|glpat-[\w-]{20,}|npm_[A-Za-z0-9]{30,}|AIza[\w-]{35}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}|gh[pousr]_[A-Za-z0-9]{30,}|hf_[A-Za-z0-9]{30,}|AKIA[0-9A-Z]{16}|xox[bap]-[\w-]{20,})|:\/\/[^/\s:@]+:[^/\s:@]{6,}@|-----BEGIN [A-Z ]*PRIVATE KEY-----)/;
const personalPath = /(\/home\/|\/Users\/|[A-Z]:\\Users\\)[^/\\\s]+/;

function texts(run: Run): readonly (readonly [string, string, string])[] {
  const of = (file: string, values: Run['params']): (readonly [string, string, string])[] =>
    Object.entries(values).map(([key, value]) => [file, key, String(value)] as const);
  return [...of('params', run.params), ...of('tags', run.tags), ['command', 'command', factValue(run.facts, 'command') ?? ''] as const];
}

export const item: ChecklistItem = {
  meta: {
    id: 'R26',
    question: 'Are secrets and personal paths absent from params, tags and command?',
    section: 'config',
    weight: 'medium',
    reference: 'good practice',
  },
  check({ run }) {
    const all = texts(run);
    const redacted = ([file, where]: readonly [string, string, string]): Evidence => ({ file, where, value: '(not shown)' });
    const secrets = all.filter(
      ([, key, value]) => (secretName.test(key) && value.length >= 8 && !/^(none|null|\*+|<.*>)$/i.test(value)) || secretValue.test(value),
    );
    if (secrets.length > 0) return fail('Something that looks like a key or password is recorded in the open.', secrets.map(redacted));
    const paths = all.filter(([, , value]) => personalPath.test(value));
    if (paths.length > 0)
      return partial(
        'Paths of one person’s machine are recorded.',
        paths.slice(0, 5).map(([file, where, value]) => ({ file, where, value: value.slice(0, 200) })),
      );
    return hasParams(run) ? pass('Nothing that looks like a secret or a personal path was found.') : unknown('Unknown: there is no text to look through.');
  },
  fix: (_, tracker) => ({
    text: 'Keep secrets in the environment and out of what is recorded; make paths relative. Change a key that was logged: it has leaked.',
    code:
      tracker === 'mlflow' || tracker === undefined
        ? 'mlflow.delete_tag(KEY)   # params cannot be deleted: delete the run'
        : 'params = {k: v for k, v in params.items() if not re.search("key|token|secret|password", k, re.I)}',
  }),
  examples: [
    { run: { params: { lr: 1 } }, verdict: 'pass' },
    { run: { params: { data: '/home/kim/data' } }, verdict: 'partial' },
    { run: { params: { api_key: '0123456789abcdef' } }, verdict: 'fail' },
    { run: {}, verdict: 'unknown' },
  ],
};
