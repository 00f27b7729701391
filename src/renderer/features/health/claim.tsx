// The parts that every claim has: its numbers, and what to do.

import type { Advice } from '../../../core/advice/advice';
import type { Value, Values } from '../../../core/model/values';
import { shortNumber } from '../../../core/view/chart-numbers';
import { valueText } from '../../../core/view/format';
import { CodeBlock } from '../../widgets/code-block';
import { CopyButton } from '../../widgets/copy-button';
import styles from './health.module.css';

/** Numbers are short, and whole on hover and when copied. */
export function Evidence({ values }: { readonly values: Values }) {
  const entries = Object.entries(values);
  if (entries.length === 0) return null;
  return (
    <section>
      <h3 className={styles.withAction}>
        Numbers
        <CopyButton text={entries.map(([name, value]) => `${name}\t${valueText(value)}`).join('\n')} />
      </h3>
      <table className={styles.numbers}>
        <caption className="visually-hidden">Numbers behind the finding</caption>
        <tbody>
          {entries.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{wordsOf(name)}</th>
              <td title={valueText(value)}>{shown(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** `best_step` and `bestStep` read as words. */
const wordsOf = (name: string): string =>
  name.replace(/_/g, ' ').replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);

const longest = 80;
function shown(value: Value): string {
  if (typeof value === 'number') return shortNumber(value);
  const text = valueText(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

export function AdviceText({ advice }: { readonly advice: Advice }) {
  const { text, code } = advice;
  return (
    <section>
      <h3>What to do</h3>
      <p>{text}</p>
      {code && <CodeBlock code={code} />}
    </section>
  );
}
