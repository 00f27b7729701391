// Words for a proposed pair of runs: what speaks for it, most telling first.

import type { RunId } from '../base/units';
import { isServed, type PairEvidence, type RunPair } from '../compare/pairs';
import type { Run } from '../model/run';
import { durationText } from './format';
import { trackerName } from './tracker-words';

/** One reason as half a sentence: `3 of 3 curves are equal to the last bit`. @param nameOf what to call the tracker of a run */
export function evidenceText(one: PairEvidence, nameOf: (run: RunId) => string): string {
  switch (one.kind) {
    case 'source':
      return 'one was read as a source of the other';
    case 'id':
      return `${nameOf(one.in)}’s ${one.what === 'tags' ? 'tag' : 'param'} ${one.key} names the other’s id`;
    case 'curves': {
      const { equal, exact, of } = one;
      const verb = equal === 1 ? 'is' : 'are';
      if (exact === equal) return `${equal} of ${of} curves ${verb} equal to the last bit`;
      if (exact === 0) return `${equal} of ${of} curves ${equal === 1 ? 'agrees' : 'agree'} in single precision`;
      return `${equal} of ${of} curves agree, ${exact} to the last bit and the rest in single precision`;
    }
    case 'endings':
      return `${one.equal} ${one.equal === 1 ? 'curve ends' : 'curves end'} on the same value`;
    case 'name':
      return 'their names are the same';
    case 'start':
      return one.ms < 1000 ? 'they start in the same second' : `they start ${durationText(one.ms)} apart`;
  }
}

export interface PairWords {
  /** The other run of the pair. */
  readonly other: Run;
  /** `Also recorded by MLflow` */
  readonly title: string;
  readonly reasons: readonly string[];
}

/** A pair as it is offered on one of its runs; null where the other is not there. */
export function pairWords(pair: RunPair, self: RunId, runOf: (id: RunId) => Run | undefined): PairWords | null {
  const other = runOf(pair.runs[0] === self ? pair.runs[1] : pair.runs[0]);
  if (!other) return null;
  const nameOf = (id: RunId): string => trackerName(runOf(id)?.format ?? '');
  const name = trackerName(other.format);
  const own = runOf(self);
  const readTwice = own !== undefined && trackerName(own.format) === name && isServed(own) !== isServed(other);
  const title = !readTwice ? `Also recorded by ${name}` : isServed(other) ? `Also read from a running ${name}` : `Also read from a folder of ${name}`;
  return { other, title, reasons: pair.evidence.map((one) => evidenceText(one, nameOf)) };
}
