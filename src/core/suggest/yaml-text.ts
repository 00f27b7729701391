// YAML that readers of both versions understand alike, PyYAML among them.

import { type ScalarTag, stringify } from 'yaml';

/** YAML 1.1 wants a point before the exponent and a sign after it: PyYAML reads `1e-7` as a text. */
const exponent: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  identify: (value) => typeof value === 'number' && /^-?\d+e/.test(String(value)),
  test: /^(?!)/,
  resolve: Number,
  stringify: ({ value }) => String(value).replace('e', '.0e'),
};

/** YAML 1.1 would write a Map as a list with this tag. */
const omap = 'tag:yaml.org,2002:omap';

/** A block of YAML; Maps are mappings in their order. Texts that either version would take for something else are quoted. */
export const yamlText = (value: unknown): string =>
  stringify(value, { version: '1.1', lineWidth: 0, customTags: (tags) => [exponent, ...tags.filter((tag) => typeof tag === 'string' || tag.tag !== omap)] });
