// A connection to Comet: the projects of workspaces, and their experiments.

import { type JsonObject, textOf } from '../../formats/http-json';
import { numberOf } from '../../formats/numbers';
import { textDigest } from '../../formats/text-digest';
import { HttpError } from '../../source/http';
import type { ReadContext } from '../../source/reader';
import type { Connect, Connection, ListedRun, Project, RunQuery } from '../../source/tracker';
import { msOf, statusOf } from '../_comet/experiment';
import { CometApi } from './api';
import { type Condition, parseFilter, rulesOf } from './filter';
import { readListed } from './server-run';

export const connect: Connect = async (access, settings, http, signal) => {
  const api = new CometApi(access, http);
  // Says whether we may read, and whether this is Comet at all.
  const [version, user] = await Promise.all([api.version(signal), api.user(signal)]);
  return new CometConnection(api, version, user, settings.workspace ?? null, settings.project ?? null);
};

class CometConnection implements Connection {
  readonly server: string;
  readonly runsAtOnce = 1;

  constructor(
    private readonly api: CometApi,
    version: string | null,
    readonly user: string | null,
    private readonly workspace: string | null,
    private readonly project: string | null,
  ) {
    this.server = version === null ? 'Comet' : `Comet ${version}`;
  }

  async *projects(signal: AbortSignal): AsyncGenerator<readonly Project[]> {
    for (const workspace of this.workspace === null ? await this.api.workspaces(signal) : [this.workspace]) {
      const projects = (await this.api.projects(workspace, signal)).flatMap(({ projectName, numberOfExperiments, lastUpdated }): Project[] => {
        const name = textOf(projectName);
        if (name === null || (this.project !== null && name !== this.project)) return [];
        const id = `${workspace}/${name}`;
        return [{ id, name: id, runs: numberOf(numberOfExperiments), changedMs: msOf(lastUpdated) }];
      });
      if (projects.length > 0) yield projects;
    }
  }

  async *runs(query: RunQuery, signal: AbortSignal): AsyncGenerator<readonly ListedRun[]> {
    const { projects, since, ids } = query;
    if (ids) {
      for (const id of ids) {
        const found = await this.api.metadata(id, signal);
        if (found) yield await this.#listed([found], query, signal);
      }
      return;
    }
    const condition = parseFilter(query.filter);
    for (const project of projects) {
      for (const archived of [false, true]) {
        const wanted = condition && (await this.#matching(project, condition, archived, signal));
        if (wanted?.size === 0) continue;
        for await (const page of this.api.experiments(...splitOnce(project), archived, signal)) {
          const found = page.filter(({ experimentKey, startTimeMillis }) => {
            const started = msOf(startTimeMillis);
            return (wanted?.has(textOf(experimentKey) ?? '') ?? true) && (since === null || (started !== null && started >= since));
          });
          if (found.length > 0) yield await this.#listed(found, query, signal);
        }
      }
    }
  }

  read([run]: readonly ListedRun[], context: ReadContext) {
    return readListed(run?.nativeId ?? '', run?.note as JsonObject, this.api, context);
  }

  async #matching(project: string, condition: Condition, archived: boolean, signal: AbortSignal): Promise<ReadonlySet<string>> {
    const place = splitOnce(project);
    const rules = rulesOf(condition, await this.api.columns(...place, signal));
    if (rules === null) return new Set();
    try {
      return await this.api.search(...place, rules, archived, signal);
    } catch (error) {
      if (!(error instanceof HttpError) || error.code !== 'not-found') throw error;
      throw new HttpError(
        'not-found',
        'This Comet has no search by expressions.',
        error.file ?? this.api.access.base,
        'Leave out the filter, or update Comet.',
      );
    }
  }

  #listed(experiments: readonly JsonObject[], { glance }: RunQuery, signal: AbortSignal): Promise<readonly ListedRun[]> {
    return Promise.all(
      experiments.map(async (metadata): Promise<ListedRun> => {
        const nativeId = textOf(metadata.experimentKey) ?? '';
        const status = statusOf(metadata);
        const going = status === 'running' || status === 'unknown';
        return {
          nativeId,
          project: `${textOf(metadata.workspaceName) ?? ''}/${textOf(metadata.projectName) ?? ''}`,
          name: textOf(metadata.experimentName),
          status,
          startedMs: msOf(metadata.startTimeMillis),
          user: null,
          mark: going && glance ? '' : textDigest([metadata, going ? await this.api.ofExperiment(nativeId, 'metrics/summary', signal) : null]),
          note: metadata,
        };
      }),
    );
  }
}

function splitOnce(path: string): readonly [string, string] {
  const at = path.indexOf('/');
  return [path.slice(0, at), path.slice(at + 1)];
}
