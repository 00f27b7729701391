// The rules for packages find what they are for.
import { expect, test } from 'vitest';
import { faultsOf, largestFile } from './contents';

const top = ['out', 'package.json'];
const file = (path: string, text = '') => ({ path, bytes: Buffer.from(text) });

test('a clean package has no faults', () => {
  const files = [file('package.json', '{}'), file('out/cli.js', 'const text = "//# sourceMappingURL=";\n'), file('out/chunks/test.js')];
  expect(faultsOf(files, top, ['/home/ada/diptych'])).toEqual([]);
});

test.each([
  ['a strange file', file('README.md'), 'does not belong here'],
  ['an installed package', file('out/node_modules/x/index.js'), 'is for development'],
  ['a stamp of the build', file('out/.stamp-node'), 'is for development'],
  ['a test', file('test/x.js'), 'is for development'],
  ['a source', file('out/main.ts'), 'is a source'],
  ['a source map', file('out/cli.js.map'), 'is a source map'],
  ['a script with a source map', file('out/cli.js', 'x();\n//# sourceMappingURL=cli.js.map\n'), 'names a source map'],
  ['a style with a source map', file('out/page.css', 'a{}\n/*# sourceMappingURL=page.css.map */'), 'names a source map'],
  ['a path of the machine', file('out/cli.js', 'load("/home/ada/diptych/src/x")'), 'tells where it was built (/home/ada/diptych)'],
  ['a file too large', file('out/big.wasm', 'x'.repeat(largestFile + 1)), 'the most is'],
])('%s is named', (_what, one, words) => {
  expect(faultsOf([one], top, ['/home/ada/diptych']).join('\n')).toContain(words);
});
