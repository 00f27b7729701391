// Messages between main and the host process, one JSON text per line; bytes go as base64, for the two speak different versions of V8.

export type Frame =
  /** Opens a port at the other end: what the host gets as `{ data, ports }`. */
  | { readonly kind: 'open'; readonly port: number; readonly data: unknown }
  | { readonly kind: 'message'; readonly port: number; readonly data: unknown }
  /** The other end of the port is gone. */
  | { readonly kind: 'close'; readonly port: number };

export const frameText = (frame: Frame): string =>
  `${JSON.stringify(frame, (_key, value) => (value instanceof Uint8Array ? { $bytes: Buffer.from(value).toString('base64') } : value))}\n`;

/** Takes text in pieces, gives frames. */
export function frameReader(take: (frame: Frame) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(JSON.parse(line, revive) as Frame);
  };
}

function revive(_key: string, value: unknown): unknown {
  const bytes = (value as { readonly $bytes?: unknown } | null)?.$bytes;
  // A buffer of its own: a small Buffer shares one with others, and JSON knows Buffers as objects of another kind.
  return typeof bytes === 'string' ? Uint8Array.from(Buffer.from(bytes, 'base64')) : value;
}
