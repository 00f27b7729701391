// Which params name a random seed: what "by everything except the seed" leaves out.

const seedKey = /(^|[._/-])((random|data|manual|global|torch|numpy|np|py|env)_?)?seeds?$|random_state$|manual_seed$|^seed_everything$/i;

/** True for `seed`, `train.seed`, `random_state`, `data_seed`, `seed_everything` and the like. */
export const isSeedKey = (key: string): boolean => seedKey.test(key);
