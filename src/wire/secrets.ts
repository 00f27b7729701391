// Tokens of trackers on the wire: a page can give one, ask whether one is kept and have it forgotten, and never read it back.
import * as v from 'valibot';

/** As long as any token that a tracker gives out; a JWT of a cloud is about 2 KB. */
const longestSecret = 16 * 1024;

/** Words about a message that is refused never quote it (refusal.ts). */
const secretText = v.pipe(v.string(), v.minLength(1), v.maxLength(longestSecret));

/** What the secret is for: the kind of tracker, and the address whose origin alone may get it. */
const keyOf = { kind: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,32}$/)), address: v.pipe(v.string(), v.maxLength(4096)) };

/**
 * How well this host keeps secrets: `system` encrypts with a key that the system guards, `obfuscated` encrypts with a key that is no
 * secret, `memory` forgets with the end of the program.
 */
export const protection = v.object({ kind: v.picklist(['system', 'obfuscated', 'memory']), words: v.pipe(v.string(), v.maxLength(1000)) });
export type Protection = v.InferOutput<typeof protection>;

/** Part of `hostApi`. There is no method that gives a secret. */
export const secretMethods = {
  secretState: { params: v.strictObject(keyOf), result: v.object({ protection, kept: v.boolean() }) },
  /** `remember` keeps it beyond the end of the program, where the host can. */
  keepSecret: { params: v.strictObject({ ...keyOf, secret: secretText, remember: v.boolean() }), result: v.null() },
  forgetSecret: { params: v.strictObject(keyOf), result: v.null() },
} as const;

const bytes = v.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array && value.length <= 8 * longestSecret);

/** Part of `shellApi`: the system's key is used where Electron is, the file lies with the host. */
export const cipherMethods = {
  secretProtection: { params: v.null(), result: protection },
  seal: { params: v.strictObject({ text: v.pipe(v.string(), v.maxLength(2 * longestSecret)) }), result: bytes },
  /** `stale` asks to seal it anew: the system's key has changed. Null where the key of these bytes is gone. */
  unseal: { params: v.strictObject({ bytes }), result: v.nullable(v.object({ text: v.string(), stale: v.boolean() })) },
} as const;
