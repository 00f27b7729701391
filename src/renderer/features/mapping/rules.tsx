// The rules of a text log: patterns with named groups, or pairs of names and numbers; the first that fits takes a line.

import { type LineRule, plainRule } from '../../../core/mapping/mapping';
import { Button, IconButton } from '../../widgets/button';
import { Checkbox } from '../../widgets/checkbox';
import { Select } from '../../widgets/select';
import { TextField } from '../../widgets/text-field';
import styles from './mapping.module.css';

interface Props {
  readonly lines: readonly LineRule[];
  readonly onLines: (lines: readonly LineRule[]) => void;
}

const targets = [
  { value: 'points', label: 'Points' },
  { value: 'params', label: 'Params' },
  { value: 'nothing', label: 'Pass over' },
] as const;

export function LineRules({ lines, onLines }: Props) {
  const set = (at: number, change: Partial<LineRule>): void => onLines(lines.map((one, place) => (place === at ? { ...one, ...change } : one)));
  return (
    <fieldset className={styles.rules}>
      <legend>Lines: the first rule that fits takes a line</legend>
      {lines.map((rule, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rules have no identity but their place
        <div key={at} className={styles.rule}>
          <TextField
            label={`Pattern of rule ${at + 1}`}
            mono
            value={rule.pattern ?? ''}
            placeholder="every line of names and numbers, or: epoch (?<step>\d+) loss (?<loss>\S+)"
            onText={(pattern) => set(at, pattern === '' ? { pattern: null, pairs: true, carry: [], equal: null } : { pattern, ...kept(rule, pattern) })}
          />
          <div className={styles.ruleMore}>
            <Select label={`What rule ${at + 1} reads`} value={rule.to} options={targets} onPick={(to) => set(at, { to })} />
            <TextField
              label={`Prefix of rule ${at + 1}`}
              placeholder="prefix"
              mono
              value={rule.prefix}
              onText={(prefix) => set(at, { prefix })}
              className={styles.prefix ?? ''}
            />
            <Checkbox
              label="pairs"
              checked={rule.pairs}
              disabled={rule.pattern === null}
              onChange={(pairs) =>
                set(at, { pairs, ...(pairs && rule.pattern !== null && !rule.pattern.includes('<pairs>') ? { pattern: `${rule.pattern}(?<pairs>.*)` } : {}) })
              }
            />
            <span className={styles.muted}>{more(rule)}</span>
            <IconButton
              icon="trash"
              size="s"
              label={`Remove rule ${at + 1}`}
              disabled={lines.length === 1}
              onClick={() => onLines(lines.filter((_, place) => place !== at))}
            />
          </div>
        </div>
      ))}
      <Button size="s" icon="plus" onClick={() => onLines([...lines, { ...plainRule, pattern: '(?<step>\\d+) (?<loss>\\S+)' }])}>
        Add a rule
      </Button>
    </fieldset>
  );
}

/** What was said of groups that are gone would only be an error. */
function kept({ carry, equal, pairs }: LineRule, pattern: string): Partial<LineRule> {
  const has = (name: string): boolean => pattern.includes(`<${name}>`);
  return {
    carry: pairs ? carry : carry.filter(has),
    equal: equal?.every(has) ? equal : null,
    pairs: pairs && has('pairs'),
  };
}

/** What the form does not offer, in words. */
function more({ carry, equal, rename, step }: LineRule): string {
  const parts = [
    carry.length > 0 && `${carry.join(', ')} stays known`,
    equal && `only where ${equal.join(' = ')}`,
    Object.keys(rename).length > 0 && `renames ${Object.keys(rename).length}`,
    step && 'counts otherwise',
  ];
  return parts.filter((part) => part).join(' · ');
}
