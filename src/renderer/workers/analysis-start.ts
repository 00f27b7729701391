// Starts the worker that judges runs when the first wish comes.

import { AnalysisClient, type AnalysisPort } from './analysis-client';

/** @param begin registers work that tests wait for */
export const startAnalysis = (begin: (label: string) => () => void): AnalysisClient =>
  new AnalysisClient({
    start: () => new Worker(new URL('./analysis.worker.ts', import.meta.url), { type: 'module', name: 'analysis' }) as AnalysisPort,
    begin,
    later: (work, ms) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
  });
