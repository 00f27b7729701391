// What goes wrong between Diptych and a tracker: how the server behaves, and what a person reads. docs/connections.md prints it, connection-failures.test.ts holds it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type IssueCode, issueCatalogue } from '../../src/core/base/issues';

/** Stands for the address of the server in what is said. */
export const host = 'tracker.example.org';

export interface ConnectionFailure {
  readonly what: string;
  /** What is said. */
  readonly says: string;
  readonly code: IssueCode;
  /** What to do, where it is not what the catalogue says to the code. */
  readonly tip?: string;
  /** Nothing more is asked; otherwise other runs are. */
  readonly final: boolean;
  /** How the server answers while it fails. */
  answer(request: IncomingMessage, response: ServerResponse): void;
}

const status =
  (code: number, body: object, headers: Readonly<Record<string, string>> = {}) =>
  (_: IncomingMessage, response: ServerResponse): void =>
    void response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

export const failures: readonly ConnectionFailure[] = [
  {
    what: 'A wrong or expired token',
    says: `${host} does not know who asks (401). It says: Invalid access token.`,
    code: 'unauthorised',
    final: true,
    answer: status(401, { error_code: 'X', message: 'Invalid access token.' }),
  },
  { what: 'No token where one is needed (401)', says: `${host} does not know who asks (401).`, code: 'unauthorised', final: true, answer: status(401, {}) },
  {
    what: 'No permission (403)',
    says: `${host} refuses this (403). It says: Permission denied.`,
    code: 'forbidden',
    final: false,
    answer: status(403, { message: 'Permission denied.' }),
  },
  {
    what: 'Moved, renamed or deleted (404)',
    says: `${host} has no such thing (404). It says: No such experiment.`,
    code: 'not-found',
    final: false,
    answer: status(404, { message: 'No such experiment.' }),
  },
  {
    what: 'Asked too often, and told to wait for longer than two minutes (429)',
    says: `${host} asks to be asked less often (429). It says: Quota is used up.`,
    code: 'rate-limited',
    final: true,
    answer: status(429, { message: 'Quota is used up.' }, { 'retry-after': '3600' }),
  },
  {
    what: 'The server fails (500), five times in a row',
    says: `${host} failed while answering (500). It says: database is locked`,
    code: 'server-error',
    final: false,
    answer: status(500, { message: 'database is locked' }),
  },
  { what: 'The server is slow beyond 90 s, five times in a row', says: `${host} did not answer in time.`, code: 'timed-out', final: false, answer: () => {} },
  {
    what: 'The connection is cut in the middle of an answer, five times in a row',
    says: `The connection to ${host} ended in the middle of an answer (UND_ERR_SOCKET).`,
    code: 'cut-off',
    final: false,
    answer: (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"metrics": [');
      setTimeout(() => response.destroy(), 20);
    },
  },
  {
    what: 'What is answered is no JSON',
    says: "The server answered no JSON (Expected ':' after property name in JSON at position 19) where its interface answers JSON.",
    code: 'bad-answer',
    final: false,
    answer: (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{"metrics": [{"key"'),
  },
  {
    what: 'A page to sign in at stands before the server',
    says: 'The server answered a web page where its interface answers JSON.',
    code: 'bad-answer',
    final: false,
    answer: (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>'),
  },
  {
    what: 'A redirect to another host',
    says: `${host} sends us on to https://login.example.net, which was not asked.`,
    code: 'redirected',
    tip: 'Connect to https://login.example.net itself, if you trust it.',
    final: true,
    answer: (_, response) => void response.writeHead(302, { location: 'https://login.example.net/sso' }).end(),
  },
];

/** Those that show before anything can be asked, and one that passes: proven by tests of their own. */
export const others = {
  unreachable: `${host} cannot be reached: nothing listens there.`,
  certificate: `The certificate of ${host} is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT). It is of tracker.test, Diptych tests, by tracker.test, Diptych tests, SHA-256 `,
  waiting: `Waiting 3 s: ${host} asks to be asked less often (429).`,
} as const;

export const tipOf = ({ code, tip }: Pick<ConnectionFailure, 'code' | 'tip'>): string => tip ?? issueCatalogue[code].tip;
