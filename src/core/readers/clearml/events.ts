// The events of a task, as a session logs them and a server tells them: scalars are points, single values the summary, plots and images are counted.

import { isObject } from '../../formats/flatten';
import { numberOf } from '../../formats/numbers';
import type { Value } from '../../model/values';
import type { PointCollector } from '../_logs/collector';
import { Samples } from './media';

/** The iteration of a value that was reported once, for the whole task. */
const single = -(2 ** 31);
const mediaKinds: Readonly<Record<string, string>> = { plot: 'plot', training_debug_image: 'image', training_stats_vector: 'histogram' };

export class TaskEvents {
  readonly summary = new Map<string, number>();
  readonly media = new Map<string, { readonly kind: string; count: number }>();
  readonly samples = new Samples();
  /** Values that could not be understood. */
  badValues = 0;

  constructor(
    private readonly points: PointCollector,
    /** The task's id: events of others belong to models. Null where it is not known. */
    private readonly task: string | null,
    private readonly keepMedia = false,
  ) {}

  /** Takes the events of one line or page in. @throws SyntaxError where it is no list of events */
  take(line: Value): void {
    if (!Array.isArray(line)) throw new SyntaxError('no list of events');
    for (const event of line as readonly Value[]) {
      if (!isObject(event) || typeof event.type !== 'string') throw new SyntaxError('no event');
      if (this.task !== null && typeof event.task === 'string' && event.task !== this.task) continue;
      const title = textOf(event.metric);
      const name = `${title}/${textOf(event.variant)}`;
      const kind = mediaKinds[event.type];
      if (kind !== undefined) {
        const known = this.media.get(name);
        if (known) known.count++;
        else this.media.set(name, { kind, count: 1 });
        if (this.keepMedia) this.samples.add(name, known?.kind ?? kind, event);
      } else if (event.type === 'training_stats_scalar') this.scalar(event, title, name);
    }
  }

  private scalar(event: { readonly [key: string]: Value }, title: string, name: string): void {
    const value = numberOf(event.value);
    const { iter } = event;
    if (value === null) {
      this.badValues++;
      return;
    }
    if (iter === single) {
      this.summary.set(textOf(event.variant), value);
      return;
    }
    const step = typeof iter === 'number' || typeof iter === 'bigint' ? iter : null;
    this.points.add(name, step, numberOf(event.timestamp), value, { system: title.startsWith(':monitor:') });
  }
}

const textOf = (value: Value | undefined): string => (typeof value === 'string' ? value : '');
