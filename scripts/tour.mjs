// `npm start -- --check [PATH…]`: the main job from end to end without a screen, through the same command line that users have.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const samples = join(root, 'resources/samples');
const given = process.argv.slice(2);
/** More runs side by side than this say little in a terminal. */
const mostCompared = 40;

async function main() {
  const paths = given.length > 0 ? given : sampleFolders();
  const counts = [];
  for (const path of paths) counts.push(await show(path));
  if (counts.every((count) => count === 0)) {
    console.log('\nNothing readable was found.');
    return 3;
  }
  const pdf = join(root, '.cache/check/comparison.pdf');
  mkdirSync(dirname(pdf), { recursive: true });
  const report = await diptych('report', ...paths, '-o', pdf);
  console.log(report.code === 0 || report.code === 4 ? `\nComparison: ${pdf}` : `\nNo comparison as PDF: ${report.err.trim()}`);
  const empty = paths.filter((_path, index) => counts[index] === 0);
  if (empty.length > 0) console.log(`Without runs: ${empty.join(', ')}`);
  return empty.length > 0 ? 4 : 0;
}

function sampleFolders() {
  return readdirSync(samples, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(samples, entry.name));
}

/** Prints what one path holds; gives the number of its runs. */
async function show(path) {
  console.log(`\n${given.length > 0 ? path : relative(root, path)}`);
  const { runs, issues } = await json('list', path);
  const sum = (key) => runs.reduce((total, run) => total + run[key], 0);
  const formats = [...new Set(runs.map((run) => run.format))].join(', ');
  console.log(`  ${runs.length} runs, ${sum('series')} series, ${sum('points').toLocaleString('en')} points${formats ? ` (${formats})` : ''}`);
  for (const issue of issues.slice(0, 5)) console.log(`  ! ${issue.message} ${issue.tip ?? ''}`);
  if (runs.length === 0) return 0;
  const compared = runs.slice(0, mostCompared);
  if (compared.length > 1) {
    const { params } = await json('diff', '--in', path, ...compared.map((run) => run.id));
    const differing = params.filter((row) => row.differs).map((row) => row.key);
    console.log(`  ${differing.length} of ${params.length} params differ${differing.length > 0 ? `: ${short(differing)}` : ''}`);
  }
  const checked = await json('check', path);
  for (const { name, path: at, score } of checked.runs.slice(0, mostCompared)) {
    const percent = (share) => (share === null ? '–' : `${Math.round(share * 100)} %`);
    console.log(`  ${score.grade ?? '–'}  proven ${percent(score.proven).padStart(5)}, could be ${percent(score.best_case).padStart(5)}  ${name ?? at}`);
  }
  return runs.length;
}

const short = (names) => (names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', '));

/** The document that a verb prints. */
async function json(verb, ...args) {
  const { code, out, err } = await diptych(verb, '--json', ...args);
  try {
    return JSON.parse(out);
  } catch {
    throw new Error(`diptych ${verb} ended with ${code}: ${err.trim() || out.slice(0, 500)}`);
  }
}

function diptych(...args) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(root, 'out/cli.js'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const out = [];
    const err = [];
    child.stdout.on('data', (chunk) => out.push(chunk));
    child.stderr.on('data', (chunk) => err.push(chunk));
    child.on('error', fail);
    child.on('close', (code) => done({ code, out: Buffer.concat(out).toString('utf8'), err: Buffer.concat(err).toString('utf8') }));
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
