// What a person can do about a store that is written in a way that is not read here: let Aim itself write the series out.

/**
 * The tip of such an issue. The command was tried with Aim 3.29.1; what it writes is opened like any table, with the context of a
 * series behind its name.
 */
export function exportTip(hash: string): string {
  const name = "' '.join([m.name] + [f'{k}={v}' for k, v in m.context.to_dict().items()])";
  const row = `{'metric': ${name}, 'step': s, 'value': v, 'time': t}`;
  const points = `for m in aim.Run('${hash}', repo='.', read_only=True).metrics() for s, (v, e, t) in m.data.items()`;
  const command = `python -c "import json, aim; [print(json.dumps(${row})) ${points}]" > ${hash}.jsonl`;
  return `Where Aim is installed, run this in the folder that holds .aim, and open what it writes: ${command}`;
}
