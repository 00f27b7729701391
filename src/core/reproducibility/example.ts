// Small runs for the examples of checklist items: everything unknown unless given.

import { runId } from '../base/units';
import type { Fact } from '../model/facts';
import { emptyHeader, type Run } from '../model/run';
import type { Recordable } from '../source/reader';
import type { CheckContext } from './item';

export interface ExamplePatch extends Partial<Pick<Run, 'name' | 'status' | 'startedMs' | 'endedMs' | 'params' | 'tags' | 'notes' | 'artifacts' | 'series'>> {
  readonly facts?: readonly Pick<Fact, 'kind' | 'value'>[];
  readonly records?: Readonly<Partial<Record<Recordable, 'auto' | 'optional' | 'never'>>>;
  /** Further runs of the same experiment that differ in these params only. */
  readonly replicates?: readonly Run['params'][];
}

export function exampleContext(patch: ExamplePatch): CheckContext {
  const { facts = [], records = {}, replicates = [], ...own } = patch;
  const run: Run = {
    id: runId('example'),
    nativeId: null,
    parentId: null,
    path: '.',
    source: 0,
    format: 'example',
    sources: [],
    ...emptyHeader,
    params: {},
    tags: {},
    summary: {},
    media: [],
    series: [],
    artifacts: [],
    issues: [],
    ...own,
    facts: facts.map((fact) => ({ ...fact, evidence: [{ file: 'example' }] }) as Fact),
  };
  const others = replicates.map((params, index) => ({ ...run, id: runId(`example-${index}`), params: { ...run.params, ...params } }));
  return { run, records, tracker: 'The tracker', replicates: [run, ...others], experiment: [run, ...others] };
}
