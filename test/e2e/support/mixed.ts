// A folder as people have it: runs of several trackers side by side.
import { cpSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { TestInfo } from '@playwright/test';
import { fixture } from './fixture';

export const mixedCases = ['mlflow-file/sweep-2.14', 'tensorboard/torch-mlp', 'lightning/csv-logger', 'wandb/sweep-lr'] as const;

/** Copies the inputs of cases into one new folder, each under its tracker's name. @returns its path */
export function mixedFolder(info: TestInfo, cases: readonly string[] = mixedCases): string {
  const folder = info.outputPath('runs');
  mkdirSync(folder, { recursive: true });
  for (const name of cases) cpSync(fixture(name), join(folder, name.replace('/', '-')), { recursive: true });
  return folder;
}

/** Where a run of a case lies in the mixed folder, as the page tells it. */
export const mixedPath = (name: string, path: string): string => `${basename(name.replace('/', '-'))}/${path}`;
