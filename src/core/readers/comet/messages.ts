// What the messages of an archive say of its run, one by one.

import { isObject } from '../../formats/flatten';
import { numberOf } from '../../formats/numbers';
import type { Fact, FactValues } from '../../model/facts';
import type { Value, Values } from '../../model/values';
import { ownOthers } from '../_comet/meta';
import type { PointCollector } from '../_logs/collector';

/** A file that was to be uploaded. */
export interface Upload {
  /** The name it was given. */
  readonly name: string;
  /** Where it lies in the archive. */
  readonly stored: string;
  /** What it was called, figures included. */
  readonly title: string;
  /** The SDK's word: `visualization`, `audio`, `asset`. */
  readonly type: string;
  readonly step: number | null;
  readonly timeMs: number | null;
}

/** Pages that are held. */
const mostHtml = 100;

export class Messages {
  name: string | null = null;
  user: string | null = null;
  readonly params = new Map<string, Value>();
  readonly others = new Map<string, Value>();
  readonly facts: Fact[] = [];
  readonly uploads: Upload[] = [];
  readonly html: string[] = [];
  /** Values that could not be understood. */
  badValues = 0;

  constructor(
    private readonly points: PointCollector,
    /** The file's name, for evidence. */
    private readonly file: string,
  ) {}

  /** Takes one message in. @throws SyntaxError where it is none */
  take(message: Value, line: number): void {
    if (!isObject(message) || typeof message.type !== 'string' || !isObject(message.payload)) throw new SyntaxError('no message');
    const { type, payload } = message;
    if (type === 'metric_msg') this.metric(payload);
    else if (type === 'parameter_msg') this.param(payload.param);
    else if (type === 'log_other') this.other(payload);
    else if (type === 'git_metadata') this.git(payload.git_metadata, line);
    else if (type === 'system_details') this.system(payload, line);
    else if (type === 'installed_packages') this.packages(payload.installed_packages, line);
    else if (type === 'file_upload') this.upload(payload);
    else if (type === 'html' && typeof payload.html === 'string' && this.html.length < mostHtml) this.html.push(payload.html);
  }

  private metric({ metric, context: contextOf, local_timestamp: time }: Values): void {
    const { metricName: name, metricValue, step, context: inside } = isObject(metric) ? metric : {};
    const value = numberOf(metricValue);
    if (typeof name !== 'string' || value === null) {
      this.badValues++;
      return;
    }
    const context = textOrNull(contextOf) ?? textOrNull(inside);
    const at = typeof step === 'number' || typeof step === 'bigint' ? step : null;
    this.points.add(name, at, numberOf(time), value, { system: name.startsWith('sys.'), ...(context === null ? {} : { context: { context } }) });
  }

  /** What the SDK notes by itself (the step at hand) has another source. */
  private param(param: Value | undefined): void {
    if (isObject(param) && typeof param.paramName === 'string' && param.source === 'manual') this.params.set(param.paramName, param.paramValue ?? null);
  }

  private other({ key, value = null }: Values): void {
    if (key === 'Name') this.name = textOrNull(value);
    else if (typeof key === 'string' && !ownOthers.has(key)) this.others.set(key, value);
  }

  private git(git: Value | undefined, line: number): void {
    if (!isObject(git)) return;
    this.fact('git_commit', textOrNull(git.parent), line);
    this.fact('git_remote', textOrNull(git.origin), line);
    this.fact('git_branch', textOrNull(git.branch)?.replace(/^refs\/heads\//, '') ?? null, line);
  }

  private system(details: Values, line: number): void {
    const { command, python_version: python, os, hostname, user } = details;
    const words = Array.isArray(command) ? (command as readonly Value[]).filter((word) => typeof word === 'string').join(' ') : command;
    this.fact('command', textOrNull(words), line);
    this.fact('python', textOrNull(python), line);
    this.fact('os', textOrNull(os), line);
    this.fact('host', textOrNull(hostname), line);
    this.fact('cpu', textOrNull(details.processor), line);
    this.user = textOrNull(user);
  }

  private packages(list: Value | undefined, line: number): void {
    const pins = (Array.isArray(list) ? (list as readonly Value[]) : []).flatMap((pin): [string, string][] => {
      const [name, version] = typeof pin === 'string' ? pin.split('==') : [];
      return name && version ? [[name, version]] : [];
    });
    if (pins.length === 0) return;
    const evidence = [{ file: this.file, where: `line ${line}`, value: `${pins.length} packages` }];
    this.facts.push({ kind: 'packages', value: Object.fromEntries(pins), evidence });
  }

  private upload({ file_path: stored, additional_params: about, upload_type: type, local_timestamp: time }: Values): void {
    if (typeof stored !== 'string') return;
    const base = stored.split(/[\\/]/).at(-1) ?? '';
    const { fileName, figName, step } = isObject(about) ? about : {};
    this.uploads.push({
      name: textOrNull(fileName) ?? base,
      stored: base,
      title: textOrNull(figName) ?? textOrNull(fileName) ?? base,
      type: textOrNull(type) ?? '',
      step: typeof step === 'number' && Number.isFinite(step) ? step : null,
      timeMs: numberOf(time),
    });
  }

  private fact(kind: TextFact, value: string | null, line: number): void {
    if (value !== null) this.facts.push({ kind, value, evidence: [{ file: this.file, where: `line ${line}`, value: value.slice(0, 500) }] });
  }
}

type TextFact = { [K in keyof FactValues]: FactValues[K] extends string ? K : never }[keyof FactValues];

const textOrNull = (value: Value | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);
