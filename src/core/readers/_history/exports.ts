// Tables that were downloaded from a tracker's page: their columns or file names carry the run and the metric.

export interface WideColumn {
  readonly run: string;
  readonly metric: string;
}

/**
 * The chart download of W&B: `<run> - <metric>` with `…__MIN` and `…__MAX` beside it, one column per run.
 * @returns column → run and metric, or null where the table is another
 */
export function wideColumns(columns: readonly string[]): ReadonlyMap<string, WideColumn> | null {
  const all = new Set(columns);
  const charted = columns.filter((name) => name.includes(' - ') && all.has(`${name}__MIN`) && all.has(`${name}__MAX`));
  if (charted.length === 0) return null;
  return new Map(
    charted.map((name) => {
      const cut = name.lastIndexOf(' - ');
      return [name, { run: name.slice(0, cut), metric: name.slice(cut + 3) }];
    }),
  );
}

/** The scalar download of TensorBoard: `Wall time,Step,Value` in `run-<run>-tag-<tag>.csv`. Null for other files. */
export function tensorboardDownload(columns: readonly string[], stem: string): { readonly run: string | null; readonly tag: string } | null {
  if (columns.join() !== 'Wall time,Step,Value') return null;
  const match = /^run-(.*)-tag-(.+)$/.exec(stem);
  return { run: match?.[1] || null, tag: match?.[2] ?? 'Value' };
}
