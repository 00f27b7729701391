// R19: is the container pinned?

import { factValue } from '../../model/facts';
import { factEvidence, paramEvidence, paramsLike } from '../evidence';
import { logParam } from '../fixes';
import { type ChecklistItem, partial, pass, unknown } from '../item';

export const item: ChecklistItem = {
  meta: {
    id: 'R19',
    question: 'If it ran in a container: is the image pinned by its digest?',
    section: 'environment',
    weight: 'low',
    reference: 'ACM artifact badges',
  },
  check({ run }) {
    const [param] = paramsLike(run, /^(container|(docker_?)?image)(_?digest)?$/i).filter(({ value }) => /sha256:[0-9a-f]{64}/i.test(String(value)));
    if (param) return pass('The image is pinned by its digest.', paramEvidence([param]));
    const image = factValue(run.facts, 'container');
    if (!image) return unknown('Unknown: no container is recorded, and none can be ruled out.');
    return /sha256:[0-9a-f]{64}/i.test(image)
      ? pass('The image is pinned by its digest.', factEvidence(run, 'container'))
      : partial('The image has a tag, which can move.', factEvidence(run, 'container'));
  },
  fix: (_, tracker) => ({
    text: 'Record the image with its digest.',
    code: `docker inspect --format "{{index .RepoDigests 0}}" IMAGE   # pass it in as IMAGE_DIGEST\n${tracker === 'wandb' ? 'os.environ["WANDB_DOCKER"] = os.environ["IMAGE_DIGEST"]' : logParam('container', 'os.environ["IMAGE_DIGEST"]', tracker)}`,
  }),
  examples: [
    { run: { facts: [{ kind: 'container', value: `team/train@sha256:${'a'.repeat(64)}` }] }, verdict: 'pass' },
    { run: { facts: [{ kind: 'container', value: 'team/train:latest' }] }, verdict: 'partial' },
    { run: {}, verdict: 'unknown' },
  ],
};
