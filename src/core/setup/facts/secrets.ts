// Keys, passwords and paths of one person's machine that are written into code.

import type { TextEdit } from '../finding';
import type { Project } from '../project/project';
import type { PyModule } from '../python/module';
import { fieldOf, type Syntax, walk } from '../python/syntax';
import { factOf, gathered, type Steps } from '../steps';
import { importAbove } from './imports';

export interface Secret {
  readonly kind: 'key' | 'password' | 'home';
  readonly module: PyModule;
  /** The text. Its content is never part of a finding. */
  readonly node: Syntax;
  /** The variable of the environment that would hold it. */
  readonly variable: string;
  readonly confidence: number;
}

/** Keys that services mark as theirs. */
const marked: readonly { readonly text: RegExp; readonly variable: string }[] = [
  { text: /^hf_[A-Za-z0-9]{20,}$/, variable: 'HF_TOKEN' },
  { text: /^sk-(proj-|ant-)?[A-Za-z0-9_-]{20,}$/, variable: 'API_KEY' },
  { text: /^(ghp|gho|ghs|ghu)_[A-Za-z0-9]{20,}$|^github_pat_\w{20,}$/, variable: 'GITHUB_TOKEN' },
  { text: /^(AKIA|ASIA)[0-9A-Z]{16}$/, variable: 'AWS_ACCESS_KEY_ID' },
  { text: /^AIza[\w-]{35}$/, variable: 'GOOGLE_API_KEY' },
  { text: /^xox[abp]-[\w-]{10,}$/, variable: 'SLACK_TOKEN' },
  { text: /^glpat-[\w-]{20,}$/, variable: 'GITLAB_TOKEN' },
  // Neptune's tokens are JSON in base64 that begins with the address of the API.
  { text: /^eyJhcGlfYWRkcmVzcyI6[\w+/=]{20,}$/, variable: 'NEPTUNE_API_TOKEN' },
  { text: /^-----BEGIN [A-Z ]*PRIVATE KEY-----/, variable: 'PRIVATE_KEY' },
];

const keyName =
  /(^|_)(api_?key|apikey|api_?token|access_?token|auth_?token|secret(_?key)?|secret_?access_?key|password|passwd|pwd|private_?key|access_?key|hf_?token|wandb_?key|client_?secret)$/i;
const looseKeyName = /(^|_)(key|token|auth)$/i;
/** Keys and tokens that open nothing: of the next page of a list, of a cache, of a table. */
const openName = /(^|_)(page|continuation|continue|cursor|sync|cache|sort|primary|foreign|idempotency|partition|public)_?(key|token)$/i;
const placeholder =
  /^$|^(<.*>|\{.*\}|\$.*|x{3,}.*|\*+|\.{3}|your[\W_].*|.*your[\W_-]?(api|key|token|secret|password|wandb|user).*|.*(replace|change|insert|todo|example|dummy|placeholder|changeme|none|null|test|fake|redacted|xxx|here).*|[a-z_]+|[A-Z_]+|password|secret|token)$/i;
const uri = /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]+:([^/\s@]+)@[^/\s]+/i;
const home =
  /^([a-z][a-z0-9+]*:\/\/\/?)?((?:\/[\w.-]+){0,2}\/home\/([^/\s{}<>$%]+)\/|\/Users\/([^/\s{}<>$%]+)\/|[A-Za-z]:(\\\\?|\/)Users(\\\\?|\/)([^\\/\s{}<>$%]+)(\\|\/))/i;
/** Folders that every container or everybody has. */
const everybody =
  /^(jovyan|ubuntu|runner|ec2-user|sagemaker-user|vscode|docker|app|appuser|node|shared|public|all users|default|user|username|your_?\w*|you|me|name|<.*|xxx.*|example)$/i;

/** An account that is called so, with folders that only a machine in use has. */
const isAccount =
  /[A-Za-z]:(\\\\?|\/)Users(\\\\?|\/)(user|admin|lenovo|dell|hp|asus|pc)(\\\\?|\/)(PycharmProjects|Desktop|Documents|Downloads|OneDrive|AppData|anaconda3|miniconda3)\b/i;

/** Every secret and home path in code that can be reached, in the order of files and lines. */
export const secretsOf = factOf(function* (project: Project): Steps<readonly Secret[]> {
  return yield* gathered(project.modules, (module): readonly Secret[] => {
    if (!/key|token|secret|passw|pwd|auth|:\/\/[^\s"']*@|hf_|sk-|ghp_|AKIA|AIza|\/home\/|\/Users\/|\\Users|BEGIN/i.test(module.code.text)) return [];
    const found: Secret[] = [];
    for (const node of walk(module.root)) {
      if (node.type !== 'string' || isDocumentation(node)) continue;
      const secret = secretOf(node, module);
      if (secret && project.reaches({ node, within: module.functionAround(node), module })) found.push(secret);
    }
    return found;
  });
});

/** A text that stands for itself: a docstring. */
const isDocumentation = (node: Syntax): boolean => node.parent?.type === 'expression_statement';

function secretOf(node: Syntax, module: PyModule): Secret | null {
  const text = node.children
    .filter(({ type }) => type === 'string_content' || type === 'interpolation')
    .map((part) => (part.type === 'interpolation' ? '{}' : module.textOf(part)))
    .join('');
  if (text.length > 4_000 || text.includes('\n')) return null;
  const service = marked.find((one) => one.text.test(text));
  if (service) return { kind: 'key', module, node, variable: service.variable, confidence: 0.95 };
  const password = uri.exec(text)?.[1];
  if (password !== undefined && !password.includes('{}') && !placeholder.test(password))
    return { kind: 'password', module, node, variable: variableOf(node, module) ?? 'SERVICE_URI', confidence: 0.9 };
  const person = home.exec(text);
  if (person && (isAccount.test(text) || !everybody.test(person[3] ?? person[4] ?? person[7] ?? '')))
    return { kind: 'home', module, node, variable: variableOf(node, module) ?? 'DATA_DIR', confidence: 0.9 };
  const label = labelOf(node, module);
  if (label === null || text.includes('{}') || /\s/.test(text)) return null;
  const isKey =
    (keyName.test(label) && text.length >= 8 && !placeholder.test(text)) || (/(^|_)(password|passwd|pwd)$/i.test(label) && logsIn(label, text, module));
  const isLoose = looseKeyName.test(label) && !openName.test(label) && isRandom(text);
  if (!isKey && !isLoose) return null;
  if (/^(https?:|\/|\.|~)/.test(text)) return null;
  return {
    kind: /passw|pwd/i.test(label) ? 'password' : 'key',
    module,
    node,
    variable: variableOf(node, module) ?? 'API_KEY',
    confidence: isRandom(text) ? 0.95 : 0.8,
  };
}

/** A short password, in words even, that the module logs in with: in the address of a database, or as `password=`. */
function logsIn(name: string, text: string, module: PyModule): boolean {
  if (text.length < 4 || placeholder.test(text.replace(/^[a-z]+$/i, 'a1'))) return false;
  if (/^(your|my|some|enter|insert|the|example|dummy|change|replace|password|passwd|secret|test|none|null|xxx)/i.test(text)) return false;
  return new RegExp(`:\\/\\/[^\\n]*\\{${name}\\}|\\b(password|passwd|pwd)\\s*=\\s*${name}\\b`).test(module.code.text) && /^\w+$/.test(name);
}

/** Long, of letters and digits mixed, as no word of a language is. */
const isRandom = (text: string): boolean =>
  text.length >= 20 && /\d/.test(text) && /[A-Za-z]/.test(text) && /^[\w+/=.-]+$/.test(text) && !/^[a-z]+([-_][a-z0-9]+)+$/.test(text);

/** What the text is given to: a keyword, a variable, a variable of the environment, the key of a dictionary. */
function labelOf(node: Syntax, module: PyModule): string | null {
  const parent = node.parent;
  if (!parent) return null;
  if (parent.type === 'keyword_argument') return word(fieldOf(parent, 'name'), module);
  if (parent.type === 'pair' && node.field === 'value') return word(fieldOf(parent, 'key'), module);
  if (parent.type === 'assignment' && node.field === 'right') {
    const left = fieldOf(parent, 'left');
    if (left?.type === 'subscript') return word(fieldOf(left, 'subscript'), module);
    if (left?.type === 'attribute') return word(fieldOf(left, 'attribute'), module);
    return left?.type === 'identifier' ? word(left, module) : null;
  }
  if (parent.type === 'argument_list') {
    const call = parent.parent;
    const callee = call ? fieldOf(call, 'function') : null;
    const written = callee ? module.textOf(callee) : '';
    const [first, second] = parent.children;
    // `os.environ.setdefault("WANDB_API_KEY", "…")`, `login("…")`.
    if (second === node && first && /environ|setdefault|setenv|putenv/.test(written)) return word(first, module);
    if (first === node && /(^|\.)(login|authenticate|set_api_key)$/.test(written)) return 'key';
  }
  return null;
}

const word = (node: Syntax | null, module: PyModule): string | null => (node ? module.textOf(node).replaceAll(/^[fr]?["']|["']$/g, '') : null);

function variableOf(node: Syntax, module: PyModule): string | null {
  const label = labelOf(node, module);
  if (label === null || !/^[A-Za-z_]\w*$/.test(label)) return null;
  const call = node.parent?.parent?.parent;
  const callee = call?.type === 'call' ? fieldOf(call, 'function') : null;
  const service = callee ? /^(wandb|neptune|comet_ml|openai|swanlab|clearml)\b/.exec(module.textOf(callee))?.[1] : undefined;
  const name = label.toUpperCase();
  if (service === 'wandb') return 'WANDB_API_KEY';
  return service && !name.includes(service.toUpperCase()) ? `${service.toUpperCase()}_${name}` : name === 'KEY' || name === 'TOKEN' ? `API_${name}` : name;
}

/** Edits that read it from the environment instead; none in notebooks, and none where it sets the environment. */
export function fromEnvironment({ module, node, variable }: Secret): readonly TextEdit[] {
  if (module.code.cells !== null || /environ|putenv|setenv/.test(module.textOf(node.parent ?? node))) return [];
  if (node.parent?.type === 'concatenated_string' || node.parent?.type === 'binary_operator') return [];
  const above = importAbove(module, 'os');
  const known = /^import os$|^import os\b|,\s*os\b/m.test(module.code.text);
  if (!above && !known) return [];
  const here: TextEdit = { file: module.code.path, cell: null, from: node.from, to: node.to, text: `os.environ["${variable}"]` };
  return above ? [above, here] : [here];
}
