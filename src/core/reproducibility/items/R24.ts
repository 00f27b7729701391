// R24: is the full resolved configuration recorded?

import { factValue } from '../../model/facts';
import { artifactEvidence, artifactsLike, configFile, factEvidence, hasParams } from '../evidence';
import { type ChecklistItem, missing, partial, pass } from '../item';

export const item: ChecklistItem = {
  meta: {
    id: 'R24',
    question: 'Is the full resolved configuration recorded, not only what was overridden?',
    section: 'config',
    weight: 'high',
    reference: 'ML Reproducibility Checklist',
  },
  check(context) {
    const { run, records } = context;
    const files = artifactsLike(run, configFile);
    const read = run.sources.flatMap((source) => source.files).filter((file) => configFile.test(file));
    const evidence = [...artifactEvidence(files), ...read.slice(0, 3).map((file) => ({ file }))];
    if (hasParams(run) && (evidence.length > 0 || records.config === 'auto'))
      return pass(`${Object.keys(run.params).length} params of the resolved configuration.`, evidence);
    if (hasParams(run)) return partial(`${Object.keys(run.params).length} params were logged; whether they are all is not known.`);
    if (factValue(run.facts, 'overrides')) return partial('Only the overrides are recorded.', factEvidence(run, 'overrides'));
    return missing(context, 'config', 'the configuration');
  },
  fix: (framework) =>
    framework === 'lightning'
      ? { text: 'Save all hyperparameters.', code: 'self.save_hyperparameters()' }
      : { text: 'Log the resolved configuration as a whole.', code: 'log_params(vars(args))   # or OmegaConf.to_container(cfg, resolve=True)' },
  examples: [
    { run: { params: { lr: 1 }, artifacts: [{ path: 'config.yaml', size: 1, kind: 'file' }] }, verdict: 'pass' },
    { run: { params: { lr: 1 } }, verdict: 'partial' },
    { run: {}, verdict: 'unknown' },
  ],
};
