// Artifacts that a run logged or used, from the log: their files mostly lie elsewhere, their names and digests are here.

import { type WireFields, wire } from '../../formats/protobuf';

/** Files of all artifacts together that are listed. */
const mostFiles = 10_000;

export interface LoggedArtifact {
  readonly name: string;
  readonly type: string;
  readonly digest: string | null;
  readonly version: string | null;
  /** An input of the run, not an output. */
  readonly used: boolean;
  readonly files: readonly { readonly path: string; readonly size: number | null }[];
}

export class ArtifactList {
  readonly all = new Map<string, LoggedArtifact>();
  private files = 0;

  /** Takes an ArtifactRecord; of one name the last version counts. @throws malformed */
  logged(fields: WireFields, inner: WireFields, entry: WireFields): void {
    let name = '';
    let type = '';
    let digest = '';
    const files: LoggedArtifact['files'][number][] = [];
    while (fields.next()) {
      if (fields.is(4, wire.bytes)) type = fields.text;
      else if (fields.is(5, wire.bytes)) name = fields.text;
      else if (fields.is(6, wire.bytes)) digest = fields.text;
      else if (fields.is(12, wire.bytes))
        for (inner.inside(fields); inner.next() && this.files + files.length < mostFiles; ) {
          if (inner.is(4, wire.bytes)) files.push(manifestEntry(entry.inside(inner)));
        }
    }
    // Tables are uploaded as artifacts of their own; they are media here.
    if (name === '' || type === 'run_table') return;
    this.files += files.length - (this.all.get(name)?.files.length ?? 0);
    this.all.set(name, { name, type, digest: digest || null, version: null, used: false, files });
  }

  /** Takes a UseArtifactRecord. @throws malformed */
  used(fields: WireFields): void {
    let id = '';
    let type = '';
    let name = '';
    while (fields.next()) {
      if (fields.is(1, wire.bytes)) id = fields.text;
      else if (fields.is(2, wire.bytes)) type = fields.text;
      else if (fields.is(3, wire.bytes)) name = fields.text;
    }
    const shown = name || id;
    if (shown === '') return;
    const colon = shown.lastIndexOf(':');
    const version = colon > 0 ? shown.slice(colon + 1) : null;
    this.all.set(`used\0${shown}`, { name: colon > 0 ? shown.slice(0, colon) : shown, type, digest: null, version, used: true, files: [] });
  }
}

function manifestEntry(fields: WireFields): { readonly path: string; readonly size: number | null } {
  let path = '';
  let size: number | null = null;
  while (fields.next()) {
    if (fields.is(1, wire.bytes)) path = fields.text;
    else if (fields.is(4, wire.varint)) size = fields.int64;
  }
  return { path, size };
}
