// Pages made from the source are up to date; `npm run docs` writes them.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { generatedDocs } from '../support/generated-docs';

const update = process.env.DIPTYCH_UPDATE_DOCS === '1';

test.each([...(await generatedDocs())])('%s', (path, content) => {
  if (update) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  expect(existsSync(path) ? readFileSync(path, 'utf8') : null, 'run `npm run docs`').toBe(content);
});
