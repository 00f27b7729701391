// Thresholds that a project may set for itself, with what they are where it does not.

interface LimitEntry {
  readonly value: number;
  /** Printed in docs/practices.md. */
  readonly meaning: string;
}

export const projectLimits = {
  pointsPerSeries: { value: 100_000, meaning: 'more points in one series make slow charts (G-05)' },
  seriesPerRun: { value: 10_000, meaning: 'more series in one run make slow lists and searches (G-05)' },
  configBytes: { value: 10 * 1024 ** 2, meaning: 'a larger configuration slows every list of runs (G-05)' },
  pointsPerHour: { value: 10, meaning: 'fewer points an hour of training are too sparse to see trouble (G-05)' },
  fileBytes: { value: 100 * 1024 ** 2, meaning: 'a larger file does not go into a Git host (G-09)' },
  valueBytes: { value: 50 * 1024 ** 2, meaning: 'a larger param or tag belongs into a file (G-09)' },
  runningHours: { value: 24, meaning: 'a run that is called running and wrote nothing for so long is dead (G-08)' },
  savedBytes: { value: 100 * 1024 ** 2, meaning: 'less than that is not worth a word on copies and checkpoints (G-09)' },
  keepEvery: { value: 10, meaning: 'of the checkpoints that are neither best nor last, every so many is kept (G-11)' },
} as const satisfies Record<string, LimitEntry>;

export type LimitName = keyof typeof projectLimits;
