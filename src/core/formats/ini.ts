// INI files as Python's `configparser` reads them, without substitution.

/** Keys in small letters; `=` or `:` between key and value; whole lines of `#` or `;` are remarks. */
export function iniSections(text: string): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const sections = new Map<string, Record<string, string>>();
  let open: Record<string, string> | null = null;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const [, name] = /^\[([^\]]+)\]\s*$/.exec(line) ?? [];
    if (name !== undefined) {
      open = sections.get(name) ?? {};
      sections.set(name, open);
      continue;
    }
    const [, key, value] = /^\s*([^\s=:#;][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (open && key !== undefined && value !== undefined) Object.defineProperty(open, key.toLowerCase(), { value, enumerable: true, configurable: true });
  }
  return sections;
}
