// Branded ids and units, so that a step is never passed where a time is meant.

declare const brand: unique symbol;
type Brand<T, B extends string> = T & { readonly [brand]: B };

/** Stable id of a run: 20 base32 characters (decision 12). */
export type RunId = Brand<string, 'RunId'>;
/** Milliseconds since the epoch, fractions kept. */
export type EpochMs = Brand<number, 'EpochMs'>;

export const runId = (text: string): RunId => text as RunId;
export const epochMs = (ms: number): EpochMs => ms as EpochMs;
