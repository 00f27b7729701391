// `npm test`: all lanes one after another, their real counts summed. `npm test -- unit e2e` runs only those named.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { build } from './build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const results = join(root, '.cache/test-results');
const home = join(tmpdir(), `diptych-test-${process.pid}`);

/** Each lane gives { passed, failed, skipped, why?, failures?, again? }: `why` what was not run, `failures` what failed, `again` what passed only at the second try. */
const lanes = {
  types: async () => count(await tool('typescript/bin/tsc', ['-b'])),
  unit: () => vitest('unit', 'unit'),
  built: async () => (await builds()) ?? vitest('built', 'built'),
  e2e: async () => (await builds()) ?? playwright(),
};

async function main() {
  const named = process.argv.slice(2).filter((arg) => !arg.startsWith('-'));
  const unknown = named.filter((name) => !(name in lanes));
  if (unknown.length > 0) {
    console.error(`There is no lane '${unknown[0]}'. Lanes: ${Object.keys(lanes).join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const sum = { passed: 0, failed: 0, skipped: 0 };
  const summary = [];
  for (const name of named.length > 0 ? named : Object.keys(lanes)) {
    console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`);
    const began = Date.now();
    const lane = await lanes[name]();
    for (const key of Object.keys(sum)) sum[key] += lane[key];
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    summary.push(
      `${name.padEnd(6)} ${words(lane)} (${seconds} s)${lane.why ? ` · ${lane.why}` : ''}`,
      ...(lane.failures ?? []).map((line) => `       ✗ ${line}`),
      ...(lane.again ?? []).map((line) => `       ~ at the second try: ${line}`),
    );
  }
  rmSync(home, { recursive: true, force: true });
  console.log(`\n${summary.join('\n')}\n`);
  if (sum.passed + sum.failed === 0) console.log('Nothing ran.');
  process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;
  console.log(words(sum));
}

const words = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;
const count = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });

/** A build that fails is one failure of the lane that needed it; null when out/ is ready. */
async function builds() {
  try {
    await build();
    return null;
  } catch (error) {
    console.error(error.message);
    return { ...count(false), why: 'the build failed' };
  }
}

async function vitest(name, project) {
  const file = join(results, `${name}.json`);
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`, '--reporter=./scripts/second-try-reporter.mjs'];
  const again = join(results, `${name}-again.json`);
  const ok = await tool('vitest/vitest.mjs', ['run', '--project', project, ...reporters], { DIPTYCH_RETRIES: '1', DIPTYCH_SECOND_TRIES: again });
  const report = read(file);
  if (!report) return { ...count(false), why: 'vitest wrote no report' };
  // A file that fails before its first test has no failed tests of its own, yet it is a failure; so is an error outside any test.
  const brokenFiles = report.testResults.filter((result) => result.status === 'failed' && result.assertionResults.length === 0).length;
  const failed = report.numFailedTests + brokenFiles;
  const failures = report.testResults.flatMap((result) => {
    const tests = result.assertionResults.filter(({ status }) => status === 'failed');
    if (result.status === 'failed' && tests.length === 0) return [failure(result.name, 'the file could not be run', result.message)];
    return tests.map(({ fullName, failureMessages }) => failure(result.name, fullName, failureMessages[0]));
  });
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !ok ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
    again: read(again) ?? [],
  };
}

async function playwright() {
  const { browser, why } = await findBrowser();
  if (!browser) return { passed: 0, failed: 0, skipped: 1, why: `no browser to test in: ${why}` };
  const file = join(results, 'e2e.json');
  const ok = await tool('@playwright/test/cli.js', ['test', '--config', 'test/e2e/playwright.config.ts', '--reporter=dot,json', '--retries=1'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  const report = read(file);
  if (!report) return { ...count(false), why: 'Playwright wrote no report' };
  const { expected, unexpected, flaky, skipped } = report.stats;
  const failed = unexpected + report.errors.length;
  const specs = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specs)];
  const named = (wanted) =>
    report.suites.flatMap(specs).flatMap(({ file: spec, title, tests }) => {
      const hit = tests.find(({ status }) => status === wanted);
      return hit ? [failure(spec, title, hit.results.find(({ error }) => error)?.error.message)] : [];
    });
  return { passed: expected + flaky, failed: failed === 0 && !ok ? 1 : failed, skipped, failures: named('unexpected'), again: named('flaky') };
}

/** One line that says which test failed, and how its message begins. */
function failure(file, name, message = '') {
  const [first = ''] = stripVTControlCharacters(message).split('\n', 1);
  return `${file.replace(`${root}/`, '')} › ${name}: ${first.slice(0, 300)}`;
}

/** Asks the built host, so that tests and the product choose a browser by one rule. */
async function findBrowser() {
  try {
    const { findBrowser: find } = await import(new URL('../out/browser.js', import.meta.url).href);
    return { browser: await find(), why: 'set DIPTYCH_CHROMIUM to a Chrome, Chromium or Edge' };
  } catch (error) {
    return { browser: null, why: error.message };
  }
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** Runs an installed tool in the foreground; true when it exits 0. Tests never touch the user's own settings. */
function tool(path, args, env = {}) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', path), ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, DIPTYCH_HOME: home, ...env },
    });
    child.on('error', () => done(false));
    child.on('close', (code) => done(code === 0));
  });
}

await main();
