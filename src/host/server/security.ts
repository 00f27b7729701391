// Who may talk to the server: loopback names only, our own pages only, and only with the session's cookie.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Sent with every page. `style-src-attr` is for the charts' tooltips and the table's column widths; WebAssembly is SQLite;
 *  sounds and films that a run logged are blobs out of the page's own store (docs/decisions/0260). */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  'media-src blob:',
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Sent with everything else: nothing in it may run or load anything. */
export const sealedPolicy = "default-src 'none'; frame-ancestors 'none'";

/** What the page never asks for, nor anything in it. */
export const permissionsPolicy = 'camera=(), microphone=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=(), midi=(), payment=()';

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** The Host header's name must be a loopback name, whatever the port (a tunnel may change it): a rebound name of the web is refused. */
export function hostIsLoopback(request: IncomingMessage): boolean {
  const host = request.headers.host ?? '';
  const name = host.startsWith('[') ? host.slice(0, host.indexOf(']') + 1) : (host.split(':')[0] ?? '');
  return loopbackNames.has(name.toLowerCase()) && /^(\[::1\]|[\w.]+)(:\d{1,5})?$/.test(host);
}

/** A request that a page of another site makes carries its Origin, or says so in Sec-Fetch-Site. */
export function originIsOwn(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

export interface Gate {
  /** A new single-use token, good for ten minutes. */
  mint(): string;
  /** Spends a token; the value of the Set-Cookie header, or null for a wrong, old or spent one. */
  redeem(token: string): string | null;
  /** Whether the request carries a session of ours. */
  knows(request: IncomingMessage): boolean;
}

const tokenMs = 10 * 60_000;
const mostSessions = 64;

/** @param port part of the cookie's name: cookies are shared between the ports of a host */
export function createGate(port: number, now: () => number = Date.now): Gate {
  const cookie = `diptych_${port}`;
  const tokens = new Map<string, number>();
  const sessions = new Set<string>();
  return {
    mint() {
      const token = randomBytes(24).toString('base64url');
      tokens.set(token, now() + tokenMs);
      return token;
    },
    redeem(token) {
      const expires = tokens.get(token);
      tokens.delete(token);
      if (expires === undefined || expires < now()) return null;
      const session = randomBytes(24).toString('base64url');
      sessions.add(session);
      for (const oldest of [...sessions].slice(0, Math.max(0, sessions.size - mostSessions))) sessions.delete(oldest);
      return `${cookie}=${session}; HttpOnly; SameSite=Strict; Path=/`;
    },
    knows(request) {
      const values = (request.headers.cookie ?? '').split(';').map((part) => part.trim());
      return values.some((part) => part.startsWith(`${cookie}=`) && sessions.has(part.slice(cookie.length + 1)));
    },
  };
}

/** Compares secrets without telling by time how far they agree. */
export function sameSecret(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
