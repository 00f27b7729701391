// `node:fs` as the shell uses it, over that of Node 12: recursive listing and removal came later.
import fs from 'node:fs';
import { join } from 'node:path';

export const { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } = fs;

export const readdirSync = (path: string, options: { readonly recursive?: boolean; readonly withFileTypes: true }): fs.Dirent[] =>
  fs.readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    Object.assign(entry, { parentPath: path });
    return options.recursive && entry.isDirectory() ? [entry, ...readdirSync(join(path, entry.name), options)] : [entry];
  });

export function rmSync(path: string): void {
  if (fs.existsSync(path)) fs.rmdirSync(path, { recursive: true } as fs.RmDirOptions);
}
