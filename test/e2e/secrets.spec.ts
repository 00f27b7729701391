// Secrets of connections: each form is driven with marked ones, against servers that say them back and servers that take them, and then
// everything that was written is searched for them.
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import type { Page } from '@playwright/test';
import { clearmlDouble } from '../live/clearml-server/double';
import { drawnServer } from '../live/clearml-server/runs';
import { cometDouble } from '../live/comet-server/double';
import { drawnExperiments } from '../live/comet-server/runs';
import { swanlabDouble } from '../live/swanlab-server/double';
import { drawnRuns as swanlabRuns } from '../live/swanlab-server/runs';
import { wandbDouble } from '../live/wandb-server/double';
import { drawnRuns as wandbRuns } from '../live/wandb-server/runs';
import { importPanel, openTab } from './support/frame';
import { waitIdle } from './support/idle';
import { expect, test } from './support/test';
import { allWritten, heard, leaks, savedFile } from './support/written';

const dialog = (page: Page) => page.getByRole('dialog');
const combo = (page: Page) => dialog(page).getByRole('combobox', { name: 'Tracker' });
const go = (page: Page) => dialog(page).getByRole('button', { name: 'Connect', exact: true });

interface Parrot {
  readonly http: string;
  readonly postgresql: string;
  /** All that was sent there; what is in base64 is in plain words too. */
  heard(): string;
  /** Whether what it says of the trouble comes as an answer, as GraphQL has it. */
  be(polite: boolean): void;
  close(): void;
}

/** Servers that refuse, and say back whatever they were told. */
async function parrot(): Promise<Parrot> {
  let isPolite = false;
  const said: string[] = [];
  const http = createServer(async (request: IncomingMessage, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const basic = /^Basic (\S+)/.exec(request.headers.authorization ?? '')?.[1];
    const all = [request.url, ...request.rawHeaders, Buffer.from(basic ?? '', 'base64').toString(), Buffer.concat(parts).toString()].join(' ');
    said.push(all);
    const message = `nobody is let in with ${all}`;
    response.writeHead(isPolite ? 200 : 401, { 'content-type': 'application/json', 'x-said': encodeURIComponent(all).slice(0, 2000) });
    response.end(JSON.stringify({ message, error: message, error_code: message, meta: { result_code: 401, result_msg: message }, errors: [{ message }] }));
  });
  // PostgreSQL: no TLS, the password in plain words, and then an error that repeats it.
  const sockets = new Set<Socket>();
  const postgresql = createTcpServer((socket) => {
    sockets.add(socket);
    let isStarted = false;
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      if (bytes.length === 8) socket.write('N');
      else if (!isStarted) {
        isStarted = true;
        socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]));
      } else {
        const text = bytes.subarray(5).toString().replaceAll('\0', '');
        said.push(text);
        const fields = Buffer.from(`SFATAL\0C28P01\0Mnobody is let in with ${text}\0\0`);
        const head = Buffer.from([0x45, 0, 0, 0, 0]);
        head.writeInt32BE(fields.length + 4, 1);
        socket.end(Buffer.concat([head, fields]));
      }
    });
  });
  for (const server of [http, postgresql]) await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const port = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;
  return {
    http: `http://127.0.0.1:${port(http)}`,
    postgresql: `postgresql://127.0.0.1:${port(postgresql)}/lab`,
    heard: () => said.join('\n'),
    be: (polite) => {
      isPolite = polite;
    },
    close: () => {
      http.closeAllConnections();
      http.close();
      for (const socket of sockets) socket.destroy();
      postgresql.close();
    },
  };
}

/** Secrets of a bucket sign, and are not sent. */
const neverSent = /^mark-S3\S*-secret/;

test('what a server says back of a secret is nowhere: every field of every form', async ({ app: page, served }) => {
  test.setTimeout(240_000);
  const told = heard(page);
  const servers = await parrot();
  const marks: string[] = [];
  try {
    await page.keyboard.press('Control+Shift+K');
    await combo(page).click();
    await page.getByRole('option', { name: 'S3-compatible bucket' }).waitFor();
    const names = (await page.getByRole('option').allInnerTexts()).slice(1);
    await page.keyboard.press('Escape');
    for (const name of names) {
      await combo(page).click();
      await page.getByRole('option', { name, exact: true }).click();
      const fields = dialog(page).locator('input[data-field]');
      const shown = await fields.evaluateAll((inputs) =>
        inputs.map((input) => [(input as HTMLElement).dataset.field ?? '', (input as HTMLInputElement).type] as const),
      );
      const secrets = shown.filter(([, type]) => type === 'password').map(([id]) => id);
      const isDatabase = shown.some(([id]) => id === 'database');
      // Where there are two ways to sign in, each is taken.
      for (const ways of secrets.includes('token') && secrets.includes('password') ? [['password'], ['token']] : secrets.length > 0 ? [secrets] : []) {
        for (const [id, type] of shown) {
          const mark = `mark-${name.replace(/\W+/g, '')}-${id}/+=9`;
          const text =
            { address: isDatabase ? servers.postgresql : servers.http, place: 's3://runs/exp', user: 'someone', workspace: 'someone', entity: 'someone' }[id] ??
            '';
          if (type === 'password' && ways.includes(id)) marks.push(mark);
          await fields.and(page.locator(`[data-field="${id}"]`)).fill(type !== 'password' ? text : ways.includes(id) ? mark : '');
        }
        for (const polite of [false, true]) {
          servers.be(polite);
          await go(page).click();
          const alert = dialog(page).getByRole('alert');
          const back = dialog(page).getByRole('button', { name: 'Back' });
          await alert.or(back).first().waitFor({ timeout: 60_000 });
          expect(leaks([[`${polite ? 'answer' : 'refusal'} shown of ${name}`, await dialog(page).innerText()]], marks)).toEqual([]);
          expect(leaks(await allWritten(page, served, told), marks)).toEqual([]);
          if (await back.isVisible()) await back.click();
        }
      }
    }
    // Each was really sent, so that there was something to find.
    const sent = servers.heard();
    expect(marks.length).toBeGreaterThan(12);
    expect(marks.filter((mark) => !neverSent.test(mark) && !sent.includes(mark))).toEqual([]);
  } finally {
    servers.close();
  }
});

const hosts = [
  ['Weights & Biases', async () => wandbDouble(wandbRuns()), (double) => ({ key: (double as { readonly key: string }).key })],
  ['Comet', async () => cometDouble(drawnExperiments()), (double) => ({ key: (double as { readonly key: string }).key })],
  ['SwanLab', async () => swanlabDouble(swanlabRuns()), (double) => ({ key: (double as { readonly key: string }).key })],
  [
    'ClearML',
    async () => clearmlDouble(drawnServer()),
    (double) => {
      const { keys } = double as { readonly keys: { readonly access: string; readonly secret: string } };
      return { user: keys.access, password: keys.secret };
    },
  ],
] satisfies readonly [
  string,
  () => Promise<{ readonly url: string; close(): Promise<unknown> | unknown }>,
  (double: unknown) => Readonly<Record<string, string>>,
][];

for (const [name, start, keysOf] of hosts) {
  test(`${name}: a key that lets in is in nothing that is kept, exported or followed`, async ({ app: page, served }, info) => {
    test.setTimeout(180_000);
    const told = heard(page);
    const double = await start();
    try {
      const entered = keysOf(double);
      const secrets = Object.entries(entered).flatMap(([id, value]) => (id === 'user' ? [] : [value]));
      await page.keyboard.press('Control+Shift+K');
      await dialog(page).getByRole('textbox', { name: 'Address' }).fill(double.url);
      await go(page).click();
      await dialog(page).getByRole('alert').waitFor();
      for (const [id, value] of Object.entries(entered)) await dialog(page).locator(`input[data-field="${id}"]`).fill(value);
      await go(page).click();
      await dialog(page).getByRole('checkbox').first().click();
      await dialog(page).getByRole('button', { name: 'Read all that are found' }).click();
      await waitIdle(page);
      await expect(importPanel(page)).toContainText(/runs? added/);

      await page.keyboard.press('Control+k');
      await page.keyboard.type('Follow the source that was read last');
      await page.keyboard.press('Enter');
      await waitIdle(page);
      // The next time it is filled in, without what is secret.
      await page.keyboard.press('Control+Shift+K');
      await expect(dialog(page).getByRole('textbox', { name: 'Address' })).toHaveValue(double.url);
      for (const field of await dialog(page).locator('input[type="password"]').all()) await expect(field).toHaveValue('');
      await page.keyboard.press('Escape');

      const backUp = page.waitForEvent('download');
      await page.keyboard.press('Control+k');
      await page.keyboard.type('back up everything');
      await page.keyboard.press('Enter');
      const zip = info.outputPath('back-up.zip');
      await (await backUp).saveAs(zip);
      await openTab(page, 'Report');
      const report = page.waitForEvent('download');
      await page.getByRole('button', { name: '.html', exact: true }).click();
      const html = info.outputPath('report.html');
      await (await report).saveAs(html);

      const written = [...(await allWritten(page, served, told)), ...savedFile('back-up', zip), ...savedFile('report', html)];
      expect(written.length).toBeGreaterThan(10);
      // What is looked for in the same way and must be there: the search does see what is stored.
      expect(leaks(written, [double.url]).length).toBeGreaterThan(1);
      expect(leaks(written, secrets)).toEqual([]);
    } finally {
      await double.close();
    }
  });
}
