// JSON over HTTP, as trackers answer it: with bare NaN and integers beyond 2^53.

import type { Value } from '../model/values';
import { type Http, type HttpAnswer, HttpError, type HttpRequest, placeOf } from '../source/http';
import { isObject } from './flatten';
import { parseJson } from './json';
import { decodeUtf8 } from './text';

export type JsonObject = { readonly [key: string]: Value };

/**
 * Asks for a JSON object.
 * @throws HttpError, `bad-answer` where the answer is no JSON object
 */
export async function askJson(http: Http, request: HttpRequest, signal: AbortSignal): Promise<JsonObject> {
  return jsonObjectOf(await http.send(request, signal), request.url);
}

/** An answer as the JSON object that it is. @throws HttpError, `bad-answer` where it is none */
export function jsonObjectOf(answer: HttpAnswer, url: string): JsonObject {
  const value = jsonValueOf(answer, url);
  if (!isObject(value)) throw new HttpError('bad-answer', 'The server answered JSON that is no object.', placeOf(url));
  return value;
}

/**
 * Asks for JSON of any kind.
 * @throws HttpError, `bad-answer` where the answer is no JSON
 */
export async function askValue(http: Http, request: HttpRequest, signal: AbortSignal): Promise<Value> {
  return jsonValueOf(await http.send(request, signal), request.url);
}

/** Posts a question as JSON; the answer as {@link askJson}. */
export function postJson(http: Http, url: string, question: unknown, signal: AbortSignal): Promise<JsonObject> {
  return askJson(http, { url, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(question) }, signal);
}

/** An answer as JSON of any kind. @throws HttpError, `bad-answer` where it is none */
export function jsonValueOf({ bytes, header }: HttpAnswer, url: string): Value {
  const { text } = decodeUtf8(bytes);
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const looks = /html/i.test(header('content-type') ?? '') || /^\s*</.test(text) ? 'a web page' : `no JSON (${error.message})`;
    throw new HttpError('bad-answer', `The server answered ${looks} where its interface answers JSON.`, placeOf(url));
  }
}

/** `{a: 'x', b: ['1', '2']}` → `?a=x&b=1&b=2`; undefined is left out. */
export function queryOf(fields: Readonly<Record<string, string | number | readonly string[] | undefined>>): string {
  const parts = Object.entries(fields).flatMap(([key, value]) =>
    value === undefined ? [] : (Array.isArray(value) ? value : [value]).map((one) => `${encodeURIComponent(key)}=${encodeURIComponent(String(one))}`),
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

export const textOf = (value: Value | undefined): string | null => (typeof value === 'string' ? value : null);

/** A list of objects; what is none is left out, and a missing list is empty. */
export const objectsOf = (value: Value | undefined): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
