// HOCON, as configuration files are written in it: what stands at a path, as text. No includes, no lists, no references that look ahead.

/** Objects within objects; deeper is no configuration. */
const deepest = 64;

/**
 * The texts of a document by path: `api { credentials { access_key: "x" } }` → `api.credentials.access_key` → `x`.
 * Later ones win. Lists are passed over, and so are includes. `${path}` and `${?path}` stand for what was said before, else for a variable of the environment.
 * @param env what an environment variable holds
 * @throws SyntaxError for what is no HOCON
 */
export function hoconTexts(text: string, env: (name: string) => string | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const reader = new Reader(text.replace(/^\uFEFF/, ''), (path) => found.get(path) ?? env(path));
  const isBraced = reader.skip(true) === '{';
  if (isBraced) reader.at++;
  reader.fields('', found, isBraced, 0);
  if (reader.skip(true) !== '') throw reader.error();
  return found;
}

class Reader {
  at = 0;

  constructor(
    private readonly text: string,
    private readonly resolve: (path: string) => string | undefined,
  ) {}

  error(): SyntaxError {
    return new SyntaxError(`unexpected ${JSON.stringify(this.text[this.at] ?? 'end')} in line ${this.text.slice(0, this.at).split('\n').length}`);
  }

  /** Passes blanks and comments, with `lines` line ends too. @returns the character that follows, '' at the end */
  skip(lines: boolean): string {
    const blank = lines ? /(?:[\s,]+|#[^\n]*|\/\/[^\n]*)*/y : /(?:[^\S\n]+|#[^\n]*|\/\/[^\n]*)*/y;
    blank.lastIndex = this.at;
    blank.test(this.text);
    this.at = Math.max(this.at, blank.lastIndex);
    return this.text[this.at] ?? '';
  }

  /** Fields up to the brace that closes them, or to the end. */
  fields(prefix: string, found: Map<string, string>, isBraced: boolean, depth: number): void {
    if (depth > deepest) throw this.error();
    for (;;) {
      const next = this.skip(true);
      if (next === '' && !isBraced) return;
      if (next === '}' && isBraced) {
        this.at++;
        return;
      }
      if (this.match(/include\s+(?:"[^"\n]*"|\w+\("[^"\n]*"\))/y)) continue;
      const path = prefix + this.key();
      const sign = this.skip(false);
      if (sign !== '{' && !this.match(/\+?[=:]/y)) throw this.error();
      this.value(path, found, depth);
    }
  }

  /** `a.b`, `"a".b` → `a.b` */
  key(): string {
    const parts: string[] = [];
    do {
      const part = this.quoted() ?? this.match(/[^\s"{}[\],:=+#.$]+/y)?.trim();
      if (!part) throw this.error();
      parts.push(part);
    } while (this.match(/[^\S\n]*\.[^\S\n]*/y) !== null);
    return parts.join('.');
  }

  value(path: string, found: Map<string, string>, depth: number): void {
    const first = this.skip(true);
    if (first === '{') {
      this.at++;
      this.fields(`${path}.`, found, true, depth + 1);
      return;
    }
    if (first === '[') {
      this.list(depth);
      return;
    }
    let text = '';
    let known = false;
    for (;;) {
      // Within a word, `//` begins no comment: addresses are written without quotes.
      const gap = this.match(/[^\S\n]+/y) ?? '';
      const part = this.quoted() ?? this.reference() ?? this.match(/(?!\/\/)[^\s"{}[\],#$]+/y);
      if (part === null) break;
      text += (known ? gap : '') + part;
      known = true;
    }
    if (!known) throw this.error();
    if (text !== '') found.set(path, text);
  }

  /** A list and all in it, passed over. */
  list(depth: number): void {
    this.at++;
    for (;;) {
      const next = this.skip(true);
      if (next === ']') {
        this.at++;
        return;
      }
      const before = this.at;
      if (next === '' || depth > deepest) throw this.error();
      this.value('', new Map(), depth + 1);
      if (this.at === before) throw this.error();
    }
  }

  quoted(): string | null {
    const three = this.match(/"""[\s\S]*?"""+/y);
    if (three !== null) return three.slice(3, -3);
    const one = this.match(/"(?:[^"\\\n]|\\.)*"/y);
    if (one === null) return null;
    try {
      return JSON.parse(one) as string;
    } catch {
      throw this.error();
    }
  }

  /** What is not known anywhere is nothing. */
  reference(): string | null {
    const path = /^\$\{\??\s*([^}]*?)\s*\}$/.exec(this.match(/\$\{[^}\n]*\}/y) ?? '')?.[1];
    return path === undefined ? null : (this.resolve(path.replaceAll('"', '')) ?? '');
  }

  match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const hit = pattern.exec(this.text)?.[0] ?? null;
    if (hit !== null) this.at += hit.length;
    return hit;
  }
}
