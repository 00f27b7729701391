// A task that ClearML's own client wrote offline, as the stand-in holds it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { id, usual } from './runs';
import type { DrawnEvent, DrawnTask } from './store';

/** @param folder of a session; what a server would know beside it (status, times) is drawn */
export function sessionTask(folder: string): DrawnTask & { readonly project: string } {
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const task = JSON.parse(text('task.json')) as { readonly id: string; readonly project_name: string };
  const lines = text('metrics.jsonl').trim().split('\n');
  const events = lines.flatMap((line) => JSON.parse(line) as readonly DrawnEvent[]).filter((event) => event.task === task.id);
  return {
    task: { ...usual, ...task, id: task.id.replace('offline-', ''), project: id('1') },
    events: events.map((event) => ({ ...event, iter: event.iter ?? 0 })),
    project: task.project_name,
  };
}
