// The host ended and was started again: says so, and has read on what it was reading.

import type { SourceRef } from '../../wire/host-api';
import type { App } from '../state/app';
import { importSources } from '../state/import-actions';

export const tellRevived = ({ toasts }: App): void =>
  void toasts.show({
    kind: 'info',
    text: 'The part that reads files stopped and was started again.',
    detail: 'Nothing that was read is lost. What was being read is read on.',
  });

/** An import that lost its host is started once more; one that loses the second, too, may be the reason, and is left with its message. */
export function keepReading(app: App): void {
  if (!app.capabilities.revives) return;
  const again = new Set<string>();
  const keyOf = (sources: readonly SourceRef[]): string => sources.map(({ id }) => id).join(' ');
  app.importer.store.subscribe((imports) => {
    for (const { id, origin, phase } of imports) {
      if (origin?.kind !== 'host') continue;
      const key = keyOf(origin.sources);
      if (phase.kind === 'done') again.delete(key);
      if (phase.kind !== 'failed' || !phase.lost || again.has(key)) continue;
      again.add(key);
      app.importer.dismiss(id);
      importSources(app, origin.sources);
    }
  });
}
