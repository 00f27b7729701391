// What a file is to look at: by its first bytes where it lies in a log, by its ending where it has a name.

import type { MediaForm } from '../model/media';

export interface MediaType {
  readonly form: MediaForm;
  /** Media type. */
  readonly type: string;
}

const unknown: MediaType = { form: 'file', type: 'application/octet-stream' };
const of = (form: MediaForm, type: string): MediaType => ({ form, type });

/** SVG is a picture that can run scripts: to us it is a file. */
const byEnding: Readonly<Record<string, MediaType>> = {
  png: of('image', 'image/png'),
  jpg: of('image', 'image/jpeg'),
  jpeg: of('image', 'image/jpeg'),
  gif: of('image', 'image/gif'),
  webp: of('image', 'image/webp'),
  bmp: of('image', 'image/bmp'),
  ico: of('image', 'image/x-icon'),
  avif: of('image', 'image/avif'),
  svg: of('file', 'image/svg+xml'),
  tif: of('file', 'image/tiff'),
  tiff: of('file', 'image/tiff'),
  wav: of('audio', 'audio/wav'),
  mp3: of('audio', 'audio/mpeg'),
  ogg: of('audio', 'audio/ogg'),
  oga: of('audio', 'audio/ogg'),
  flac: of('audio', 'audio/flac'),
  m4a: of('audio', 'audio/mp4'),
  mp4: of('video', 'video/mp4'),
  m4v: of('video', 'video/mp4'),
  webm: of('video', 'video/webm'),
  ogv: of('video', 'video/ogg'),
  mov: of('video', 'video/quicktime'),
  avi: of('file', 'video/x-msvideo'),
  html: of('html', 'text/html'),
  htm: of('html', 'text/html'),
  txt: of('text', 'text/plain'),
  log: of('text', 'text/plain'),
  md: of('text', 'text/markdown'),
  csv: of('text', 'text/csv'),
  tsv: of('text', 'text/tab-separated-values'),
  yaml: of('text', 'application/yaml'),
  yml: of('text', 'application/yaml'),
  json: of('text', 'application/json'),
  pdf: of('file', 'application/pdf'),
};

/** By the ending of a path. */
export function mediaTypeOf(path: string): MediaType {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return Object.hasOwn(byEnding, ending) ? (byEnding[ending] as MediaType) : unknown;
}

/** Marks of pictures and sounds: ending → bytes at a place. */
const marks: readonly (readonly [ending: string, at: number, mark: string])[] = [
  ['png', 0, '\x89PNG'],
  ['jpg', 0, '\xff\xd8\xff'],
  ['gif', 0, 'GIF8'],
  ['webp', 8, 'WEBP'],
  ['wav', 8, 'WAVE'],
  ['bmp', 0, 'BM'],
  ['flac', 0, 'fLaC'],
  ['ogg', 0, 'OggS'],
  ['mp3', 0, 'ID3'],
  ['mp3', 0, '\xff\xfb'],
  ['mp4', 4, 'ftyp'],
  ['webm', 0, '\x1a\x45\xdf\xa3'],
];

/** By the first bytes; a file where they are no picture, sound or film that is known. */
export function sniffedType(bytes: Uint8Array): MediaType {
  const found = marks.find(([, at, mark]) => [...mark].every((char, i) => bytes[at + i] === char.charCodeAt(0)));
  return found ? mediaTypeOf(`.${found[0]}`) : unknown;
}
