// What a job of the analysis worker answers, as a hook.

import { useEffect, useId, useMemo, useState } from 'react';
import type { Job } from '../registry/jobs';
import { useApp } from '../state/app';
import type { JobReply, JobState } from '../workers/analysis-client';

/** `Request` and `Result` of a job, from `typeof job`. */
type RequestOf<J> = J extends Job<infer Request, unknown> ? Request : never;
type ResultOf<J> = J extends Job<never, infer Result> ? Result : never;

interface Answer {
  readonly key: string;
  readonly reply: JobReply<unknown>;
}

/**
 * Asks a job and tells how it goes; an equal request is answered from what is kept.
 * Name the job by its type alone, so that its code stays in the worker:
 * `import type { job } from './job'; const state = useJob<typeof job>('effects', request)`.
 * @param request plain data that names all that the result depends on (`refsOf(runs)` and settings); null asks for nothing
 * @param background true for what nobody waits for
 */
export function useJob<J>(id: string, request: RequestOf<J> | null, background = false): JobState<ResultOf<J>> {
  type Result = ResultOf<J>;
  const { analysis } = useApp();
  const place = useId();
  const key = useMemo(() => (request === null ? null : JSON.stringify(request)), [request]);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [before, setBefore] = useState<Result | null>(null);

  useEffect(() => {
    if (key === null) return;
    return analysis.watch({ job: id, place, request: JSON.parse(key), background }, (reply) => {
      setAnswer({ key, reply });
      if (reply.kind === 'done') setBefore(reply.result as Result);
    });
  }, [analysis, id, place, key, background]);

  return useMemo((): JobState<Result> => {
    if (key === null) return { kind: 'idle' };
    if (answer?.key === key) {
      const reply = answer.reply as JobReply<Result>;
      return reply.kind === 'done' ? reply : { ...reply, before };
    }
    // Kept from before: shown in the first draw already.
    const kept = analysis.kept({ job: id, request: JSON.parse(key) });
    return kept === undefined ? { kind: 'running', progress: null, before } : { kind: 'done', result: kept as Result };
  }, [analysis, id, key, answer, before]);
}
