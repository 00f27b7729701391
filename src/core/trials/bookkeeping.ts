// Which columns of a table, or params of a run, say something about the run and set nothing in it.

/** What a column tells of a run: who it is, when and where it ran, how it ended. */
export type Bookkeeping = 'id' | 'name' | 'status' | 'duration' | 'circumstance' | 'note';

const rules: readonly { readonly is: Bookkeeping; readonly name: RegExp; readonly cells?: RegExp }[] = [
  { is: 'id', name: /^(_?id|(run|trial|job|task|exp|experiment|slurm_job)[ _.-]?(id|uuid|uid|number|no)|uuid|guid|run|trial|number|index)$/i },
  { is: 'name', name: /^(name|(run|trial|job|display)[ _.-]?name)$/i },
  { is: 'status', name: /^(status|state|(run|trial)[ _.-]?(status|state))$/i, cells: /^[a-z _-]*$/i },
  {
    is: 'duration',
    name: /^_?(duration|runtime|run[ _]?time|elapsed|wall[ _]?time|wall[ _]?clock|time[ _]?(total|taken)?|training[ _]?time|train[ _]?time)([ _.]?(s|sec|secs|seconds|ms|total_s))?$/i,
  },
  {
    is: 'circumstance',
    name: /^_?((git[ _.-]?)?(commit|sha|revision|rev)([ _.-]?(hash|sha|id))?|git[ _.-]?(hash|branch|dirty)|host(name)?|node|machine|gpu([ _.-]?(name|type|model))?|hardware|user(name)?|experiment([ _.-]?name)?|sweep([ _.-]?id)?|dataset[ _.-]?(digest|hash)|data[ _.-]?(digest|hash)|(created|started|finished|ended|start|end|created_at|datetime)([ _.-]?(at|time|date|ms))?|timestamp|date)$/i,
  },
  { is: 'note', name: /^(notes?|comments?|description|tags?|url|link)$/i },
];

/** The bookkeeping that a column is, or null for a param. An unnamed or numbered first column (an index) is settled by its name. */
export function bookkeepingOf(name: string, cells: readonly string[]): Bookkeeping | null {
  const found = rules.find((rule) => rule.name.test(name) && (rule.cells === undefined || cells.every((cell) => rule.cells?.test(cell) ?? true)));
  if (found) return found.is === 'id' && !allDistinct(cells) && !/id$/i.test(name) ? null : found.is;
  return null;
}

const allDistinct = (cells: readonly string[]): boolean => new Set(cells).size === cells.length;
