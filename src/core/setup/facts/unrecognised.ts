// Code that seems to train where no training is recognised: a class that only a run names, a library that nobody here knows.

import type { Project } from '../project/project';
import { memberOf } from '../python/syntax';
import { onceOf } from '../steps';

const asked = /^(fit|train|learn|train_model|fit_model|fit_generator|partial_fit)$/;
/** What is fitted of these is known, and is no training. */
const known = /^(sklearn|imblearn|scipy|numpy|pandas|torch|tensorflow|keras|nltk|gensim|tokenizers|sentencepiece|cv2|category_encoders|statsmodels)\b/;

/** Whether something is asked to train, by whatever it is asked: what is said of a project as a whole holds for it. */
export const seemsToTrain = onceOf((project: Project): boolean =>
  project.calls.some(({ callee, name, args, keywords }) => {
    const member = memberOf(callee);
    return member !== null && asked.test(member.name) && args.length + keywords.size > 0 && !known.test(name ?? '');
  }),
);
