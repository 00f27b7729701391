// Next experiments: each with what is expected, why, the runs it is most like, and what would change our mind.

import type { RunId } from '../../../core/base/units';
import { displayName } from '../../../core/model/run';
import { formats } from '../../../core/suggest/format';
import type { Kind, Suggestion } from '../../../core/suggest/suggestion';
import { shortNumber } from '../../../core/view/chart-numbers';
import { durationText, exactNumber, valueText } from '../../../core/view/format';
import { useJob } from '../../queries/use-job';
import { useApp, useLibrary } from '../../state/app';
import { Button } from '../../widgets/button';
import { cx } from '../../widgets/class-names';
import { Icon } from '../../widgets/icon';
import { Menu } from '../../widgets/menu';
import { Select } from '../../widgets/select';
import { Empty } from '../../widgets/states';
import shared from './effects.module.css';
import type { job, Next as NextAnswer } from './jobs/effects-next';
import styles from './next.module.css';
import { Answer, type PartProps } from './part';
import { RunLink } from './run-link';

const kinds: Readonly<Record<Kind, string>> = {
  exploit: 'Exploit',
  explore: 'Explore',
  boundary: 'Probe the edge',
  replicate: 'Repeat',
  disambiguate: 'Tell apart',
};
const counts = ['1', '3', '5', '10'] as const;

export function Next({ request, slice, change }: PartProps) {
  const state = useJob<typeof job>('effects-next', { ...request, count: slice.count });
  return (
    <Answer state={state} waiting="Thinking of experiments…" request={request}>
      {({ next, metric, direction }, busy) => (
        <div className={cx(shared.sheet, busy && shared.busy)}>
          <div className={shared.lead}>
            <p role="status" aria-label="Summary">
              <strong>
                {next.suggestions.length === 0
                  ? 'Nothing to propose'
                  : `${next.suggestions.length} next ${next.suggestions.length === 1 ? 'experiment' : 'experiments'}`}
              </strong>{' '}
              for {direction === 'max' ? 'more' : 'less'} {metric} · {next.method}
            </p>
            <span className={shared.leadActions}>
              <Select
                label="How many experiments"
                value={String(slice.count)}
                options={(counts.some((one) => one === String(slice.count)) ? counts : [...counts, String(slice.count)]).map((count) => ({
                  value: count,
                  label: `${count} at once`,
                }))}
                onPick={(count) => change('number of experiments', { count: Number(count) })}
              />
              {next.suggestions.length > 0 && <CopyMenu suggestions={next.suggestions} answer={{ metric, direction }} label="Copy all" />}
            </span>
          </div>
          {next.suggestions.length === 0 && <Empty title="There is nothing to propose yet">The gates below say what is missing.</Empty>}
          <ol className={styles.cards}>
            {next.suggestions.map((suggestion) => (
              <Card
                key={JSON.stringify([suggestion.kind, Object.entries(suggestion.params).map(([name, value]) => [name, valueText(value)])])}
                suggestion={suggestion}
                answer={{ metric, direction }}
              />
            ))}
          </ol>
          <section className={shared.section} aria-label="Gates">
            <h2>What must hold before a model is asked</h2>
            <ul className={shared.gates}>
              {next.gates.map(({ code, passed, message }) => (
                <li key={code} className={cx(!passed && shared.closedGate)}>
                  <Icon name={passed ? 'check' : 'minus'} size={14} label={passed ? 'Holds' : 'Does not hold'} /> <span>{message}</span>
                </li>
              ))}
            </ul>
          </section>
        </div>
      )}
    </Answer>
  );
}

type AnswerOf = Pick<NextAnswer, 'metric' | 'direction'>;

function Card({ suggestion, answer }: { readonly suggestion: Suggestion; readonly answer: AnswerOf }) {
  const runs = useLibrary((state) => state.runs);
  const { kind, params, predicted, why, nearest, changesMind, expectedMs } = suggestion;
  const [closest] = nearest.flatMap((id) => runs.get(id as RunId) ?? []);
  const changed = Object.entries(params).filter(([name, value]) => closest === undefined || valueText(closest.params[name]) !== valueText(value));
  const same = Object.entries(params).length - changed.length;
  return (
    <li className={styles.suggestion} aria-label={kinds[kind]}>
      <header className={styles.suggestionHead}>
        <span className={cx(styles.kind, styles[kind])}>{kinds[kind]}</span>
        <span className={shared.muted}>{expectedMs === null ? '' : `about ${durationText(expectedMs)}`}</span>
        <CopyMenu suggestions={[suggestion]} answer={answer} label="Copy" />
      </header>
      <table className={styles.settings}>
        <caption className="visually-hidden">Settings of this experiment</caption>
        <tbody>
          {(changed.length > 0 ? changed : Object.entries(params)).slice(0, 16).map(([name, value]) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td title={valueText(value)}>{typeof value === 'number' ? shortNumber(value, 4) : valueText(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {changed.length > 0 && same > 0 && closest && (
        <p className={shared.muted}>
          {same} more as in {displayName(closest)}
        </p>
      )}
      <p className={styles.predicted}>
        {predicted ? (
          <>
            Expected {answer.metric} <strong title={exactNumber(predicted.mean)}>{shortNumber(predicted.mean, 4)}</strong>, 80 % of such runs between{' '}
            {shortNumber(predicted.interval[0], 4)} and {shortNumber(predicted.interval[1], 4)}
          </>
        ) : (
          'No prediction: no model may be trusted here.'
        )}
      </p>
      <p>{why}</p>
      {nearest.length > 0 && (
        <div className={styles.nearest}>
          <span className={shared.muted}>Most like</span>
          {nearest.slice(0, 3).map((id) => (
            <RunLink key={id} id={id} name={nameOf(runs.get(id as RunId), id)} />
          ))}
        </div>
      )}
      <p className={styles.mind}>
        <span className={shared.muted}>What would change our mind:</span> {changesMind}
      </p>
    </li>
  );
}

const nameOf = (run: Parameters<typeof displayName>[0] | undefined, id: string): string => (run ? displayName(run) : id);

function CopyMenu({ suggestions, answer, label }: { readonly suggestions: readonly Suggestion[]; readonly answer: AnswerOf; readonly label: string }) {
  const app = useApp();
  const copy = (text: string, title: string): void => {
    navigator.clipboard.writeText(text).then(
      () => app.toasts.show({ kind: 'good', text: `Copied as ${title}.` }),
      () => app.toasts.show({ kind: 'bad', text: 'The clipboard cannot be used here.' }),
    );
  };
  return (
    <Menu
      align="end"
      items={formats.map((format) => ({
        label: `As ${format.meta.title}`,
        icon: 'copy',
        onPick: () => copy(format.text(suggestions, answer), format.meta.title),
      }))}
    >
      <Button size="s" icon="copy">
        {label}
        <Icon name="chevron-down" size={12} />
      </Button>
    </Menu>
  );
}
