// Every reader looks over every fixture: the owner gets it, nobody else does but for parts of the owner's runs, and no file has two readers.
import { describe, expect, test } from 'vitest';
import { openArchives } from '../../../src/core/ingest/archives';
import { type ReaderClaim, settleClaims } from '../../../src/core/ingest/claims';
import { headCache } from '../../../src/core/ingest/heads';
import { joinClaims } from '../../../src/core/ingest/join';
import { readers } from '../../../src/core/readers';
import { defaultLimits } from '../../../src/core/source/reader';
import { type SourceTree, walkFiles } from '../../../src/core/source/source';
import { filesOf, fixtureCases, slowTree, treeOf } from '../../support/fixtures';

interface Probed {
  readonly tree: SourceTree;
  readonly claims: readonly ReaderClaim[];
}

/** Every reader's claims on the tree, and on the archives in it that nobody claims. */
async function probeAll(tree: SourceTree): Promise<readonly Probed[]> {
  const context = { signal: new AbortController().signal, head: headCache(), limits: defaultLimits, issue: () => undefined };
  const claims: ReaderClaim[] = [];
  for (const reader of readers) for (const claim of await reader.probe(tree, context)) claims.push({ reader, claim });
  const probed: Probed[] = [{ tree, claims }];
  const claimed = new Set(claims.flatMap(({ claim }) => claim.files));
  for await (const archive of openArchives(tree, claimed, context)) probed.push(...(await probeAll(archive)));
  return probed;
}

const outline = (probed: readonly Probed[]) =>
  probed
    .flatMap(({ claims }) => claims)
    .map(({ reader, claim }) => ({
      reader: reader.meta.id,
      root: claim.root.path,
      confidence: claim.confidence,
      files: claim.files.map(({ path }) => path),
    }));

test('every format with fixtures has a reader', () => {
  expect([...new Set(fixtureCases.map(({ format }) => format))].filter((format) => !readers.some(({ meta }) => meta.id === format))).toEqual([]);
});

describe.each(fixtureCases)('$id', (fixture) => {
  const files = filesOf(fixture);

  test('the owner wins, and no file is read twice', async () => {
    const settled = (await probeAll(treeOf(files))).flatMap(({ claims }) => settleClaims(claims));
    // What lies beside the owner's files may have a reader of its own, as far as it becomes part of the owner's run.
    const groups = joinClaims(settled).map(({ members, companions }) => [...members, ...companions].map(({ reader }) => reader.meta.id));
    expect(groups.filter((ids) => !ids.includes(fixture.format))).toEqual([]);
    expect(groups.length).toBeGreaterThan(0);
    const claimed = settled.flatMap(({ claim }) => claim.files.map(({ path }) => path));
    expect(claimed.length).toBe(new Set(claimed).size);
  });

  test('a claim names files of the tree below its root, its keys among them', async () => {
    for (const { tree, claims } of await probeAll(treeOf(files))) {
      const listed = new Set([...walkFiles(tree.root)].map(({ path }) => path));
      for (const { claim } of claims) {
        expect(claim.confidence).toBeGreaterThan(0);
        expect(claim.confidence).toBeLessThanOrEqual(1);
        expect(claim.key.length).toBeGreaterThan(0);
        for (const key of claim.key) expect(claim.files).toContain(key);
        for (const { path } of claim.files) {
          expect(listed).toContain(path);
          if (claim.root.path !== '.') expect(/^[/!]/.test(path.slice(claim.root.path.length)) && path.startsWith(claim.root.path), path).toBe(true);
        }
      }
    }
  });

  test('how the bytes come does not change who claims what', async () => {
    expect(outline(await probeAll(slowTree(files, 997)))).toEqual(outline(await probeAll(treeOf(files))));
  });
});
