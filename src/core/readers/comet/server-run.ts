// The events of one experiment on a server: what the interface tells, said as cometx's folder of it would say it.

import { issue } from '../../base/issues';
import { type JsonObject, objectsOf, textOf } from '../../formats/http-json';
import { seedFacts } from '../../formats/seed';
import type { RunEvent, RunKey } from '../../model/events';
import type { Value } from '../../model/values';
import { HttpError } from '../../source/http';
import type { ReadContext } from '../../source/reader';
import { currentValues, headerEvents, numbersIn } from '../_comet/experiment';
import { codeFacts, packageFacts, patchFacts, systemFacts } from '../_comet/facts';
import type { CometApi } from './api';
import { assetEvents, patchFile, textFile } from './server-files';
import { pointEvents } from './server-points';

const run: RunKey = 0;

/** @param metadata what the list told of the experiment */
export async function* readListed(key: string, metadata: JsonObject, api: CometApi, context: ReadContext): AsyncGenerator<RunEvent> {
  const { signal } = context;
  const path = [metadata.workspaceName, metadata.projectName, key].map((part) => textOf(part) ?? '').join('/');
  yield { kind: 'begin', run, identity: { nativeId: key }, path };
  const lost: HttpError[] = [];
  /** What a server may refuse, and the rest of the experiment does not depend on. */
  const beside = async <T>(asked: Promise<T>, none: T): Promise<T> => {
    try {
      return await asked;
    } catch (error) {
      if (!(error instanceof HttpError) || error.isFinal) throw error;
      if (error.code !== 'not-found') lost.push(error);
      return none;
    }
  };
  const of = (...[what]: [Parameters<CometApi['ofExperiment']>[1]]) => api.ofExperiment(key, what, signal);
  const [{ tags = null }, parameters, logged, summary, system, git, patch, code, output, assets] = await Promise.all([
    of('tags'),
    of('parameters'),
    of('log-other'),
    of('metrics/summary'),
    beside(of('system-details'), {}),
    beside(of('git/metadata'), {}),
    beside(api.patch(key, signal), null),
    beside(api.textOf(key, 'code', signal), ''),
    beside(api.textOf(key, 'output', signal), ''),
    beside(api.assets(key, 'all', signal), []),
  ]);
  yield* headerEvents(run, metadata, currentValues(logged.values), system, tags);
  const params = currentValues(parameters.values);
  yield { kind: 'params', run, values: params };
  const packages = Array.isArray(system.installedPackages) ? (system.installedPackages as readonly Value[]).filter((line) => typeof line === 'string') : [];
  const facts = [
    ...seedFacts(numbersIn(params), { file: 'experiment/parameters' }),
    ...systemFacts(system, 'experiment/system-details'),
    ...codeFacts(git, 'experiment/git/metadata'),
    ...packageFacts(packages, 'experiment/system-details'),
  ];
  for (const fact of facts) yield { kind: 'fact', run, fact };

  const files = [code && textFile('run/script.py', code), output && textFile('run/output.txt', output)].filter((file) => file !== '');
  const changes = patch && (await patchFile('run/git_diff.patch', patch, context));
  if (changes && changes.size > 0) for (const fact of patchFacts(changes.path)) yield { kind: 'fact', run, fact };
  for (const file of [...files, ...(changes && changes.size > 0 ? [changes] : [])])
    yield { kind: 'artifact', run, artifact: { path: file.path, size: file.size, kind: 'file' }, file };
  yield* assetEvents(run, key, path, assets, api, context);

  const names = [...objectsOf(summary.values).map(({ name }) => name), ...(Array.isArray(system.systemMetricNames) ? system.systemMetricNames : [])];
  yield* pointEvents(run, { key, names: new Set(names.filter((name) => typeof name === 'string')), throttled: metadata.throttle === true }, api, context);
  for (const { code: what, message, file } of lost) {
    yield { kind: 'issue', run, issue: issue(what, `Something of the experiment was left out: ${message}`, { file, severity: 'warn' }) };
  }
  yield { kind: 'end', run };
}
