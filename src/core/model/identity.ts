// Who a run is: an id that stays the same when the run is found again, moved, copied or exported twice.

import type { Sha256Factory } from '../base/sha256';
import { type RunId, runId } from '../base/units';
import type { Identity } from './events';

const idLength = 20;
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
const utf8 = new TextEncoder();

/** The id of the run that `identity` names within a family of trackers. */
export function runIdOf(family: string, identity: Identity, sha256: Sha256Factory): RunId {
  if ('settled' in identity) return identity.settled.id;
  if (identity.nativeId !== null) return nativeRunId(family, identity.scope ?? '', identity.nativeId, sha256);
  const head = sha256();
  head.update(identity.head);
  return hashed([family, 'fingerprint', identity.within, head.hex()], sha256);
}

/** The id of the run that its tracker calls `nativeId` within `scope`. */
export function nativeRunId(family: string, scope: string, nativeId: string, sha256: Sha256Factory): RunId {
  return hashed([family, scope, nativeId], sha256);
}

/** Tells a second run apart whose id is taken by other contents: `…-2`. */
export const suffixedRunId = (id: RunId, number: number): RunId => runId(`${id}-${number}`);

/** NUL joins the parts: no tracker's name holds one, so different parts never give the same text. */
function hashed(parts: readonly string[], sha256: Sha256Factory): RunId {
  const hash = sha256();
  hash.update(utf8.encode(parts.join('\0')));
  return runId(base32(hash.hex()).slice(0, idLength));
}

/** RFC 4648 letters in lower case, without padding. */
function base32(hex: string): string {
  let text = '';
  let bits = 0;
  let pending = 0;
  for (let i = 0; i < hex.length; i += 2) {
    pending = ((pending << 8) | Number.parseInt(hex.slice(i, i + 2), 16)) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += alphabet[(pending >>> (bits - 5)) & 31];
  }
  return text;
}
