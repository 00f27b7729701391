// Copies and saves panels.

import { useCallback } from 'react';
import { useApp } from '../../state/app';
import { pngOf } from '../../state/picture';
import type { CurveClient } from './client';
import type { PanelInput } from './controller';
import { csvOf, fileName, specFor, svgOf } from './export';
import { type ViewStore, zoomOf } from './view-store';

export type ExportKind = 'csv' | 'copy' | 'svg' | 'png' | 'figure';

function save(name: string, bytes: Uint8Array<ArrayBuffer>): string {
  const url = URL.createObjectURL(new Blob([bytes]));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download reads the address after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return `Saved ${name}`;
}

export function useExport(client: CurveClient, view: ViewStore): (kind: ExportKind, input: PanelInput) => void {
  const app = useApp();
  return useCallback(
    (kind, input) => {
      const work = async (): Promise<string | null> => {
        if (kind === 'figure') {
          const spec = await specFor(client, input, zoomOf(view.getState(), input.panel, input.sync));
          app.session.setState({ figure: { title: input.title, spec } });
          return null;
        }
        if (kind === 'csv' || kind === 'copy') {
          const text = csvOf(input.title, app.library.getState().runs, await client.points(input.panel));
          if (kind === 'csv') return save(fileName(input.title, 'csv'), new TextEncoder().encode(text));
          await navigator.clipboard.writeText(text);
          return 'Points copied';
        }
        const svg = await svgOf(client, input, zoomOf(view.getState(), input.panel, input.sync));
        return save(fileName(input.title, kind), kind === 'svg' ? new TextEncoder().encode(svg) : await pngOf(svg));
      };
      app.idle
        .track('export', work())
        .then((text) => text !== null && app.toasts.show({ kind: 'good', text }))
        .catch((error: unknown) => app.toasts.show({ kind: 'bad', text: 'That did not work', detail: error instanceof Error ? error.message : String(error) }));
    },
    [app, client, view],
  );
}
