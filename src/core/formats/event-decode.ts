// Decodes TensorBoard events into the tags of their folder by the rules of TensorBoard's own EventAccumulator.

import { SessionReader } from './event-hparams';
import { type EventItem, plainItems, tensorItems } from './event-media';
import { type PointBatch, type Tag, TagTable } from './event-tags';
import { TensorHead, tensorStrings } from './event-tensor';
import { int64Digits, malformed, WireFields, wire } from './protobuf';
import type { RecordSink } from './tfrecord';

/** What the events of a folder say, in their order. */
export type EventOutput =
  | { readonly kind: 'points'; readonly tag: Tag; readonly batch: PointBatch }
  /** A restart takes back the points of a tag with step ≥ `fromStep`. */
  | { readonly kind: 'purge'; readonly tag: Tag; readonly fromStep: number }
  /** What is to be looked at and no scalar; and what a restart takes back of it. */
  | { readonly kind: 'media'; readonly items: readonly TagItem[] }
  | { readonly kind: 'media-purge'; readonly tag: Tag; readonly media: string; readonly fromStep: number };

/** An item, with its tag and the kind of media under which it is counted. */
export interface TagItem extends EventItem {
  readonly tag: Tag;
  readonly media: string;
}

/** What is wanted beside scalars. */
export interface EventWish {
  /** Tags whose text is wanted. */
  readonly keepText?: (tag: string) => boolean;
  /** The items of media are wanted, not only their counts. */
  readonly keepMedia?: boolean;
}

/** What had to be left out, counted. */
export interface DecodeCounts {
  /** Events that are no protobuf. */
  malformed: number;
  /** Points whose wall time is not finite. */
  badTimes: number;
  /** Tensors that are called scalars and are none. */
  badScalars: number;
  /** Steps that float64 cannot hold; the points are kept. */
  hugeSteps: number;
  /** Points of tags beyond the limit. */
  dropped: number;
}

const eventField = { wallTime: 1, step: 2, version: 3, summary: 5, session: 7 } as const;
const valueField = { tag: 1, simple: 2, image: 4, histogram: 5, audio: 6, node: 7, tensor: 8, metadata: 9 } as const;
const mediaKinds: Readonly<Record<number, string>> = { [valueField.image]: 'images', [valueField.histogram]: 'histograms', [valueField.audio]: 'audio' };
/** Of one folder: as many as a run may have series by default. */
export const maxTags = 100_000;
const sessionStart = 1;
const versionPrefix = 'brain.Event:';

/** The first bytes of the commonest layout: wall time, step, one summary, one value, tag, float. */
const keyWallTime = 0x09;
const keyStep = 0x10;
const keySummary = 0x2a;
const keyValue = 0x0a;
const keyTag = 0x0a;
const keySimple = 0x15;

export class EventDecoder implements RecordSink {
  readonly tags: TagTable;
  readonly sessions = new SessionReader();
  /** Tag → text, for the tags that `keepText` names; the last one written. */
  readonly texts = new Map<string, string>();
  readonly counts: DecodeCounts = { malformed: 0, badTimes: 0, badScalars: 0, hugeSteps: 0, dropped: 0 };
  /** Seconds since the epoch of the first event. */
  firstWallTime: number | null = null;

  private output: EventOutput[] = [];
  /** The newest output's items: those that follow each other come together. */
  private newest: TagItem[] | null = null;
  /** Of the folder: from version 2 on restarts are told by a session log, before they were guessed from the steps. */
  private version = 0;
  private newestStep = -1;

  private readonly event = new WireFields();
  private readonly summary = new WireFields();
  private readonly value = new WireFields();
  private readonly inner = new WireFields();
  private readonly plugin = new WireFields();
  private readonly tensor = new TensorHead();
  /** Exact digits of the step at hand, where float64 cannot hold it. */
  private stepDigits: string | null = null;

  constructor(private readonly wish: EventWish) {
    this.tags = new TagTable((tag) => this.hand(tag), maxTags);
  }

  /** What came out since the last call. */
  drain(): readonly EventOutput[] {
    const { output } = this;
    this.output = [];
    this.newest = null;
    return output;
  }

  /** Hands over what every tag still holds. */
  finish(): void {
    for (const tag of this.tags.all) this.hand(tag);
    this.hand(this.tags.dropped);
  }

  record(bytes: Uint8Array, view: DataView, start: number, end: number): void {
    try {
      if (this.version < 2 || !this.plainEvent(bytes, view, start, end)) this.anyEvent(bytes, view, start, end);
    } catch (error) {
      if (error !== malformed) throw error;
      this.counts.malformed++;
    }
  }

  /** The fast path: an event laid out as every common writer does, holding one simple value. False where it is anything else. */
  private plainEvent(bytes: Uint8Array, view: DataView, start: number, end: number): boolean {
    let at = start + 9;
    if (at + 8 > end || bytes[start] !== keyWallTime) return false;
    let step = 0;
    if (bytes[at] === keyStep) {
      let byte = bytes[++at] as number;
      step = byte & 0x7f;
      if (byte > 0x7f) {
        byte = bytes[++at] as number;
        step |= (byte & 0x7f) << 7;
        if (byte > 0x7f) {
          byte = bytes[++at] as number;
          step |= (byte & 0x7f) << 14;
          if (byte > 0x7f) {
            byte = bytes[++at] as number;
            if (byte > 0x7f) return false;
            step |= byte << 21;
          }
        }
      }
      at++;
    }
    // Lengths of one byte only: a summary of 128 bytes or more takes the general path.
    if (bytes[at] !== keySummary || at + 2 + (bytes[at + 1] as number) !== end) return false;
    if (bytes[at + 2] !== keyValue || at + 4 + (bytes[at + 3] as number) !== end || bytes[at + 4] !== keyTag) return false;
    const tagStart = at + 6;
    const tagEnd = tagStart + (bytes[at + 5] as number);
    if (tagEnd + 5 !== end || bytes[tagEnd] !== keySimple) return false;
    const seconds = view.getFloat64(start + 1, true);
    if (seconds - seconds !== 0 || this.firstWallTime === null) return false;
    const tag = this.tags.of(bytes, tagStart, tagEnd);
    tag.purgeable = true;
    tag.append(step, view.getFloat32(tagEnd + 1, true), seconds * 1000);
    return true;
  }

  private anyEvent(bytes: Uint8Array, view: DataView, start: number, end: number): void {
    const { event } = this;
    let seconds = 0;
    let step = 0;
    let summaries = false;
    this.stepDigits = null;
    for (event.open(bytes, view, start, end); event.next(); ) {
      if (event.is(eventField.wallTime, wire.fixed64)) seconds = event.float64;
      else if (event.is(eventField.step, wire.varint)) step = this.stepOf(event);
      else if (event.is(eventField.version, wire.bytes)) this.version = versionOf(event.text);
      else if (event.is(eventField.summary, wire.bytes)) summaries = true;
    }
    if (this.firstWallTime === null && Number.isFinite(seconds)) this.firstWallTime = seconds;
    if (this.version < 2) this.guessRestart(bytes, view, start, end, step, summaries);
    for (event.open(bytes, view, start, end); event.next(); ) {
      if (event.is(eventField.session, wire.bytes)) this.session(event, step);
      else if (event.is(eventField.summary, wire.bytes))
        for (this.summary.inside(event); this.summary.next(); ) if (this.summary.is(1, wire.bytes)) this.anyValue(seconds, step);
    }
  }

  private stepOf(event: WireFields): number {
    const step = event.int64;
    this.stepDigits = Number.isSafeInteger(step) ? null : int64Digits(event.low, event.high);
    return step;
  }

  /** Old writers: an event whose step goes back takes back what its own tags hold from that step on. */
  private guessRestart(bytes: Uint8Array, view: DataView, start: number, end: number, step: number, summaries: boolean): void {
    if (!summaries || step >= this.newestStep) {
      this.newestStep = step;
      return;
    }
    const { event, summary, value } = this;
    for (event.open(bytes, view, start, end); event.next(); ) {
      if (!event.is(eventField.summary, wire.bytes)) continue;
      for (summary.inside(event); summary.next(); ) {
        if (!summary.is(1, wire.bytes)) continue;
        for (value.inside(summary); value.next(); )
          if (value.is(valueField.tag, wire.bytes)) this.purge(this.tags.of(value.bytes, value.start, value.end), step);
      }
    }
  }

  private session(outer: WireFields, step: number): void {
    const { inner } = this;
    let status = 0;
    for (inner.inside(outer); inner.next(); ) if (inner.is(1, wire.varint)) status = inner.low;
    if (status === sessionStart && this.version >= 2) for (const tag of this.tags.all) this.purge(tag, step);
  }

  private purge(tag: Tag, fromStep: number): void {
    for (const [media, steps] of tag.media) {
      tag.media.set(
        media,
        steps.filter((step) => step < fromStep),
      );
      if (this.wish.keepMedia) this.output.push({ kind: 'media-purge', tag, media, fromStep });
      this.newest = null;
    }
    if (!tag.purgeable) return;
    this.hand(tag);
    this.output.push({ kind: 'purge', tag, fromStep });
  }

  private hand(tag: Tag): void {
    const batch = tag.take();
    if (batch && tag === this.tags.dropped) this.counts.dropped += batch.values.length;
    else if (batch) this.output.push({ kind: 'points', tag, batch });
  }

  /** One value of a summary, of any kind and layout. */
  private anyValue(seconds: number, step: number): void {
    const { value } = this;
    const { bytes, view, start, end } = this.summary;
    let tag: Tag | null = null;
    let node: Tag | null = null;
    for (value.open(bytes, view, start, end); value.next(); ) {
      if (value.is(valueField.tag, wire.bytes)) tag = this.tags.of(bytes, value.start, value.end);
      else if (value.is(valueField.metadata, wire.bytes) && tag) this.metadata(tag);
    }
    for (value.open(bytes, view, start, end); value.next(); ) {
      if (value.is(valueField.node, wire.bytes)) node = this.tags.of(bytes, value.start, value.end);
      else if (value.is(valueField.simple, wire.fixed32)) this.point(tag ?? this.unnamed(), step, value.float32, seconds, true);
      else if (value.is(valueField.tensor, wire.bytes)) this.tensorValue(tag ?? node ?? this.unnamed(), seconds, step);
      else if (value.type === wire.bytes && mediaKinds[value.field] !== undefined)
        this.media(tag ?? this.unnamed(), mediaKinds[value.field] as string, seconds, step);
    }
  }

  private unnamed(): Tag {
    return this.tags.of(this.value.bytes, 0, 0);
  }

  private point(tag: Tag, step: number, value: number, seconds: number, purgeable: boolean): void {
    if (!Number.isFinite(seconds)) {
      this.counts.badTimes++;
      return;
    }
    if (purgeable) tag.purgeable = true;
    tag.append(step, value, seconds * 1000);
    if (this.stepDigits === null) return;
    tag.exactStep(this.stepDigits);
    this.counts.hugeSteps++;
  }

  private media(tag: Tag, kind: string, seconds: number, step: number): void {
    const steps = tag.media.get(kind);
    if (steps) steps.push(step);
    else tag.media.set(kind, [step]);
    if (this.wish.keepMedia) this.items(tag, kind, plainItems(kind, this.value, { step, seconds }));
  }

  private items(tag: Tag, media: string, items: readonly EventItem[]): void {
    if (tag === this.tags.dropped) return;
    for (const { item, from } of items) {
      if (!this.newest) {
        this.newest = [];
        this.output.push({ kind: 'media', items: this.newest });
      }
      this.newest.push({ tag, media, item, from });
    }
  }

  /** The first metadata of a tag says which plugin its tensors are for; hyperparameters lie in the metadata themselves. */
  private metadata(tag: Tag): void {
    if (tag.plugin !== null) return;
    const { inner, plugin } = this;
    tag.plugin = '';
    for (inner.inside(this.value); inner.next(); ) {
      if (!inner.is(1, wire.bytes)) continue;
      for (plugin.inside(inner); plugin.next(); ) if (plugin.is(1, wire.bytes)) tag.plugin = plugin.text;
      if (tag.plugin === 'hparams') for (plugin.inside(inner); plugin.next(); ) if (plugin.is(2, wire.bytes)) this.sessions.take(plugin);
    }
  }

  private tensorValue(tag: Tag, seconds: number, step: number): void {
    const tensor = this.tensor.decode(this.value);
    if (tag.tensorUse === 'unknown') tag.tensorUse = tensorUse(tag.plugin ?? '', tensor);
    if (tag.tensorUse === 'scalar') {
      if (tensor.numeric && tensor.size === 1) this.point(tag, step, tensor.value, seconds, false);
      else this.counts.badScalars++;
    } else if (tag.tensorUse === 'media') {
      const kind = tag.plugin || 'tensor';
      tag.tensors.set(kind, (tag.tensors.get(kind) ?? 0) + 1);
      if (this.wish.keepMedia) this.items(tag, kind, tensorItems(kind, tag.name, this.value, { step, seconds }));
      if (kind === 'text' && this.wish.keepText?.(tag.name)) this.texts.set(tag.name, tensorStrings(this.value).join('\n'));
    }
  }
}

const boolType = 10;

/** Scalars are the tensors of the scalars plugin, and single numbers of no plugin. */
function tensorUse(plugin: string, tensor: TensorHead): Tag['tensorUse'] {
  if (plugin === 'hparams') return 'none';
  if (plugin === 'scalars') return 'scalar';
  return plugin === '' && tensor.rank === 0 && tensor.numeric && tensor.dtype !== boolType ? 'scalar' : 'media';
}

/** `brain.Event:2` → 2; anything else counts as old. */
function versionOf(text: string): number {
  const version = text.startsWith(versionPrefix) ? Number(text.slice(versionPrefix.length)) : Number.NaN;
  return Number.isNaN(version) ? -1 : version;
}
