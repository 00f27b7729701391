// The events of listed trials: what belongs to many of them is asked for at once, intermediate values as a stream.

import { issue } from '../../base/issues';
import { cellNumber } from '../../formats/sqlite';
import type { RunEvent } from '../../model/events';
import type { ReadContext } from '../../source/reader';
import { allRows, type SqlRow, type SqlView } from '../../source/sql';
import type { ListedRun } from '../../source/tracker';
import type { Has } from '../_sql/has';
import { type Owned, ownedQuestion, trialColumns } from './questions';
import { type TrialRow, trialOf, trialRow } from './rows';
import { grouped } from './studies';
import { type Study, trialEvents } from './trial';

interface Storage {
  readonly view: SqlView;
  readonly has: Has;
  readonly studies: ReadonlyMap<number, Study>;
  /** The name of the database: what evidence names in place of a file. */
  readonly database: string;
}

const noStudy: Study = { name: '', directions: [], metricNames: [] };

/** All of one view: a trial is as it was at one moment, whatever is written meanwhile. @throws HttpError */
export async function* readTrials(runs: readonly ListedRun[], { view, has, studies, database }: Storage, context: ReadContext): AsyncGenerator<RunEvent> {
  const ids = runs.map(({ nativeId }) => Number(nativeId)).filter((id) => Number.isSafeInteger(id));
  if (ids.length === 0) return;
  const among = `trial_id IN (${ids.join(', ')})`;
  const owned = async (what: Owned): Promise<readonly SqlRow[] | null> => {
    const question = ownedQuestion(what, has, among);
    return question === null ? null : await allRows(view, question);
  };
  const rows = new Map<number, TrialRow>();
  for (const cells of await allRows(view, `SELECT ${trialColumns(has)} FROM trials WHERE ${among}`)) {
    const row = trialRow(cells);
    rows.set(row.id, row);
  }
  const params = grouped((await owned('params')) ?? []);
  const attributes = grouped((await owned('userAttributes')) ?? []);
  const valueRows = await owned('values');
  const values = valueRows && grouped(valueRows);
  const question = ownedQuestion('intermediate', has, among);
  const points = new Points(question === null ? null : view.rows(question));
  // Points come by the id of their trial.
  const order = [...runs.entries()].sort(([, a], [, b]) => Number(a.nativeId) - Number(b.nativeId));
  try {
    for (const [run, { nativeId, name, note }] of order) {
      context.signal.throwIfAborted();
      const id = Number(nativeId);
      const row = rows.get(id);
      if (!row) {
        yield { kind: 'issue', issue: issue('not-found', `The trial ${nativeId} (${name}) is not there any more: its study was deleted.`, { file: database }) };
        continue;
      }
      const study = studies.get(row.studyId) ?? noStudy;
      const trial = trialOf(row, typeof note === 'number' ? note : id, {
        params: params.get(id) ?? [],
        userAttributes: attributes.get(id) ?? [],
        values: values && (values.get(id) ?? []),
        intermediate: await points.of(id),
      });
      yield* trialEvents(run, trial, study, { name: database, path: `${study.name}/${trial.number}` });
      yield { kind: 'end', run };
    }
  } finally {
    await points.end();
  }
}

/** Points of many trials that come in the order of their ids, given trial by trial. */
class Points {
  readonly #groups: AsyncIterator<readonly SqlRow[]> | null;
  #rows: readonly SqlRow[] = [];
  #at = 0;

  constructor(rows: AsyncIterable<readonly SqlRow[]> | null) {
    this.#groups = rows?.[Symbol.asyncIterator]() ?? null;
  }

  async of(id: number): Promise<readonly SqlRow[]> {
    const found: SqlRow[] = [];
    for (;;) {
      for (; this.#at < this.#rows.length; this.#at++) {
        const row = this.#rows[this.#at] as SqlRow;
        const owner = cellNumber(row[0]) ?? -1;
        if (owner > id) return found;
        if (owner === id) found.push(row);
      }
      const next = await this.#groups?.next();
      if (!next || next.done) return found;
      this.#rows = next.value;
      this.#at = 0;
    }
  }

  async end(): Promise<void> {
    await this.#groups?.return?.(undefined);
  }
}
