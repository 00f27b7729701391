// The review of runs with their code, by the grammar that was built in: the line, and the code that mends it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { run } from './process';

const top = mkdtempSync(join(tmpdir(), 'diptych-review-code-'));
afterAll(() => rmSync(top, { recursive: true }));

const code = `import torch

model = torch.nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(3):
    for x, y in [(torch.zeros(2), torch.zeros(1))]:
        loss = ((model(x) - y) ** 2).mean()
        loss.backward()
        optimizer.step()
`;

interface Item {
  readonly rules: readonly string[];
  readonly evidence: readonly { readonly engine: string; readonly places?: readonly object[] }[];
  readonly fix: { readonly code: string | null } | null;
}

test('code that is given is part of the review', async () => {
  writeFileSync(join(top, 'train.py'), code);
  const { code: exit, out } = await run('review', resolve('resources/samples/lr-sweep'), '--code', top, '--json');
  expect(exit).toBe(0);
  const { critical, recommendations, not_assessed } = JSON.parse(out) as Readonly<Record<'critical' | 'recommendations', Item[]>> & { not_assessed: object[] };
  const zero = [...critical, ...recommendations].find(({ rules }) => rules.includes('E-27'));
  expect(zero?.evidence[0]).toMatchObject({ engine: 'setup', places: [{ file: 'train.py' }] });
  expect(zero?.fix?.code).toContain('zero_grad');
  expect(not_assessed).not.toContainEqual(expect.objectContaining({ rule: 'setup' }));
});
