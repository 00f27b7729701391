// A W&B run written as its clients before 0.10 wrote it, in JSON lines: pictures, a sound, charts and a plotly figure with made-up content,
// and a page and a drawing that try to run.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { attack } from './hostile';

export interface MediaRunOptions {
  readonly id: string;
  /** Pictures of one media at one step. */
  readonly pictures: number;
  /** Names of media that hold so many pictures each. */
  readonly galleries: readonly string[];
  /** Added to the counts of the confusion matrix, so that runs differ. */
  readonly wrong: number;
}

/** @param base where the `wandb` folder is made */
export function writeMediaRun(base: string, { id, pictures, galleries, wrong }: MediaRunOptions): void {
  const folder = join(base, 'wandb', `run-20200101_000000-${id}`);
  const put = (path: string, content: string | Buffer): string => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
    return path;
  };
  const table = (name: string, columns: readonly string[], data: readonly (readonly unknown[])[]) => ({
    _type: 'table-file',
    path: put(`media/table/${name}_0.table.json`, JSON.stringify({ columns, data })),
    ncols: columns.length,
    nrows: data.length,
  });
  const rows = [0, 10].map((step) => ({
    _step: step,
    _timestamp: 1_577_836_800 + step,
    loss: 1 / (step + 1),
    ...Object.fromEntries(
      galleries.map((name) => [
        name,
        {
          _type: 'images/separated',
          count: pictures,
          filenames: Array.from({ length: pictures }, (_, i) => put(`media/images/${name}_${step}_${i}.png`, png(8, step + i))),
        },
      ]),
    ),
    tone: { _type: 'audio-file', path: put(`media/audio/tone_${step}.wav`, wav(220 + 20 * step)), caption: `${220 + 20 * step} Hz` },
    preds: table(
      'preds',
      ['picture', 'score'],
      [3, 1, 2].map((score) => [{ _type: 'image-file', path: put(`media/images/cell_${score}.png`, png(8, score)) }, score]),
    ),
    confusion_table: table(
      'confusion_table',
      ['Actual', 'Predicted', 'nPredictions'],
      [
        ['cat', 'cat', 40 - wrong],
        ['cat', 'dog', wrong],
        ['dog', 'cat', 2],
        ['dog', 'dog', 38],
      ],
    ),
    roc_table: table(
      'roc_table',
      ['class', 'fpr', 'tpr'],
      [0, 0.1, 0.4, 1].flatMap((at) => [
        ['cat', at, at ** 0.3],
        ['dog', at, at ** 0.5],
      ]),
    ),
    report: { _type: 'html-file', path: put('media/html/report.html', `<h1>Report</h1>${attack}`) },
    drawing: { _type: 'image-file', path: put('media/images/drawing.svg', `<svg xmlns="http://www.w3.org/2000/svg"><script>window.attacked=1</script></svg>`) },
    fig: {
      _type: 'plotly-file',
      path: put(
        `media/plotly/fig_${step}.plotly.json`,
        JSON.stringify({ data: [{ type: 'bar', name: 'count', x: ['a', 'b', 'c'], y: [3, 1, 2] }], layout: { title: { text: 'Words' } } }),
      ),
    },
  }));
  put('wandb-history.jsonl', `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
  put('wandb-metadata.json', JSON.stringify({ startedAt: '2020-01-01T00:00:00' }));
}

/** A square of grey levels that depend on the number. */
function png(size: number, number: number): Buffer {
  const pixels = Buffer.alloc(size * (size + 1));
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) pixels[y * (size + 1) + 1 + x] = (x * y * (number + 1) * 7) % 256;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head[8] = 8;
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', deflateSync(pixels)), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A tenth of a second of a tone, 8 bits. */
function wav(hertz: number): Buffer {
  const rate = 8000;
  const samples = Buffer.from(Array.from({ length: rate / 10 }, (_, i) => Math.round(128 + 80 * Math.sin((2 * Math.PI * hertz * i) / rate))));
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}
