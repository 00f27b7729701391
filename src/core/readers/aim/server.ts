// Questions to the server of Aim's page (`aim up`).

import { isObject } from '../../formats/flatten';
import { askJson, askValue, type JsonObject, objectsOf, queryOf, textOf } from '../../formats/http-json';
import { type Http, HttpError } from '../../source/http';
import type { Access } from '../../source/tracker';
import type { MediaSequence } from './server-media';
import { CutStream, type StreamedRun, streamedBlob, streamedRuns } from './stream';

const runsPerPage = 100;
/** Of a list of images that was logged at one step. */
const mostAtStep = 64;
const mostAnswerBytes = 512 * 1024 * 1024;

export class AimApi {
  constructor(
    readonly access: Access,
    private readonly http: Http,
  ) {}

  /** The repository. @throws HttpError where this is no Aim */
  async repository(signal: AbortSignal): Promise<{ readonly path: string }> {
    const { path } = await askJson(this.http, { url: this.#url('projects/') }, signal);
    if (textOf(path) === null) throw new HttpError('bad-answer', 'The server does not say what Aim says of its repository.', this.access.base);
    return { path: textOf(path) ?? '' };
  }

  async experiments(signal: AbortSignal): Promise<readonly JsonObject[]> {
    return objectsOf(await askValue(this.http, { url: this.#url('experiments/'), mostBytes: mostAnswerBytes }, signal));
  }

  /** Pages of runs with their params and the last points of their series, newest first. @param query of Aim's own language, '' for all */
  async *runs(query: string, signal: AbortSignal): AsyncGenerator<ReadonlyMap<string, StreamedRun>> {
    const seen = new Set<string>();
    for (let offset: string | undefined; ; ) {
      const fields = { q: query, limit: runsPerPage, offset, skip_system: 'false', report_progress: 'false' };
      const page = await this.#stream(`runs/search/run/${queryOf(fields)}`, signal);
      yield page;
      offset = [...page.keys()].at(-1);
      // A server that begins again would be asked without end.
      if (page.size < runsPerPage || offset === undefined || seen.has(offset)) return;
      seen.add(offset);
    }
  }

  /**
   * All points of all metrics of some runs. Where one answer cannot hold them they are asked for in halves.
   * @throws HttpError
   */
  async points(hashes: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, StreamedRun>> {
    // As many steps as there are: only the page asks for fewer.
    return this.#halved('runs/search/metric/', { p: -1, skip_system: 'false' }, hashes, signal);
  }

  /** The media of one kind of some runs, at most so many steps of each, evenly spaced. @throws HttpError */
  media(sequence: MediaSequence, hashes: readonly string[], mostSteps: number, signal: AbortSignal): Promise<ReadonlyMap<string, StreamedRun>> {
    return this.#halved(`runs/search/${sequence}/`, { record_density: mostSteps, index_density: mostAtStep, skip_system: 'true' }, hashes, signal);
  }

  /** The bytes of an image or sound. @throws HttpError */
  async blob(sequence: MediaSequence, uri: string, mostBytes: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const url = this.#url(`runs/${sequence}/get-batch`);
    const headers = { 'content-type': 'application/json' };
    // Behind the bytes stand their length and name.
    const { bytes } = await this.http.send({ url, method: 'POST', headers, body: JSON.stringify([uri]), mostBytes: mostBytes + 4096 }, signal);
    const blob = this.#whole(() => streamedBlob(bytes));
    if (blob === null) throw new HttpError('not-found', 'The server does not hold this item any more.', url);
    return blob;
  }

  async #halved(
    call: string,
    fields: Parameters<typeof queryOf>[0],
    hashes: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, StreamedRun>> {
    // Archived runs are left out unless the query names them.
    const q = `run.hash in ${JSON.stringify(hashes)} and (run.archived or not run.archived)`;
    try {
      return await this.#stream(call + queryOf({ q, ...fields, report_progress: 'false' }), signal);
    } catch (error) {
      if (!(error instanceof HttpError) || error.code !== 'too-large' || hashes.length < 2) throw error;
      const half = hashes.length >> 1;
      const first = await this.#halved(call, fields, hashes.slice(0, half), signal);
      return new Map([...first, ...(await this.#halved(call, fields, hashes.slice(half), signal))]);
    }
  }

  /** Artifacts and the number of notes of a run, which no search tells. */
  async details(hash: string, signal: AbortSignal): Promise<{ readonly artifacts: readonly JsonObject[]; readonly notes: readonly string[] }> {
    const { artifacts, props } = await askJson(this.http, { url: this.#url(`runs/${hash}/info/?skip_system=true`), mostBytes: mostAnswerBytes }, signal);
    const has = isObject(props) && typeof props.notes === 'number' && props.notes > 0;
    const notes = has ? objectsOf(await askValue(this.http, { url: this.#url(`runs/${hash}/note/`) }, signal)) : [];
    return { artifacts: objectsOf(artifacts), notes: notes.flatMap(({ content }) => textOf(content) ?? []) };
  }

  async #stream(call: string, signal: AbortSignal): Promise<ReadonlyMap<string, StreamedRun>> {
    const { bytes } = await this.http.send({ url: this.#url(call), mostBytes: mostAnswerBytes }, signal);
    return this.#whole(() => streamedRuns(bytes));
  }

  #whole<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (error instanceof CutStream) throw new HttpError('bad-answer', 'The server answered no whole entries of Aim.', this.access.base);
      throw error;
    }
  }

  readonly #url = (call: string): string => `${this.access.base}/api/${call}`;
}

/** What may stand in a query and in an address. */
export const isHash = (text: string): boolean => /^[\w-]{1,128}$/.test(text);
