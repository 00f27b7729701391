// Guesses what will be read next, so that it is there by then: on in the same object, in the next object, in the next of the same kind of name.
import type { ListedObject } from './answers';

export interface Wish {
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/** Of one object, ahead of who reads it. */
const mostAheadBytes = 16 * 1024 * 1024;
/** Of one question for what lies ahead. */
const mostAskedBytes = 4 * 1024 * 1024;
/** Objects ahead of who reads one after another. */
const mostAheadObjects = 48;
/** Objects that may lie between two that are read one after another. */
const mostSkipped = 8;

/** Somebody who reads on and on: how far was asked, and how far ahead that was. */
interface Walk {
  at: number;
  /** Doubles with every step that was foreseen. */
  window: number;
  asked: number;
}

export class Ahead {
  /** By object. */
  readonly #within = new Map<number, Walk>();
  #along: Walk | null = null;
  /** By kind of name. */
  readonly #kin = new Map<string, Walk>();
  readonly #kinds = new Map<string, number[]>();
  /** Place of an object among those of its kind. */
  readonly #placeInKind: Int32Array;

  constructor(
    private readonly objects: readonly ListedObject[],
    private readonly headBytes: number,
  ) {
    this.#placeInKind = new Int32Array(objects.length);
    for (const [index, { key }] of objects.entries()) {
      const kind = kindOf(key);
      const all = this.#kinds.get(kind) ?? [];
      this.#placeInKind[index] = all.length;
      all.push(index);
      this.#kinds.set(kind, all);
    }
  }

  /** What to ask for now that [from, to) of an object is read. */
  *after(index: number, from: number, to: number): Generator<Wish> {
    yield* this.#on(index, from, to);
    if (from === 0) {
      yield* this.#next(index);
      yield* this.#nextOfKind(index);
    }
  }

  /** On in the same object. */
  *#on(index: number, from: number, to: number): Generator<Wish> {
    const { size } = this.objects[index] as ListedObject;
    if (to >= size) {
      this.#within.delete(index);
      return;
    }
    const walk = this.#within.get(index);
    const isOn = walk !== undefined && from <= walk.at && to > walk.at;
    if (!isOn) {
      // The first look at an object may be the only one.
      if (!walk) this.#within.set(index, { at: to, window: Math.max(this.headBytes, to - from), asked: to });
      else Object.assign(walk, { at: to, asked: Math.max(to, walk.asked) });
      return;
    }
    walk.at = to;
    walk.window = Math.min(mostAheadBytes, walk.window * 2);
    walk.asked = Math.max(walk.asked, to);
    if (walk.asked - to > walk.window / 2) return;
    const end = Math.min(size, to + walk.window);
    for (; walk.asked < end; walk.asked = Math.min(end, walk.asked + mostAskedBytes))
      yield { index, from: walk.asked, to: Math.min(end, walk.asked + mostAskedBytes) };
  }

  /** On in the list. */
  *#next(index: number): Generator<Wish> {
    const walk = this.#along;
    if (!walk || index <= walk.at || index - walk.at > mostSkipped) {
      if (!walk || index !== walk.at) this.#along = { at: index, window: 1, asked: index };
      return;
    }
    step(walk, index);
    yield* this.#heads(walk, index, (at) => (at < this.objects.length ? at : null));
  }

  /** On among objects of one kind of name: `meta.yaml` of one run after another. */
  *#nextOfKind(index: number): Generator<Wish> {
    const kind = kindOf((this.objects[index] as ListedObject).key);
    const all = this.#kinds.get(kind) ?? [];
    const place = this.#placeInKind[index] as number;
    const walk = this.#kin.get(kind);
    if (!walk || place <= walk.at || place - walk.at > 2) {
      if (!walk || place !== walk.at) this.#kin.set(kind, { at: place, window: 1, asked: place });
      return;
    }
    step(walk, place);
    yield* this.#heads(walk, place, (at) => all[at] ?? null);
  }

  *#heads(walk: Walk, at: number, indexAt: (at: number) => number | null): Generator<Wish> {
    for (let next = Math.max(walk.asked, at) + 1; next <= at + walk.window; next++) {
      const index = indexAt(next);
      if (index === null) return;
      walk.asked = next;
      const { size } = this.objects[index] as ListedObject;
      if (size > 0) yield { index, from: 0, to: Math.min(size, this.headBytes) };
    }
  }
}

function step(walk: Walk, at: number): void {
  walk.at = at;
  walk.window = Math.min(mostAheadObjects, walk.window * 2);
}

/** The name up to its first digit, or all of it: `events.out.tfevents.1700000000.host` and its like are one kind. */
function kindOf(key: string): string {
  const name = key.slice(key.lastIndexOf('/') + 1);
  const cut = name.search(/\d/);
  return cut > 0 ? `${name.slice(0, cut)}#` : name;
}
