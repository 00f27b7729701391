// The calls of ClearML's API that its client and Diptych ask, each with the fields that it takes (clearml/backend_api/services).
import { type DrawnTask, eventPage, type Held, type Item, joined, matching, metricPage, paged, Refused, type Sizes, textsOf } from './store';

interface Call {
  readonly takes: readonly string[];
  readonly needs?: readonly string[];
  answer(question: Item, held: Held, sizes: Sizes): Item;
}

const listTakes = [
  'id',
  'name',
  'user',
  'tags',
  'system_tags',
  'page',
  'page_size',
  'order_by',
  'only_fields',
  'search_text',
  '_all_',
  '_any_',
  'scroll_id',
  'size',
];
const taskTakes = [...listTakes, 'project', 'type', 'status', 'parent', 'status_changed', 'search_hidden', 'include_subprojects', 'allow_public'];
const projectFields = new Set(['id', 'name', 'basename', 'description', 'user', 'company', 'created', 'last_update', 'tags', 'system_tags']);
const modelFields = new Set([
  'id',
  'name',
  'uri',
  'framework',
  'user',
  'company',
  'created',
  'task',
  'parent',
  'project',
  'comment',
  'tags',
  'system_tags',
  'labels',
  'design',
  'ready',
  'metadata',
  'last_update',
  'stats',
]);
const taskFields = new Set([
  ...['id', 'name', 'user', 'company', 'type', 'status', 'comment', 'created', 'started', 'completed', 'active_duration', 'parent', 'project', 'output'],
  ...['execution', 'container', 'models', 'script', 'tags', 'system_tags', 'status_changed', 'status_message', 'status_reason', 'published', 'last_worker'],
  ...['last_worker_report', 'last_update', 'last_change', 'last_iteration', 'last_metrics', 'metric_stats', 'hyperparams', 'configuration', 'runtime'],
]);

const tasksOf = (question: Item, { tasks }: Held) => {
  const hidden = question.search_hidden || question.id ? [] : ['-hidden'];
  return matching(
    tasks.map(({ task }) => task),
    { ...question, system_tags: [...textsOf(question.system_tags), ...hidden] },
  );
};

function found({ tasks }: Held, id: unknown): DrawnTask {
  const task = tasks.find((one) => one.task.id === id);
  if (!task) throw new Refused(400, 101, `Invalid task id: id=${id}, company=lab`);
  return task;
}

const scalars = ({ events }: DrawnTask) => events.filter(({ type }) => type === 'training_stats_scalar');

/** By title and series. */
function byVariant<T>(drawn: DrawnTask, of: (events: DrawnTask['events'], variant: string) => T): Record<string, Record<string, T>> {
  const answer: Record<string, Record<string, T>> = {};
  const groups = new Map<string, DrawnTask['events'][number][]>();
  for (const event of scalars(drawn)) {
    const group = groups.get(`${event.metric}\0${event.variant}`) ?? [];
    groups.set(`${event.metric}\0${event.variant}`, group);
    group.push(event);
  }
  for (const events of groups.values()) {
    const [{ metric, variant }] = events as [DrawnTask['events'][number]];
    answer[metric] = { ...answer[metric], [variant]: of(events, variant) };
  }
  return answer;
}

const single = -(2 ** 31);

export const calls: Readonly<Record<string, Call>> = {
  'server.info': { takes: [], answer: () => ({ version: '2.0.1', build: '613', commit: 'abc', api_version: '2.31', uid: 'u' }) },
  'users.get_current_user': { takes: ['get_supported_features'], answer: (_, { users }) => ({ user: users[0] }) },
  'projects.get_all': {
    takes: [...listTakes, 'description', 'search_hidden'],
    answer: (question, { projects }) => ({ projects: paged(matching(projects, question), question, projectFields) }),
  },
  'projects.get_all_ex': {
    takes: [...listTakes, 'search_hidden', 'include_stats'],
    answer: (question, { projects }) => ({ projects: paged(matching(projects, question), question, projectFields) }),
  },
  'projects.get_by_id': {
    takes: ['project'],
    needs: ['project'],
    answer: ({ project }, { projects }) => ({ project: projects.find(({ id }) => id === project) }),
  },
  'tasks.get_all': { takes: taskTakes, answer: (question, held) => ({ tasks: paged(tasksOf(question, held), question, taskFields) }) },
  'tasks.get_all_ex': {
    takes: taskTakes,
    answer: (question, held) => ({
      tasks: paged(tasksOf(question, held), question, taskFields).map((task) => joined(task, held, textsOf(question.only_fields))),
    }),
  },
  'tasks.get_by_id': { takes: ['task'], needs: ['task'], answer: ({ task }, held) => ({ task: found(held, task).task }) },
  'models.get_all': { takes: [...listTakes, 'task'], answer: (question, { models }) => ({ models: paged(matching(models, question), question, modelFields) }) },
  'models.get_all_ex': {
    takes: [...listTakes, 'task'],
    answer: (question, { models }) => ({ models: paged(matching(models, question), question, modelFields) }),
  },
  'models.get_by_id': { takes: ['model'], needs: ['model'], answer: ({ model }, { models }) => ({ model: models.find(({ id }) => id === model) }) },
  'events.get_task_events': {
    takes: ['task', 'order', 'scroll_id', 'batch_size', 'event_type', 'model_events'],
    needs: ['task'],
    answer: (question, held, sizes) => eventPage(found(held, question.task), question, sizes),
  },
  'events.get_scalar_metric_data': {
    takes: ['task', 'metric', 'scroll_id', 'no_scroll', 'model_events'],
    needs: ['task', 'metric'],
    answer: (question, held) => metricPage(found(held, question.task), question),
  },
  'events.get_scalar_metrics_and_variants': {
    takes: ['task', 'model_events'],
    needs: ['task'],
    answer: ({ task }, held) => ({
      metrics: Object.fromEntries(Object.entries(byVariant(found(held, task), () => 0)).map(([metric, variants]) => [metric, Object.keys(variants)])),
    }),
  },
  'events.scalar_metrics_iter_histogram': {
    takes: ['task', 'samples', 'key', 'metrics', 'model_events'],
    needs: ['task'],
    answer: ({ task }, held) => {
      const drawn = found(held, task);
      const kept = { ...drawn, events: drawn.events.filter(({ iter }) => iter !== single) };
      return byVariant(kept, (events, name) => {
        const sorted = [...events].sort((a, b) => a.iter - b.iter);
        return { name, x: sorted.map(({ iter }) => iter), y: sorted.map(({ value }) => value) };
      });
    },
  },
  'events.get_task_single_value_metrics': {
    takes: ['tasks', 'model_events', 'metrics'],
    needs: ['tasks'],
    answer: ({ tasks }, held) => ({
      tasks: (tasks as readonly string[]).flatMap((id) => {
        const { events, task } = found(held, id);
        const values = events.filter(({ iter }) => iter === single);
        return values.length === 0 ? [] : [{ task: id, task_name: task.name, values }];
      }),
    }),
  },
};

/** @throws Refused as the server refuses */
export function answerOf(name: string, question: Item, held: Held, sizes: Sizes): Item {
  const call = calls[name];
  if (!call) throw new Refused(404, 0, `Unable to find endpoint for name ${name}`);
  // ClearML's own client says the method of the request in some of its bodies.
  const strange = Object.keys(question).filter((field) => field !== 'method' && !call.takes.includes(field));
  if (strange.length > 0) throw new Refused(400, 12, `Validation error: ${strange.join()} not taken by ${name}`);
  const missing = (call.needs ?? []).filter((field) => question[field] === undefined);
  if (missing.length > 0) throw new Refused(400, 12, `Validation error: ${missing.join()} is required by ${name}`);
  return call.answer(question, held, sizes);
}
