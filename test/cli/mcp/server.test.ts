// The server beside its tools: what a call may read, how a fault is told, how a cancelled one ends.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { afterAll, expect, test } from 'vitest';
import { tools } from '../../../src/cli/mcp/registry';
import { servedPaths } from '../../../src/cli/mcp/served';
import { mcpServer } from '../../../src/cli/mcp/server';
import { quietContext } from '../context';

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'diptych-server-')));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
mkdirSync(join(scratch, '.git'));
const runs = join(scratch, 'project', 'runs');
cpSync(resolve('resources/samples/lr-sweep'), runs, { recursive: true });

interface Session {
  readonly client: Client;
  readonly log: readonly string[];
  readonly stop: AbortController;
}

async function session(served: string): Promise<Session> {
  const log: string[] = [];
  const stop = new AbortController();
  const context = { ...quietContext, signal: stop.signal, tell: (text: string) => void log.push(text) };
  const { server } = mcpServer({ served: servedPaths([served], scratch), context, limit: 32_000 });
  const client = new Client({ name: 'test', version: '1' });
  const [mine, theirs] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(theirs), client.connect(mine)]);
  return { client, log, stop };
}

const textOf = (result: Awaited<ReturnType<Client['callTool']>>): string => (result.content as { text: string }[])[0]?.text ?? '';

test('a project file above what is served is not read, one within is', async () => {
  const waiver = { version: 1, waivers: [{ rule: 'A-01', reason: 'known' }] };
  const place = join(scratch, 'project', 'diptych.project.json');
  writeFileSync(place, JSON.stringify(waiver));
  const waived = async (served: string): Promise<boolean> => {
    const { client } = await session(served);
    return JSON.stringify((await client.callTool({ name: 'health', arguments: {} })).structuredContent).includes('"waived"');
  };
  expect(await waived(join(scratch, 'project'))).toBe(true);
  expect(await waived(runs)).toBe(false);
  const { client } = await session(runs);
  expect((await client.callTool({ name: 'practices', arguments: {} })).structuredContent).toMatchObject({ project_file: null });
});

test('a fault of a tool is told without what it holds, and logged', async () => {
  const { client, log } = await session(runs);
  const list = tools.find(({ meta }) => meta.id === 'list-runs') as { answer: unknown };
  const whole = list.answer;
  list.answer = () => Promise.reject(new TypeError('inner secret'));
  try {
    const result = await client.callTool({ name: 'list_runs', arguments: {} });
    expect([result.isError, textOf(result)]).toEqual([true, expect.stringContaining('fault of Diptych')]);
    expect(textOf(result)).not.toContain('inner secret');
    expect(log.join('')).toContain('inner secret');
  } finally {
    list.answer = whole;
  }
});

test('a call gets the signal of its request and of the process', async () => {
  const { client, stop } = await session(runs);
  const list = tools.find(({ meta }) => meta.id === 'list-runs') as { answer: unknown };
  const whole = list.answer;
  const ends: string[] = [];
  list.answer = (_: unknown, { context }: { context: { signal: AbortSignal } }) =>
    new Promise((_done, fail) => {
      ends.push('begun');
      context.signal.addEventListener('abort', () => {
        ends.push('ended');
        fail(context.signal.reason as Error);
      });
    });
  try {
    const cancel = new AbortController();
    const first = client.callTool({ name: 'list_runs', arguments: {} }, undefined, { signal: cancel.signal });
    await expect.poll(() => ends).toEqual(['begun']);
    cancel.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    await expect.poll(() => ends).toEqual(['begun', 'ended']);
    const second = client.callTool({ name: 'list_runs', arguments: {} });
    await expect.poll(() => ends.length).toBe(3);
    stop.abort(new Error('stopped'));
    expect(textOf(await second)).toContain('cancelled');
  } finally {
    list.answer = whole;
  }
});

test('names of tools and fields are what their descriptions speak of', () => {
  const names = new Set(tools.map(({ meta }) => meta.id.replaceAll('-', '_')));
  for (const { meta, input } of tools) {
    const fields = Object.keys(input.shape);
    for (const [, field] of `${meta.description} ${meta.narrow}`.matchAll(/\b([a-z]+_[a-z_]+)\b/g))
      expect([...fields, ...names, 'next_offset']).toContain(field);
    if (meta.list !== null) expect(fields).toContain('offset');
  }
});

test('the page for agents holds configurations that parse and names every tool', () => {
  const page = readFileSync('docs/agents.md', 'utf8');
  const configurations = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, json]) => JSON.parse(json as string) as object);
  expect(configurations.map((one) => Object.keys(one)[0])).toEqual(['mcpServers', 'servers']);
  const named = [...(/^tools: (.*)$/m.exec(page)?.[1] ?? '').matchAll(/mcp__diptych__(\w+)/g)].map(([, name]) => name);
  expect([...named].sort()).toEqual(tools.map(({ meta }) => meta.id.replaceAll('-', '_')).sort());
});
