// What the training code shows: how well the experiment is instrumented.

import { setupRules } from '../../setup/rules';
import { claim } from '../claim';
import type { Engine } from '../engine';
import { codePlace, placeText } from '../words';

const titles = new Map(setupRules.map(({ meta }) => [meta.id, meta.title]));

export const engine: Engine = {
  meta: { id: 'setup', title: 'Training code' },
  claims({ setup }) {
    if (!setup) return [];
    return setup.findings.map((finding) => {
      const [place] = finding.places;
      return claim({
        rule: finding.rule,
        title: titles.get(finding.rule) ?? finding.rule,
        severity: finding.severity,
        confidence: finding.confidence,
        summary: finding.summary,
        places: finding.places,
        why: finding.why,
        fix: finding.fix,
        link: place ? { label: placeText(place), place: codePlace(place, finding.rule) } : null,
      });
    });
  },
  notAssessed: ({ setup }) =>
    setup
      ? setup.unknown.map(({ rule, reason }) => ({ rule, reason, runs: [] }))
      : [{ rule: 'setup', reason: 'No training code was given: what it logs, seeds and saves was not looked at.', runs: [] }],
};
