// Which params name a random seed: what "by everything except the seed" leaves out.

const seedKey =
  /(^|[./])((random|data|manual|global|torch|numpy|np|python|py|env|train|model|init)[_-]?)?seed$|(^|[./_])random_state$|(^|[./])seed_everything$/i;

/** True for `seed`, `train.seed`, `random_state`, `data_seed`, `seed_everything` and the like; a seed of the split is a setting of its own. */
export const isSeedKey = (key: string): boolean => seedKey.test(key);
