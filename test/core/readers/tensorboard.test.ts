// Event files drawn event by event: tags, tensors, restarts, sub-runs, hyperparameters, damage.
import { describe, expect, test } from 'vitest';
import { joinBytes } from '../../../src/core/formats/bytes';
import type { Series } from '../../../src/core/model/run';
import { type ScriptedFiles, scriptedTree } from '../../../src/core/source/scripted';
import { type Field, fileOf, plugin, record, scalar, sessionStart, summary, tensor, version } from '../../support/event-file';
import { allIssues, readTree } from '../../support/read';

const name = (second: number) => `events.out.tfevents.${second}.host.1.0`;
const read = (files: ScriptedFiles) => readTree(scriptedTree(files));

/** The only run of a folder with these event files, and its series by `tag` or `tag@subrun`. */
async function runOf(files: ScriptedFiles) {
  const { runs, issues } = await read(files);
  expect(issues).toEqual([]);
  expect(runs).toHaveLength(1);
  const { run, points } = runs[0]!;
  const label = ({ name, context }: Series) => (context.subrun === undefined ? name : `${name}@${context.subrun}`);
  const series = Object.fromEntries(run.series.map((one, at) => [label(one), points[at]!]));
  return { run, series, codes: run.issues.map(({ code }) => code) };
}
const curve = (tag: string, points: readonly (readonly [step: number, value: number])[]) => points.map(([step, value]) => scalar(tag, value, { step }));

test('a folder that only describes an experiment is above its runs, one with a curve is their run', async () => {
  const description = summary([[[1, '_hparams_/experiment'], plugin('hparams')]]);
  const trials = (first: Uint8Array) => ({
    [`tuning/${name(1)}`]: fileOf(version(), first),
    [`tuning/run-0/${name(2)}`]: fileOf(version(), scalar('acc', 1, { step: 1 })),
    [`tuning/run-1/${name(3)}`]: fileOf(version(), scalar('acc', 2, { step: 1 })),
  });
  expect((await read(trials(description))).runs.map(({ run }) => run.path)).toEqual(['tuning/run-0', 'tuning/run-1']);
  expect((await read(trials(scalar('loss', 1, { step: 1 })))).runs.map(({ run }) => run.path)).toEqual(['tuning']);
});

describe('points', () => {
  test('float32 values widen exactly, times are milliseconds, non-finite values stay', async () => {
    const { series } = await runOf({
      [`run/${name(1)}`]: fileOf(
        version(2, 1700000000.25),
        scalar('loss', 0.1, { step: 0, at: 1700000000.5 }),
        scalar('loss', Number.NaN, { step: 300, at: 1700000001.125 }),
        scalar('loss', Number.NEGATIVE_INFINITY, { step: 70_000, at: 1700000002 }),
        scalar('loss', -0, { step: 200_000_000, at: 1700000003 }),
        scalar('loss', 2, { step: 300_000_000_000, at: 1700000004 }),
      ),
    });
    expect([...series.loss!.values]).toEqual([Math.fround(0.1), Number.NaN, Number.NEGATIVE_INFINITY, -0, 2]);
    expect([...series.loss!.steps!]).toEqual([0, 300, 70_000, 200_000_000, 300_000_000_000]);
    expect([...series.loss!.times!]).toEqual([1700000000500, 1700000001125, 1700000002000, 1700000003000, 1700000004000]);
  });

  test('tags are told apart by their bytes, whatever their order, length and script', async () => {
    const tags = ['loss', 'lossy', 'los', 'größe/Ü', 'x'.repeat(300), '', 'loss ', '__proto__'];
    const events = Array.from({ length: 40 }, (_, i) => scalar(tags[(i * 7) % tags.length]!, i, { step: i }));
    const { run, series } = await runOf({ [name(1)]: fileOf(version(), ...events) });
    expect(run.series.map((one) => one.name).sort()).toEqual([...tags].sort());
    for (const [at, tag] of tags.entries())
      expect([...series[tag]!.values]).toEqual(Array.from({ length: 40 }, (_, i) => i).filter((i) => (i * 7) % tags.length === at));
  });

  test('more points than a batch holds', async () => {
    const count = 150_000;
    const one = scalar('loss', 1, { step: 1 });
    const { series, codes } = await runOf({ [name(1)]: joinBytes([version(), ...Array.from({ length: count }, () => one)]) });
    expect(series.loss!.values).toHaveLength(count);
    expect(codes).toEqual(['duplicate-step']);
  });

  test('steps that float64 cannot hold keep their digits', async () => {
    const { run, series, codes } = await runOf({
      [name(1)]: fileOf(version(), scalar('loss', 1, { step: 5 }), scalar('loss', 2, { step: 2n ** 53n + 1n }), scalar('loss', 3, { step: -(2n ** 62n) - 1n })),
    });
    expect(run.series[0]!.exactSteps).toEqual({ 1: '9007199254740993', 2: '-4611686018427387905' });
    expect([...series.loss!.steps!]).toEqual([5, 2 ** 53, -(2 ** 62)]);
    expect(codes).toContain('precision');
  });

  test('points without a finite wall time are left out and counted', async () => {
    const { run, series } = await runOf({
      [name(1)]: fileOf(
        version(),
        scalar('loss', 1, { step: 1 }),
        scalar('loss', 2, { step: 2, at: Number.NaN }),
        scalar('loss', 3, { step: 3, at: Number.POSITIVE_INFINITY }),
      ),
    });
    expect([...series.loss!.values]).toEqual([1]);
    expect(run.issues.map(({ code, message }) => [code, message])).toEqual([['bad-value', '2 points without a finite wall time left out.']]);
  });
});

describe('tensors', () => {
  const one = (bytes: readonly number[]): Field => [4, Uint8Array.from(bytes)];
  const cases: Record<string, [dtype: number, value: Field, expected: number]> = {
    float: [1, [5, { float: 0.1 }], Math.fround(0.1)],
    'float, packed': [1, [5, Uint8Array.from([0, 0, 192, 63])], 1.5],
    'float, raw': [1, one([0, 0, 192, 63]), 1.5],
    double: [2, [6, { double: 0.1 }], 0.1],
    int32: [3, [7, { varint: -7 }], -7],
    'int32, packed': [3, [7, Uint8Array.from([0x96, 0x01])], 150],
    'uint8, raw': [4, one([200]), 200],
    'int16, raw': [5, one([0xfe, 0xff]), -2],
    'int8, raw': [6, one([0xff]), -1],
    int64: [9, [10, { varint: -1234567890123 }], -1234567890123],
    'uint16, raw': [17, one([0xff, 0xff]), 65535],
    half: [19, [13, { varint: 0x3c01 }], 1.0009765625],
    'half, infinite': [19, [13, { varint: 0xfc00 }], Number.NEGATIVE_INFINITY],
    'half, tiny': [19, [13, { varint: 1 }], 2 ** -24],
    bfloat16: [14, [13, { varint: 0x3fc0 }], 1.5],
    uint32: [22, [16, { varint: 4294967295 }], 4294967295],
    uint64: [23, [17, { varint: 2n ** 63n }], 2 ** 63],
    'nothing written is zero': [1, [3, { varint: 0 }], 0],
  };
  test.each(Object.entries(cases))('%s', async (_, [dtype, value, expected]) => {
    const { series } = await runOf({ [name(1)]: fileOf(version(), summary([[[1, 'x'], tensor(dtype, value), plugin('scalars')]])) });
    expect([...series.x!.values]).toEqual([expected]);
  });

  test('metadata only on the first event, and none at all', async () => {
    const value = tensor(1, [5, { float: 2 }]);
    const { series } = await runOf({
      [name(1)]: fileOf(
        version(),
        summary([[[1, 'a'], value, plugin('scalars')]]),
        summary(
          [
            [[1, 'a'], value],
            [[1, 'b'], value],
          ],
          { step: 1 },
        ),
      ),
      [name(2)]: fileOf(version(), summary([[[1, 'a'], value]], { step: 2 })),
    });
    expect([...series.a!.steps!]).toEqual([0, 1, 2]);
    expect([...series.b!.steps!]).toEqual([1]);
  });

  test('a scalar that is none is left out and told; what is no scalar is media', async () => {
    const vector: Field = [
      8,
      [
        [1, { varint: 1 }],
        [2, [[2, [[1, { varint: 3 }]]]]],
        [4, new Uint8Array(12)],
      ],
    ];
    const text: Field = [
      8,
      [
        [1, { varint: 7 }],
        [8, 'hello'],
      ],
    ];
    const { run, codes } = await runOf({
      [name(1)]: fileOf(
        version(),
        scalar('loss', 1),
        summary([[[1, 'bad'], vector, plugin('scalars')]]),
        summary([[[1, 'note/text_summary'], text, plugin('text')]]),
        summary([
          [[1, 'pr'], vector, plugin('pr_curves')],
          [
            [1, 'img'],
            [4, [[1, { varint: 2 }]]],
          ],
          [
            [1, 'h'],
            [5, []],
          ],
        ]),
        summary(
          [
            [
              [1, 'img'],
              [4, []],
            ],
          ],
          { step: 4 },
        ),
      ),
    });
    expect(codes).toEqual(['bad-value']);
    expect(run.media).toEqual([
      { name: 'h', kind: 'histograms', count: 1 },
      { name: 'img', kind: 'images', count: 2 },
      { name: 'note/text_summary', kind: 'text', count: 1 },
      { name: 'pr', kind: 'pr_curves', count: 1 },
    ]);
  });
});

describe('restarts', () => {
  const before = [
    version(),
    ...curve('loss', [
      [0, 10],
      [1, 11],
      [2, 12],
    ]),
    ...curve('acc', [
      [0, 20],
      [2, 22],
    ]),
  ];

  test('a session start takes back what simple values logged from its step on, in all tags', async () => {
    const { run, series } = await runOf({ [name(1)]: fileOf(...before), [name(2)]: fileOf(version(), sessionStart(1), ...curve('loss', [[1, 31]])) });
    expect([...series.loss!.values]).toEqual([10, 31]);
    expect([...series.acc!.values]).toEqual([20]);
    expect(run.issues.map(({ code, message }) => [code, message])).toEqual([['step-restart', 'A restart took back 3 points.']]);
  });

  test('a session start does not reach tensors: the client keeps them', async () => {
    const value = summary([[[1, 't'], tensor(1, [5, { float: 1 }]), plugin('scalars')]], { step: 9 });
    expect((await runOf({ [name(1)]: fileOf(version(), value, sessionStart(0)) })).series.t!.values).toHaveLength(1);
  });

  test('without a session start all is kept, in order of file name', async () => {
    const { series, codes } = await runOf({ [name(2)]: fileOf(version(), ...curve('loss', [[1, 31]])), [name(1)]: fileOf(...before) });
    expect([...series.loss!.values]).toEqual([10, 11, 12, 31]);
    expect(codes).not.toContain('duplicate-step');
  });

  test('of old writers, a step that goes back takes back the points of its own tag', async () => {
    const { series } = await runOf({ [name(1)]: fileOf(version(1), ...before.slice(1), ...curve('loss', [[1, 31]])) });
    // acc at step 0 follows loss at step 2 and finds nothing of its own to take back.
    expect([...series.loss!.values]).toEqual([10, 31]);
    expect([...series.acc!.values]).toEqual([20, 22]);
  });
});

describe('folders', () => {
  const file = (tag: string) => fileOf(version(), scalar(tag, 1));

  test('a folder with event files takes those below it as sub-runs, train and validation go to their parent', async () => {
    const { runs } = await read({
      [`a/${name(1)}`]: file('loss'),
      [`a/loss_train/${name(1)}`]: file('loss'),
      [`a/deep/er/${name(1)}`]: file('loss'),
      [`b/train/${name(1)}`]: file('epoch_loss'),
      [`b/validation/${name(1)}`]: file('epoch_loss'),
      [`c/one/${name(1)}`]: file('x'),
      [`c/two/${name(1)}`]: file('y'),
      'd/events.out.tfevents.1.host.profile-empty': version(),
    });
    expect(runs.map(({ run }) => [run.name, run.series.map(({ context }) => context.subrun ?? null)])).toEqual([
      ['a', [null, 'deep/er', 'loss_train']],
      ['b', ['train', 'validation']],
      ['c/one', [null]],
      ['c/two', [null]],
    ]);
  });

  test('media of one name in two sub-runs stay apart', async () => {
    const images = (count: number) =>
      fileOf(
        version(),
        scalar('loss', count),
        ...Array.from({ length: count }, (_, step) =>
          summary(
            [
              [
                [1, 'img'],
                [4, []],
              ],
            ],
            { step },
          ),
        ),
      );
    const { run } = await runOf({ [`run/train/${name(1)}`]: images(1), [`run/val/${name(2)}`]: images(2) });
    expect(run.media).toEqual([
      { name: 'img', kind: 'images', count: 1, context: { subrun: 'train' } },
      { name: 'img', kind: 'images', count: 2, context: { subrun: 'val' } },
    ]);
  });

  test('the folder dropped has no name of its own', async () => {
    const { run } = await runOf({ [name(1)]: file('loss') });
    expect([run.name, run.path]).toEqual([null, '.']);
  });

  test('a folder without scalars and hyperparameters is no run, and that is said', async () => {
    const { runs, issues } = await read({
      [`only/${name(1)}`]: fileOf(
        version(),
        summary([
          [
            [1, 'img'],
            [4, []],
          ],
        ]),
      ),
    });
    expect(runs).toEqual([]);
    expect(issues.map(({ code }) => code)).toContain('empty');
  });

  test('any name with tfevents will do if it holds records', async () => {
    expect((await read({ 'my.tfevents.bin': file('loss'), 'tfevents-notes.txt': 'how we log' })).runs).toHaveLength(1);
  });

  test('the id stays while the run grows and moves, and differs between runs', async () => {
    const start = [version(2, 1700000000.123), scalar('loss', 1, { step: 1 })];
    const idOf = async (files: ScriptedFiles) => (await read(files)).runs[0]!.run.id;
    const id = await idOf({ [`x/${name(1)}`]: fileOf(...start) });
    expect(await idOf({ [`y/z/${name(1)}`]: fileOf(...start, scalar('loss', 2, { step: 2 })), [`y/z/${name(2)}`]: fileOf(version(2, 1700000099)) })).toBe(id);
    expect(await idOf({ [`x/${name(1)}`]: fileOf(version(2, 1700000000.124), start[1]!) })).not.toBe(id);
  });
});

describe('hyperparameters', () => {
  const info = (params: readonly Field[], more: readonly Field[] = []): Field => [3, [...params, ...more]];
  const param = (key: string, value: readonly Field[]): Field => [
    1,
    [
      [1, key],
      [2, value],
    ],
  ];
  const started = (fields: Field) => summary([[[1, '_hparams_/session_start_info'], plugin('hparams', [fields])]]);
  const ended = (status: number, seconds = 0) =>
    summary([
      [
        [1, '_hparams_/session_end_info'],
        plugin('hparams', [
          [
            4,
            [
              [1, { varint: status }],
              [2, { double: seconds }],
            ],
          ],
        ]),
      ],
    ]);

  test('params keep their types; the time-named sub-run of add_hparams belongs to the run above', async () => {
    const params = [
      param('lr', [[2, { double: 0.1 }]]),
      param('seed', [[2, { double: 7 }]]),
      param('opt', [[3, 'sgd']]),
      param('amp', [[4, { varint: 1 }]]),
      param('none', [[1, { varint: 0 }]]),
      param('unset', []),
      param('list', [
        [
          6,
          [
            [1, [[2, { double: 1 }]]],
            [1, [[3, 'b']]],
          ],
        ],
      ]),
      param('__proto__', [[3, 'x']]),
    ];
    const { run, series } = await runOf({
      [`run/${name(1)}`]: fileOf(version(2, 50), scalar('loss', 1)),
      [`run/1700000000.5/${name(2)}`]: fileOf(version(2, 60), started(info(params)), ended(1), scalar('hparam/acc', 0.5)),
    });
    expect(Object.entries(run.params)).toEqual(
      expect.arrayContaining([
        ['lr', 0.1],
        ['seed', 7],
        ['opt', 'sgd'],
        ['amp', true],
        ['none', null],
        ['unset', null],
        ['list', [1, 'b']],
        ['__proto__', 'x'],
      ]),
    );
    expect(Object.keys(series)).toEqual(['hparam/acc@1700000000.5', 'loss']);
    expect(run).toMatchObject({ status: 'finished', startedMs: 50_000, endedMs: null });
    expect(run.facts).toEqual([
      { kind: 'seed', value: 7, evidence: [{ file: `1700000000.5/${name(2)}`, where: '_hparams_/session_start_info, key seed', value: '7' }] },
    ]);
  });

  test('status and times of the session; the first one written counts', async () => {
    const session = info(
      [param('lr', [[2, { double: 1 }]])],
      [
        [4, 'group a'],
        [5, { double: 1600 }],
      ],
    );
    const { run } = await runOf({ [name(1)]: fileOf(version(), started(session), ended(2, 1700), ended(1, 1800)) });
    expect(run).toMatchObject({ status: 'failed', nativeStatus: 'failure', startedMs: 1_600_000, endedMs: 1_700_000, group: 'group a', series: [] });
  });
});

describe('damage', () => {
  const good = fileOf(version(), scalar('loss', 1, { step: 1 }), scalar('loss', 2, { step: 2 }), scalar('loss', 3, { step: 3 }));
  const second = version().length + scalar('loss', 1, { step: 1 }).length;

  test('a bad payload loses its record, a bad length the rest: with the byte', async () => {
    const payload = good.slice();
    payload[second + 20]! ^= 1;
    const bad = await runOf({ [`run/${name(1)}`]: payload });
    expect([...bad.series.loss!.values]).toEqual([1, 3]);
    expect(bad.run.issues).toMatchObject([{ code: 'bad-record', file: `run/${name(1)}`, where: `byte ${second}` }]);

    const length = good.slice();
    length[second]! ^= 1;
    const worse = await runOf({ [`run/${name(1)}`]: length, [`run/${name(2)}`]: fileOf(version(), scalar('loss', 9, { step: 9 })) });
    expect([...worse.series.loss!.values]).toEqual([1, 9]);
    expect(worse.run.issues).toMatchObject([{ code: 'bad-record', where: `byte ${second}` }]);
  });

  test('a record that is no event is skipped and counted', async () => {
    const { series, run } = await runOf({
      [name(1)]: fileOf(good, record(Uint8Array.from([0x2a, 0x7f, 1])), record(Uint8Array.from([0x0b])), scalar('loss', 4, { step: 4 })),
    });
    expect([...series.loss!.values]).toEqual([1, 2, 3, 4]);
    expect(run.issues.map(({ message }) => message)).toEqual(['2 records could not be decoded.']);
  });

  test('a pointer of Git LFS, an empty file, a file of something else', async () => {
    const pointer = await read({ [name(1)]: 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n' });
    expect(allIssues(pointer).map(({ code }) => code)).toContain('lfs-pointer');
    expect(allIssues(await read({ [name(1)]: '' })).map(({ code }) => code)).toContain('empty');
    expect(allIssues(await read({ [name(1)]: 'x'.repeat(100) })).map(({ code }) => code)).toContain('bad-record');
  });
});
