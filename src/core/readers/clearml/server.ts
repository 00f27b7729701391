// Questions to a ClearML server: a token for the keys, and the answers of its public API as plain data. Only calls that read.

import { fromBase64, toBase64 } from '../../formats/base64';
import { isObject } from '../../formats/flatten';
import { askJson, type JsonObject, objectsOf, textOf } from '../../formats/http-json';
import { parseJson } from '../../formats/json';
import { type Http, HttpError } from '../../source/http';
import type { Access } from '../../source/tracker';

const fewPerPage = 100;
/** The server gives no more. */
const mostPerPage = 500;
/** Of one task. */
const mostModels = 5000;
const mostAnswerBytes = 512 * 1024 * 1024;
/** What a list needs. Fields that old servers do not know would fail the whole question. */
const listed = [
  'name',
  'type',
  'project.name',
  'user.name',
  'parent',
  'comment',
  'tags',
  'system_tags',
  'status',
  'status_changed',
  'created',
  'started',
  'completed',
  'last_update',
  'last_iteration',
];

export interface Keys {
  readonly access: string;
  readonly secret: string;
}

export class ClearmlApi {
  /** Of all requests together. */
  #token: Promise<string> | null = null;

  constructor(
    readonly access: Access,
    private readonly keys: Keys,
    private readonly http: Http,
  ) {}

  /** Exchanges the keys for a token. @returns whom the server takes us for @throws HttpError where it does not know the keys, or is no ClearML */
  async login(signal: AbortSignal): Promise<string | null> {
    const identity = claimsOf((await this.#valid(signal)).token).identity;
    return isObject(identity) ? textOf(identity.user_name) : null;
  }

  async version(signal: AbortSignal): Promise<string | null> {
    const { version } = await this.ask('server.info', {}, signal);
    return textOf(version);
  }

  /** Projects with their sub-projects, each by its full name; those that ClearML hides (pipelines, datasets, reports) are left out. */
  projects(signal: AbortSignal): AsyncGenerator<readonly JsonObject[]> {
    const question = { only_fields: ['name', 'last_update'], order_by: ['-last_update', 'id'], page_size: mostPerPage };
    return this.#pages('projects.get_all_ex', question, 'projects', signal);
  }

  /** Tasks, what changed last first, as ClearML's own page lists them. @param few pages are small: the first is all that is wanted */
  tasks(filter: JsonObject, few: boolean, signal: AbortSignal): AsyncGenerator<readonly JsonObject[]> {
    const question = { ...filter, only_fields: listed, order_by: ['-last_update', 'id'], page_size: few ? fewPerPage : mostPerPage };
    return this.#pages('tasks.get_all_ex', question, 'tasks', signal);
  }

  /** All of a task but its events. */
  async task(id: string, signal: AbortSignal): Promise<JsonObject> {
    const { task } = await this.ask('tasks.get_by_id', { task: id }, signal);
    if (!isObject(task)) throw new HttpError('not-found', `There is no task ${id}.`, this.access.base);
    return task;
  }

  /** Name and address of models: those that a task made, or those of some ids. */
  async models(which: { readonly task: readonly string[] } | { readonly id: readonly string[] }, signal: AbortSignal): Promise<readonly JsonObject[]> {
    const question = { ...which, only_fields: ['name', 'uri'], order_by: ['created', 'id'], page_size: mostPerPage };
    const found: JsonObject[] = [];
    for await (const page of this.#pages('models.get_all_ex', question, 'models', signal)) {
      found.push(...page);
      if (found.length >= mostModels) break;
    }
    return found;
  }

  /**
   * The data of an answer. A token that is not valid any more is renewed once.
   * @throws HttpError
   */
  async ask(call: string, question: object, signal: AbortSignal): Promise<JsonObject> {
    const { held, token } = await this.#valid(signal);
    try {
      return await this.#send(call, question, `Bearer ${token}`, signal);
    } catch (error) {
      if (!(error instanceof HttpError) || error.code !== 'unauthorised') throw error;
      if (this.#token === held) this.#token = null;
      return this.#send(call, question, `Bearer ${(await this.#valid(signal)).token}`, signal);
    }
  }

  /** The token of all requests. A login whose asker has gone away is made anew by the next. */
  async #valid(signal: AbortSignal): Promise<{ readonly held: Promise<string>; readonly token: string }> {
    for (;;) {
      const isOwn = this.#token === null;
      const held = this.#token ?? this.#login(signal);
      this.#token = held;
      try {
        return { held, token: await held };
      } catch (error) {
        if (this.#token === held) this.#token = null;
        if (isOwn || error instanceof HttpError) throw error;
        signal.throwIfAborted();
      }
    }
  }

  async #login(signal: AbortSignal): Promise<string> {
    const { access, secret } = this.keys;
    const { host } = new URL(this.access.base);
    const basic = `Basic ${toBase64(new TextEncoder().encode(`${access}:${secret}`))}`;
    try {
      const token = textOf((await this.#send('auth.login', {}, basic, signal)).token);
      if (token === null) throw new HttpError('bad-answer', `${host} gave no token.`, this.access.base);
      return token;
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      if (error.code === 'unauthorised') {
        const said = /It says: .*/s.exec(error.message)?.[0] ?? '';
        throw new HttpError('unauthorised', `${host} does not know this access key with this secret key (401). ${said}`.trim(), this.access.base, keysTip);
      }
      if (error.code === 'bad-answer' || error.code === 'not-found')
        throw new HttpError(error.code, `${host} does not answer as a ClearML API server does. ${error.message}`, this.access.base, addressTip);
      throw error;
    }
  }

  async #send(call: string, question: object, authorization: string, signal: AbortSignal): Promise<JsonObject> {
    const url = `${this.access.base}/${call}`;
    const headers = { 'content-type': 'application/json', authorization };
    const request = { url, method: 'POST', headers, body: JSON.stringify(question), mostBytes: mostAnswerBytes } as const;
    const { data } = await askJson(this.http, request, signal);
    if (!isObject(data)) throw new HttpError('bad-answer', `The server answered ${call} without data.`, url);
    return data;
  }

  async *#pages(call: string, question: { readonly page_size: number }, list: string, signal: AbortSignal): AsyncGenerator<readonly JsonObject[]> {
    let before = '';
    for (let page = 0; ; page++) {
      const found = objectsOf((await this.ask(call, { ...question, page }, signal))[list]);
      const first = textOf(found[0]?.id) ?? '';
      // A server that knows no pages would be asked without end.
      if (page > 0 && first === before) return;
      before = first;
      yield found;
      if (found.length < question.page_size) return;
    }
  }
}

const keysTip = 'Make new ones on its page: Settings, Workspace, Create new credentials. Look for blanks at their ends.';
const addressTip = 'Enter the address of the API server (api_server in clearml.conf): port 8008 on a server of your own, else api.…, and not that of the page.';

/** What a token says, unverified: the server that gave it is the one to judge it. */
function claimsOf(token: string): JsonObject {
  const bytes = fromBase64((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'));
  try {
    const claims = bytes && parseJson(new TextDecoder().decode(bytes));
    return isObject(claims) ? claims : {};
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return {};
  }
}
