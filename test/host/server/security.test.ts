// Tokens and sessions: single use, short life, no guessing.
import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { createGate } from '../../../src/host/server/security';

const asking = (cookie: string) => ({ headers: { cookie } }) as IncomingMessage;
const sessionOf = (header: string | null) => (header ?? '').split(';')[0] as string;

test('a token is good once and for ten minutes', () => {
  let now = 0;
  const gate = createGate(4747, () => now);
  const [early, late] = [gate.mint(), gate.mint()];
  expect(gate.redeem(early)).not.toBeNull();
  expect(gate.redeem(early)).toBeNull();
  now = 10 * 60_000 + 1;
  expect(gate.redeem(late)).toBeNull();
});

test('sessions of another port, and of none, are not known', () => {
  const gate = createGate(4747);
  const session = sessionOf(gate.redeem(gate.mint()));
  expect(gate.knows(asking(`a=b; ${session}; c=d`))).toBe(true);
  expect(gate.knows(asking(session.replace('4747', '4748')))).toBe(false);
  expect(gate.knows(asking(`${session}x`))).toBe(false);
  expect(gate.knows({ headers: {} } as IncomingMessage)).toBe(false);
  expect(createGate(4747).knows(asking(session))).toBe(false);
});

test('many visits do not pile up sessions', () => {
  const gate = createGate(1);
  const sessions = Array.from({ length: 100 }, () => sessionOf(gate.redeem(gate.mint())));
  expect(sessions.filter((session) => gate.knows(asking(session)))).toEqual(sessions.slice(-64));
});
