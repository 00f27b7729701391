// A notebook written from its cells: what the examples of notebook rules are drawn in.

export interface DrawnCell {
  readonly source: string;
  readonly executed?: number | null;
  readonly output?: string;
}

/** The text of an `.ipynb` file of nbformat 4. */
export const notebookText = (cells: readonly DrawnCell[]): string =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: 'python3', language: 'python' } },
    cells: cells.map(({ source, executed = null, output }) => ({
      cell_type: 'code',
      metadata: {},
      execution_count: executed,
      source,
      outputs: output === undefined ? [] : [{ output_type: 'stream', name: 'stdout', text: output }],
    })),
  });
