// Which paths a glob means: `*` and `?` within a name, `**` for any folders, `{a,b}` for either. Without backtracking over the path.

const mostAlternatives = 64;

export type PathTest = (path: string) => boolean;

// Such as `runs/*/log.txt` or `**/*.{log,txt}`; folders are divided by `/`.
export function globTest(glob: string): PathTest {
  const ways = alternatives(glob).map((way) => way.split('/').filter((part) => part !== '' && part !== '.'));
  return (path) => {
    const parts = path.split('/');
    return ways.some((way) => matchesParts(way, parts));
  };
}

export function anyGlob(globs: readonly string[]): PathTest {
  const tests = globs.map(globTest);
  return (path) => tests.some((test) => test(path));
}

/** Matches names that are no paths: of columns and keys, where a `/` is a letter like others. */
export function nameTest(globs: readonly string[]): PathTest {
  const plain = new Set(globs.filter((glob) => !/[*?]/.test(glob)));
  const wild = globs.filter((glob) => /[*?]/.test(glob));
  return (name) => plain.has(name) || wild.some((glob) => matchesName(glob, name));
}

/** `a.{b,c}` → `a.b`, `a.c`. More than 64 of them, or an open brace, stand as written. */
function alternatives(glob: string): readonly string[] {
  let ways = [''];
  for (let at = 0; at < glob.length; at++) {
    const end = glob[at] === '{' ? glob.indexOf('}', at) : -1;
    const options = end < 0 ? [glob[at]!] : glob.slice(at + 1, end).split(',');
    if (ways.length * options.length > mostAlternatives) return [glob];
    ways = ways.flatMap((way) => options.map((option) => way + option));
    if (end >= 0) at = end;
  }
  return ways;
}

/** Whether some of the first parts fit, for every length: one row of a table at a time. */
function matchesParts(way: readonly string[], parts: readonly string[]): boolean {
  let fits = [true, ...parts.map(() => false)];
  for (const part of way) {
    const next = fits.map(() => false);
    if (part === '**') {
      let any = false;
      fits.forEach((fit, length) => {
        any ||= fit;
        next[length] = any;
      });
    } else
      parts.forEach((name, at) => {
        next[at + 1] = fits[at]! && matchesName(part, name);
      });
    fits = next;
  }
  return fits.at(-1)!;
}

/** The last star is the only one worth moving: linear in practice, length times length at worst. */
function matchesName(glob: string, name: string): boolean {
  let at = 0;
  let star = -1;
  let behind = 0;
  for (let read = 0; read < name.length; ) {
    if (at < glob.length && glob[at] === '*') {
      star = at++;
      behind = read;
    } else if (at < glob.length && (glob[at] === '?' || glob[at] === name[read])) {
      at++;
      read++;
    } else if (star >= 0) {
      at = star + 1;
      read = ++behind;
    } else return false;
  }
  while (glob[at] === '*') at++;
  return at === glob.length;
}
