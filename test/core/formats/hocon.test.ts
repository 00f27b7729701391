import { expect, test } from 'vitest';
import { hoconTexts } from '../../../src/core/formats/hocon';

const texts = (text: string, env: Readonly<Record<string, string>> = {}) => Object.fromEntries(hoconTexts(text, (name) => env[name]));

test('a file as clearml-init writes it', () => {
  const text = `# ClearML SDK configuration file
api {
    # Notice: 'host' is the api server (default port 8008), not the web server.
    api_server: https://api.clear.ml
    web_server: https://app.clear.ml  // the page
    files_server: https://files.clear.ml
    credentials {"access_key" = "KEY{}#", "secret_key" = "s\\"e\\u0041"}
    verify_certificate: True
}
sdk {
    storage { cache { default_base_dir: "~/.clearml/cache" } }
    metrics { file_history_size: 100, matplotlib_untitled_history_size: 100 }
    google.storage { credentials: [ { bucket: "b", subdir: "a" }, # one
      { bucket: "c" } ] }
    development { vcs_repo_detect_async: true, store_code_diff_from_remote: false }
}
agent { extra_docker_arguments: ["--ipc=host", "-v", "/a:/b"], default_docker.image: "nvidia/cuda:12" }`;
  expect(texts(text)).toMatchObject({
    'api.api_server': 'https://api.clear.ml',
    'api.web_server': 'https://app.clear.ml',
    'api.credentials.access_key': 'KEY{}#',
    'api.credentials.secret_key': 's"eA',
    'api.verify_certificate': 'True',
    'sdk.development.store_code_diff_from_remote': 'false',
    'agent.default_docker.image': 'nvidia/cuda:12',
  });
});

test.each<[string, string, Readonly<Record<string, string>>]>([
  ['JSON', '{"a": {"b": "c", "d": 1.50}}', { 'a.b': 'c', 'a.d': '1.50' }],
  ['dotted and quoted keys, later ones win', 'a.b = 1\n"a" . b : 2', { 'a.b': '2' }],
  ['words that stand together', 'a = one  two "three"', { a: 'one  two three' }],
  ['a text of several lines', 'a = """x\n"y" """', { a: 'x\n"y" ' }],
  [
    'variables: of the file, of the environment, of nothing',
    `h = lab\nu = "http://"\${h}":8008"\nk = \${KEY}\nn = \${?NONE}\nn2 = \${NONE}`,
    { h: 'lab', u: 'http://lab:8008', k: 'v' },
  ],
  ['includes are passed over', 'include "other.conf"\na = 1', { a: '1' }],
  ['nothing', ' \n# nothing\n', {}],
])('%s', (_, text, expected) => {
  expect(texts(text, { KEY: 'v' })).toEqual(expected);
});

test.each(['a {', 'a = ', '}', 'a = [1', 'a b', '= 1', 'a = "x', `a ${'{ a '.repeat(100)}`, `a = ${'['.repeat(100)}`])('%j is no HOCON', (text) => {
  expect(() => texts(text)).toThrow(SyntaxError);
});

test('long runs of blanks, comments and words cost what they are long', () => {
  const long = 1 << 20;
  expect(texts(`${' '.repeat(long)}a = 1`)).toEqual({ a: '1' });
  expect(texts(`${'#\n'.repeat(long / 2)}a = 1`)).toEqual({ a: '1' });
  expect(texts(`a = ${'b'.repeat(long)}`).a?.length).toBe(long);
  expect(texts(`a = ${'b '.repeat(long / 2)}`).a?.length).toBe(long - 1);
  expect(texts(`a = "${'\\\\'.repeat(long / 4)}"`).a?.length).toBe(long / 4);
});
