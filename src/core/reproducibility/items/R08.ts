// R08: is preprocessing recorded?

import { paramEvidence, paramsLike } from '../evidence';
import { andRecord, inFramework, logParams } from '../fixes';
import { type ChecklistItem, partial, pass, unknown } from '../item';

const setting =
  /(transforms?|augment\w*|tokenizer\w*|normali[sz]\w*|image_?size|img_?size|imgsz|resize|crop\w*|max_(seq_)?len(gth)?|block_size|vocab\w*|scaler|mean_std)$/i;

export const item: ChecklistItem = {
  meta: { id: 'R08', question: 'Are preprocessing and its version recorded?', section: 'data', weight: 'medium', reference: 'ML Reproducibility Checklist' },
  check({ run }) {
    const found = paramsLike(run, setting);
    if (found.length >= 3) return pass('Preprocessing is described by several params.', paramEvidence(found));
    return found.length > 0 ? partial('Some of the preprocessing is recorded.', paramEvidence(found)) : unknown('Unknown: no preprocessing is recorded.');
  },
  fix: (framework, tracker) =>
    andRecord(
      inFramework(
        'Record transforms, tokenizer and normalisation as a nested config, with the revision of what is downloaded.',
        {
          transformers:
            'tokenizer = AutoTokenizer.from_pretrained(name, revision="<40-hex commit>")\npreprocess = {"tokenizer": name, "revision": revision, "max_length": 512}',
          keras: 'preprocess = {layer.name: layer.get_config() for layer in preprocessing.layers}',
          sklearn: 'preprocess = pipeline.get_params()   # the whole pipeline, scalers and encoders included',
          pytorch: 'preprocess = {"image_size": 224, "mean": mean, "std": std, "augment": "randaugment"}',
        },
        framework,
      ),
      logParams('preprocess', tracker),
    ),
  examples: [
    { run: { params: { 'data.image_size': 224, 'data.normalize': true, 'data.augment': 'rand' } }, verdict: 'pass' },
    { run: { params: { tokenizer_name: 'gpt2' } }, verdict: 'partial' },
    { run: { params: { lr: 1 } }, verdict: 'unknown' },
  ],
};
