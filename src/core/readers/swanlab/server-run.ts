// The events of one run on a server: what the interface tells, said as the run's folder would say it.

import { issue } from '../../base/issues';
import { isObject } from '../../formats/flatten';
import { type JsonObject, objectsOf, textOf } from '../../formats/http-json';
import { seedFacts } from '../../formats/seed';
import type { RunEvent, RunKey } from '../../model/events';
import { HttpError } from '../../source/http';
import type { ReadContext } from '../../source/reader';
import type { ListedRun } from '../../source/tracker';
import type { SwanLabApi } from './api';
import { configParams, metadataFacts, packageFacts } from './profile';
import { mediaEvents } from './server-media';
import { pointEvents } from './server-points';
import { msOf, refOf, statusOf } from './terms';

const run: RunKey = 0;

export async function* readListed({ nativeId, project }: ListedRun, api: SwanLabApi, context: ReadContext): AsyncGenerator<RunEvent> {
  const { signal } = context;
  const [found, projectId] = await Promise.all([api.run(project, nativeId, signal), api.projectId(project, signal)]);
  if (!found) throw new HttpError('not-found', `There is no run ${nativeId} in ${project} any more.`, api.access.base);
  yield { kind: 'begin', run, identity: { nativeId }, path: `${project}/${nativeId}` };
  yield* headerEvents(found, project);
  const { config = null, metadata = null, requirements } = isObject(found.profile) ? found.profile : {};
  const params = configParams(config);
  yield { kind: 'params', run, values: params };
  const facts = [
    ...metadataFacts(metadata, 'profile/metadata'),
    ...packageFacts(textOf(requirements) ?? '', 'profile/requirements'),
    ...seedFacts(params, { file: 'profile/config' }),
  ];
  for (const fact of facts) yield { kind: 'fact', run, fact };
  const ref = refOf(found, projectId);
  yield* pointEvents(run, ref, textOf(found.name) || nativeId, api, context);
  try {
    yield* mediaEvents(run, ref, statusOf(textOf(found.state)).status === 'running', api, context);
  } catch (error) {
    if (!(error instanceof HttpError) || error.isFinal) throw error;
    // Servers before 0.8 have no such call.
    if (error.code !== 'not-found')
      yield { kind: 'issue', run, issue: issue(error.code, `Media were left out: ${error.message}`, { file: error.file, severity: 'warn' }) };
  }
  yield { kind: 'end', run };
}

function* headerEvents(found: JsonObject, project: string): Generator<RunEvent> {
  const { name, cluster, job, description, createdAt, finishedAt, user, state, labels } = found;
  const { status, nativeStatus } = statusOf(textOf(state));
  yield {
    kind: 'header',
    run,
    set: {
      name: textOf(name),
      experiment: project.slice(project.indexOf('/') + 1),
      group: textOf(cluster) || null,
      jobType: textOf(job) || null,
      notes: textOf(description) || null,
      status,
      nativeStatus,
      startedMs: msOf(createdAt),
      endedMs: status === 'running' ? null : msOf(finishedAt),
      user: isObject(user) ? textOf(user.username) : null,
    },
  };
  yield { kind: 'tags', run, values: Object.fromEntries(objectsOf(labels).flatMap((label) => (textOf(label.name) ? [[textOf(label.name), true]] : []))) };
}
