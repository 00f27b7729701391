// A session of the official client with what was built: every tool over real runs and a small code project, an error, a cancel, an answer that
// is too large, and paths outside of what is served.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { environment, start } from './process';

interface Answer {
  readonly text: string;
  readonly content: Record<string, never>;
  readonly isError: boolean;
}

const cli = resolve('bin/diptych.js');
const samples = resolve('resources/samples');
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'diptych-mcp-')));
const code = join(scratch, 'code');
const outside = join(scratch, 'outside');
const client = new Client({ name: 'test', version: '1' });
let log = '';

const train = `import torch
from torch import nn
from torch.utils.data import DataLoader
from torch.utils.tensorboard import SummaryWriter

def main():
    model = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    writer = SummaryWriter()
    data = DataLoader(torch.randn(64, 5), batch_size=8, shuffle=True)
    for epoch in range(20):
        for batch in data:
            loss = ((model(batch[:, :4]) - batch[:, 4:]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        writer.add_scalar("loss", loss.item())

if __name__ == "__main__":
    main()
`;

beforeAll(async () => {
  mkdirSync(code);
  mkdirSync(outside);
  writeFileSync(join(code, 'train.py'), train);
  writeFileSync(join(outside, 'metrics.csv'), 'step,loss\n0,1\n1,0.5\n');
  symlinkSync(outside, join(code, 'link'));
  // Long enough to be caught while it is read.
  const rows = Array.from({ length: 600_000 }, (_, i) => `${i},${1 / (i + 1)},${i % 7}`);
  mkdirSync(join(code, 'long'));
  writeFileSync(join(code, 'long', 'metrics.csv'), `step,loss,acc\n${rows.join('\n')}\n`);
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [cli, 'mcp', samples, code, '--max-answer', '20000'],
    env: environment as Record<string, string>,
    stderr: 'pipe',
  });
  transport.stderr?.on('data', (chunk) => {
    log += String(chunk);
  });
  await client.connect(transport);
});

afterAll(async () => {
  await client.close();
  rmSync(scratch, { recursive: true, force: true });
});

async function ask(name: string, input: Record<string, unknown> = {}): Promise<Answer> {
  const result = await client.callTool({ name, arguments: input });
  const [first, second] = result.content as { type: string; text: string }[];
  if (!result.isError) expect(JSON.parse(second?.text ?? '')).toEqual(result.structuredContent);
  return { text: first?.text ?? '', content: (result.structuredContent ?? {}) as Answer['content'], isError: result.isError === true };
}

/** Calls that are answered, with a field that the answer must hold something in. */
const calls: readonly (readonly [tool: string, input: Record<string, unknown>, field: string])[] = [
  ['list_runs', {}, 'runs'],
  ['inspect', { path: 'lr-sweep', runs: ['lr-0.03'] }, 'runs'],
  ['series', { path: 'lr-sweep', run: 'lr-0.03', metric: 'val/loss', max_points: 10 }, 'values'],
  ['diff', { path: 'lr-sweep', runs: ['lr-0.03', 'lr-30'] }, 'params'],
  ['diff', { path: 'seed-study', runs: ['seed1', 'seed2'], all_rows: true }, 'metrics'],
  ['health', { path: 'lr-sweep' }, 'runs'],
  ['checklist', { path: 'lr-sweep', runs: ['lr-0.03'] }, 'runs'],
  ['practices', { path: 'lr-sweep' }, 'clear'],
  ['groups', { path: 'seed-study', metric: 'loss', direction: 'min' }, 'groups'],
  ['effects', { path: 'lr-sweep', metric: 'val/loss' }, 'gates'],
  ['suggest', { path: 'lr-sweep', metric: 'val/loss', count: 2 }, 'gates'],
  ['review_setup', { path: code }, 'findings'],
  ['review', { path: 'lr-sweep', code }, 'recommendations'],
  ['reproduce', { path: 'lr-sweep', runs: ['lr-0.03'] }, 'runs'],
];

describe('the session', () => {
  test('begins with who serves, and how to begin', () => {
    expect(client.getServerVersion()).toMatchObject({ name: 'diptych', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
    expect(client.getServerCapabilities()).toEqual({ tools: {} });
    expect(client.getInstructions()).toContain('list_runs');
  });

  test('lists tools that only read, with strict input', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual([...new Set(calls.map(([name]) => name))].sort());
    for (const tool of tools) {
      expect(tool.annotations).toMatchObject({ readOnlyHint: true, openWorldHint: false });
      expect(tool.inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
      expect(tool.description?.length).toBeGreaterThan(60);
    }
  });

  test.each(calls)('answers %s %j', async (name, input, field) => {
    const { text, content, isError } = await ask(name, input);
    expect([isError, text]).toEqual([false, expect.stringMatching(/\S/)]);
    expect((content[field] as unknown as readonly unknown[]).length).toBeGreaterThan(0);
    expect(JSON.stringify(content).length).toBeLessThanOrEqual(20_000);
    expect(text.length).toBeLessThan(6000);
  });
});

describe('what cannot be answered', () => {
  test.each([
    ['a run that is none', 'inspect', { path: 'lr-sweep', runs: ['lr-0.04'] }, /no run 'lr-0.04'.*lr-0/],
    ['a metric that is misspelt', 'effects', { path: 'lr-sweep', metric: 'val/los' }, /Did you mean val\/loss\?/],
    ['a field that is none', 'health', { paths: [] }, /paths/],
    ['a folder without runs', 'checklist', { path: join(code, 'train.py') }, /no runs.*list_runs/],
    ['a path that is not there', 'list_runs', { path: 'nowhere' }, /nothing at 'nowhere'.*list_runs/],
    ['a folder outside', 'list_runs', { path: outside }, /outside.*below/],
    ['a way out', 'review_setup', { path: '../..' }, /outside/],
    ['a link that leads out', 'list_runs', { path: join(code, 'link') }, /outside/],
    ['code outside for the review', 'review', { path: 'lr-sweep', code: outside }, /outside/],
    ['runs outside for the review', 'review_setup', { path: code, runs_path: '/etc' }, /outside/],
  ])('%s is an error that says what to do', async (_, name, input, message) => {
    const { text, isError } = await ask(name, input as Record<string, unknown>);
    expect([isError, text]).toEqual([true, expect.stringMatching(message)]);
  });

  test('a tool that is none is refused with the nearest one', async () => {
    await expect(ask('list_run')).rejects.toThrow('list_runs');
  });
});

describe('answers are bounded', () => {
  test('a list comes in pages that together hold all of it', async () => {
    const seen: string[] = [];
    let next: number | null = 0;
    let pages = 0;
    while (next !== null) {
      const { text, content } = await ask('inspect', { path: 'lr-sweep', offset: next });
      const page = content as unknown as { runs: { id: string }[]; next_offset: number | null; total: number; left_out: unknown[] };
      expect(JSON.stringify(page).length).toBeLessThanOrEqual(20_000);
      seen.push(...page.runs.map(({ id }) => id));
      if (page.next_offset !== null) expect(text).toContain(`offset ${page.next_offset}`);
      next = page.next_offset;
      pages += 1;
      if (next === null) expect(seen).toHaveLength(page.total);
    }
    expect(pages).toBeGreaterThan(1);
    expect(new Set(seen).size).toBe(5);
  });

  test('a long curve is thinned without losing its extremes, and that is said', async () => {
    const { text, content } = await ask('series', { path: join(code, 'long'), metric: 'loss' });
    const { values, points } = content as unknown as { values: number[]; points: { logged: number; shown: number; thinned: boolean } };
    expect(points).toMatchObject({ logged: 600_000, thinned: true });
    expect(values).toHaveLength(points.shown);
    expect(points.shown).toBeLessThanOrEqual(200);
    expect([Math.max(...values), Math.min(...values)]).toEqual([1, 1 / 600_000]);
    expect(text).toContain('Thinned');
  });
});

test('a call that is cancelled ends, and the session goes on', async () => {
  const stop = new AbortController();
  const call = client.callTool({ name: 'inspect', arguments: { path: join(code, 'long') } }, undefined, {
    signal: stop.signal,
    onprogress: () => stop.abort(new Error('enough')),
  });
  await expect(call).rejects.toThrow('enough');
  expect((await ask('list_runs', { path: 'lr-sweep' })).content.total).toBe(5);
});

test('nothing but the protocol is on standard output, and answers come before the end', async () => {
  const child = start('mcp', samples);
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
  });
  const initialize = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } };
  const lines = [
    { jsonrpc: '2.0', id: 1, method: 'initialize', params: initialize },
    { jsonrpc: '2.0', method: 'notifications/initialized' },
    { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'health', arguments: {} } },
  ];
  child.stdin.end(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
  const code = await new Promise((done) => child.on('close', done));
  const messages = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: number; result: unknown });
  expect([code, messages.map(({ id }) => id)]).toEqual([0, [1, 2]]);
  expect(log).toBe('');
});

test('without a folder it says what is missing', async () => {
  const child = start('mcp');
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += String(chunk);
  });
  expect([await new Promise((done) => child.on('close', done)), err]).toEqual([2, expect.stringContaining('PATH')]);
});
