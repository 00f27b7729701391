// R29: is the base model pinned?

import { paramEvidence, paramsLike } from '../evidence';
import { andRecord, inFramework, logParam } from '../fixes';
import { type ChecklistItem, partial, pass, unknown } from '../item';

export const item: ChecklistItem = {
  meta: {
    id: 'R29',
    question: 'If it is a fine-tune: is the base model pinned?',
    section: 'checkpoints',
    weight: 'high',
    reference: 'Hugging Face hub documentation',
  },
  check({ run }) {
    const names = paramsLike(run, /^(base_model|pretrained(_model)?(_name)?(_or_path)?|model_name_or_path|_name_or_path|init_from|backbone_weights)$/i).filter(
      ({ value }) => typeof value === 'string' && value !== '',
    );
    const revisions = paramsLike(run, /^((base_)?model_)?(revision|_?commit_hash)$/i).filter(
      ({ value }) => typeof value === 'string' && /^[0-9a-f]{40}$/i.test(value),
    );
    if (names.length > 0 && revisions.length > 0) return pass('The base model and its revision are recorded.', paramEvidence([...names, ...revisions]));
    return names.length > 0
      ? partial('The base model is named, its revision is not pinned.', paramEvidence(names))
      : unknown('Unknown: no base model is recorded, and a fine-tune cannot be ruled out.');
  },
  fix: (framework, tracker) =>
    andRecord(
      inFramework(
        'Pin the revision of the base model, and record it.',
        {
          keras: 'model = keras_hub.models.Backbone.from_preset("hf://org/model@<40-hex commit>")',
          lightning: 'AutoModel.from_pretrained(name, revision=revision)   # a 40-hex commit',
          pytorch: 'AutoModel.from_pretrained(name, revision=revision)   # a 40-hex commit',
        },
        framework,
      ),
      logParam('base_model_revision', 'revision', tracker),
    ),
  examples: [
    { run: { params: { model_name_or_path: 'gpt2', model_revision: 'a'.repeat(40) } }, verdict: 'pass' },
    { run: { params: { base_model: 'gpt2' } }, verdict: 'partial' },
    { run: {}, verdict: 'unknown' },
  ],
};
