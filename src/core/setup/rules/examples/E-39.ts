// Code on which E-39 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

const head =
  'from torch.utils.tensorboard import SummaryWriter\nwriter = SummaryWriter()\nstep = 0\nfor x in data:\n    writer.add_scalar("loss", f(x), step)\n';

export const examples: SetupExamples = {
  fires: [{ title: 'a counter that nobody counts', files: { 'train.py': head }, at: 'train.py:5' }],
  silent: [
    { title: 'counted', files: { 'train.py': `${head}    step += 1\n` } },
    { title: 'enumerated', files: { 'train.py': head.replace('step = 0\nfor x in data', 'for step, x in enumerate(data)') } },
  ],
};
