// `.comet.config`, in which Comet's client keeps key and address: `[comet]` and lines `api_key = …`.

/** As the environment variables that say the same: `api_key` is `COMET_API_KEY`. */
export function configVariables(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  let section = '';
  for (const line of text.split(/\r?\n/)) {
    const [, name] = /^\s*\[\s*([^\]]+?)\s*\]\s*$/.exec(line) ?? [];
    if (name !== undefined) section = name.toLowerCase();
    const [, key, value = ''] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (section === 'comet' && key !== undefined && value !== '') found[`COMET_${key.toUpperCase()}`] = value.replace(/^(["'])(.*)\1$/, '$2');
  }
  return found;
}
