// A bundle that lies unpacked in a folder and grows: each run is whole or not there, and what was read before is known.
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClaimMark } from '../core/ingest/contract';
import type { ReadRun } from '../core/model/run';
import { type BundleManifest, bundleFormat, bundleVersion, manifestName } from '../core/store/bundle-format';
import { packRuns } from '../core/store/pack';
import { UsageError } from './exit';
import { writeWhole } from './output-file';

const connectionName = 'connection.json';
const connectionVersion = 1;
const runsFolder = 'runs';

/** Where the runs come from, without a secret; another address is another folder. */
export interface BundleOrigin {
  readonly tracker: string;
  readonly address: string;
}

interface ConnectionFile extends BundleOrigin {
  readonly version: number;
  /** Claim → in what state it was read, and the runs it gave. */
  readonly claims: Readonly<Record<string, Omit<ClaimMark, 'key'>>>;
}

type Listed = BundleManifest['runs'][number];

/**
 * Runs arrive in any order and number; `known` says what need not be read again.
 * What is in the folder stays readable at every moment: a run's file first, then the manifest that names it.
 */
export class BundleFolder {
  readonly #runs = new Map<string, Listed>();
  readonly #claims = new Map<string, Omit<ClaimMark, 'key'>>();

  private constructor(
    private readonly path: string,
    private readonly origin: BundleOrigin,
  ) {}

  /**
   * Opens a folder that is not there yet, is empty, or holds what was read from the same tracker before.
   * @throws UsageError for any other
   */
  static async open(path: string, origin: BundleOrigin): Promise<BundleFolder> {
    const folder = new BundleFolder(path, origin);
    await mkdir(join(path, runsFolder), { recursive: true }).catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(`${path} cannot be made: ${error.code}`);
    });
    const names = await readdir(path);
    if (!names.includes(connectionName)) {
      if (names.some((name) => name !== runsFolder) || (await readdir(join(path, runsFolder))).length > 0)
        throw new UsageError(`${path} holds something else: name a folder that is empty or not there yet`);
      return folder;
    }
    const [connection, manifest] = await Promise.all([
      readJson<ConnectionFile>(join(path, connectionName)),
      readJson<BundleManifest>(join(path, manifestName)),
    ]);
    if (connection?.version !== connectionVersion || connection.tracker !== origin.tracker || connection.address !== origin.address)
      throw new UsageError(`${path} was read from ${connection?.address ?? 'elsewhere'}: name another folder for ${origin.address}`);
    for (const listed of manifest?.runs ?? []) folder.#runs.set(listed.id, listed);
    for (const [key, claim] of Object.entries(connection.claims)) if (claim.runs.every((id) => folder.#runs.has(id))) folder.#claims.set(key, claim);
    return folder;
  }

  /** Marks of what was read before, for `IngestOptions.known`. */
  get known(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#claims].map(([key, { mark }]) => [key, mark]));
  }

  get size(): number {
    return this.#runs.size;
  }

  async add(read: ReadRun): Promise<void> {
    const { id, name, format } = read.run;
    const file = `${runsFolder}/${id}.pack`;
    await writeWhole(join(this.path, file), (write) => write(packRuns([read])));
    this.#runs.set(id, { id, name, format, file });
  }

  /** Makes what was added since part of the bundle. */
  async commit(claims: readonly ClaimMark[]): Promise<void> {
    for (const { key, ...claim } of claims) this.#claims.set(key, claim);
    const runs = [...this.#runs.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    await this.#write(manifestName, { format: bundleFormat, version: bundleVersion, runs } satisfies BundleManifest);
    const known = Object.fromEntries([...this.#claims].sort(([a], [b]) => (a < b ? -1 : 1)));
    await this.#write(connectionName, { version: connectionVersion, ...this.origin, claims: known } satisfies ConnectionFile);
  }

  /** Removes a folder in which nothing came to lie. */
  async discardEmpty(): Promise<void> {
    if (this.#runs.size > 0) return;
    await rm(join(this.path, runsFolder), { recursive: true, force: true });
    if ((await readdir(this.path)).length === 0) await rm(this.path, { recursive: true });
  }

  #write(name: string, content: object): Promise<void> {
    return writeWhole(join(this.path, name), (write) => write(`${JSON.stringify(content, null, 1)}\n`));
  }
}

async function readJson<T>(path: string): Promise<T | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch {
    return null;
  }
}
