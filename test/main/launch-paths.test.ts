// Paths among the words of a command line.
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { launchPaths } from '../../src/main/launch-paths';

test('switches are no paths, wherever they stand, and in development the first word is the app', () => {
  expect(launchPaths(['diptych', '--no-sandbox', 'runs', ''], '/home', true)).toEqual([resolve('/home/runs')]);
  expect(launchPaths(['electron', '--inspect=0', 'app', '--no-sandbox', 'runs', '/data'], '/home', false)).toEqual([resolve('/home/runs'), resolve('/data')]);
  expect(launchPaths(['electron', 'app'], '/home', false)).toEqual([]);
});

test('addresses of files and buckets are places, others are none', () => {
  const words = ['diptych', 's3://runs/exp', 'file:///data/runs', 'https://example.org/x'];
  expect(launchPaths(words, '/home', true)).toEqual(['s3://runs/exp', resolve('/data/runs')]);
});
