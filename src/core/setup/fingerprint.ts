// What stays the same of a finding when lines move: code hosts match findings of one commit to those of the next by it.

import type { SetupFinding } from './finding';
import { lineAt } from './places';
import type { Project } from './project/project';

/**
 * One fingerprint for each finding, in their order: 16 hex digits of rule, file and the text of the first line, then `:` and a number that
 * tells equal ones apart. Line numbers are not in it, nor is what a finding counts in words.
 */
export function fingerprintsOf(findings: readonly SetupFinding[], project: Project): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, places: [place] }) => {
    const text = place ? (lineAt(project, place)?.replace(/\s+/g, ' ') ?? '') : '';
    const key = fnv1a([rule, place?.file ?? '', text].join('\0'));
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return `${key}:${count}`;
  });
}

/** FNV-1a, 64 bits, over UTF-16 units: to tell apart, not to protect. */
function fnv1a(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}
