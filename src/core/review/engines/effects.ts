// Params that cannot be told apart because they changed together. What mattered is part of the assessment; it is no fault.

import { claim, fixOf } from '../claim';
import type { Engine } from '../engine';
import { counted, listed, runsOfTrials } from '../words';

export const engine: Engine = {
  meta: { id: 'effects', title: 'Effects of params' },
  claims({ trials }) {
    if ('problem' in trials) return [];
    const { effects, table } = trials;
    const groups = new Map<string, readonly string[]>();
    for (const { name, aliases, varied } of effects.params) {
      if (!varied || aliases.length === 0) continue;
      const members = [name, ...aliases].sort();
      groups.set(members.join('\u0000'), members);
    }
    const sets = [...groups.values()].sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
    if (sets.length === 0 || effects.n < leastConfigurations) return [];
    return [
      claim({
        rule: 'effects/aliases',
        title: 'Params that always changed together',
        severity: 'note',
        confidence: 0.95,
        summary: `${sets.map((names) => listed(names, 6)).join('; ')} changed only together in all ${counted(effects.n, 'configuration')}: whatever they did to ${effects.metric} cannot be told apart.`,
        numbers: { params: sets.map((names) => [...names]), configurations: effects.n },
        runs: runsOfTrials(table.trials),
        caveat: 'Where one follows from the other by definition, nothing is lost.',
        fix: fixOf({ text: 'Make a run that changes one of them alone; the next steps propose one where the ranges allow it.' }),
        link: { label: 'Effects', place: ['effects'] },
      }),
    ];
  },
  notAssessed({ trials }) {
    if ('problem' in trials) return [{ rule: 'effects', reason: trials.problem, runs: [] }];
    return trials.effects.gates.filter(({ passed }) => !passed).map(({ code, message }) => ({ rule: `effects/${code}`, reason: `${message}.`, runs: [] }));
  },
};

/** With fewer, params that happen to change together are nothing to speak of. */
const leastConfigurations = 4;
