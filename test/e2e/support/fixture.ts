// Where the runs lie that specs open.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** The input of a case: `fixture('mlflow-file/basic')`. */
export function fixture(name: string): string {
  const path = resolve('test/fixtures', name, 'input');
  if (!existsSync(path)) throw new Error(`There is no fixture ${name}`);
  return path;
}
