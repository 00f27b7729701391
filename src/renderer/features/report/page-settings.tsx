// Title, people, paper, and what the charts show.

import type { PageSetup } from '../../../core/report/page-setup';
import { Button } from '../../widgets/button';
import { type Option, Select } from '../../widgets/select';
import { TextField } from '../../widgets/text-field';
import type { ChangeReport } from './change';
import styles from './report.module.css';
import type { ReportSlice } from './slice';

interface Props {
  readonly slice: ReportSlice;
  readonly change: ChangeReport;
  readonly standardTitle: string;
}

export function Heading({ slice, change, standardTitle }: Props) {
  return (
    <div className={styles.fields}>
      <TextField
        label="Title"
        placeholder={standardTitle}
        value={slice.title}
        onText={(title) => change('report title', (now) => ({ ...now, title }), { key: 'report-title' })}
      />
      <TextField
        label="Authors"
        placeholder="Authors, with commas between"
        value={slice.authors.join(', ')}
        onText={(text) => change('report authors', (now) => ({ ...now, authors: namesIn(text) }), { key: 'report-authors' })}
      />
      <TextField
        label="Subject"
        placeholder="What it is about, in a sentence"
        value={slice.subject}
        onText={(subject) => change('report subject', (now) => ({ ...now, subject }), { key: 'report-subject' })}
      />
    </div>
  );
}

/** A comma or blank that is being typed stays, so that a next name can follow. */
const namesIn = (text: string): readonly string[] =>
  text.trim() === '' ? [] : text.split(', ').map((name, at, all) => (at < all.length - 1 ? name.trim() : name));

type Choices = { readonly [K in keyof PageSetup]: { readonly label: string; readonly options: readonly Option<PageSetup[K]>[] } };

const choices: Choices = {
  paper: {
    label: 'Paper',
    options: [
      { value: 'A4', label: 'A4' },
      { value: 'Letter', label: 'Letter' },
    ],
  },
  orientation: {
    label: 'Orientation',
    options: [
      { value: 'portrait', label: 'Portrait' },
      { value: 'landscape', label: 'Landscape' },
    ],
  },
  wideTables: {
    label: 'Wide tables',
    options: [
      { value: 'landscape', label: 'On landscape pages' },
      { value: 'cut', label: 'Cut to fit' },
    ],
  },
  lines: {
    label: 'Lines',
    options: [
      { value: 'distinct', label: 'A line and marker each', note: 'black and white' },
      { value: 'screen', label: 'As on screen' },
    ],
  },
};

export function PageSettings({ slice, change }: Omit<Props, 'standardTitle'>) {
  const pick = <K extends keyof PageSetup>(key: K, value: PageSetup[K]): void =>
    change(choices[key].label.toLowerCase(), (now) => ({ ...now, page: { ...now.page, [key]: value } }));
  const field = <K extends keyof PageSetup>(key: K) => (
    <div className={styles.field}>
      <span>{choices[key].label}</span>
      <Select<PageSetup[K]> label={choices[key].label} value={slice.page[key]} options={choices[key].options} onPick={(value) => pick(key, value)} />
    </div>
  );
  return (
    <fieldset className={styles.group}>
      <legend>Page</legend>
      {field('paper')}
      {field('orientation')}
      {field('wideTables')}
      {field('lines')}
    </fieldset>
  );
}

export function ChartSettings({ slice, change }: Omit<Props, 'standardTitle'>) {
  return (
    <fieldset className={styles.group}>
      <legend>Charts</legend>
      <p className={styles.muted}>
        {slice.charts
          ? 'As taken over from the Curves tab, with its zoom: later changes there do not show here.'
          : 'As the Curves tab is arranged: axes, smoothing, groups, order and search. “Use in the report” there takes over its zoom as well.'}
      </p>
      {slice.charts && (
        <Button size="s" icon="refresh" onClick={() => change('charts follow the Curves tab', (now) => ({ ...now, charts: null }))}>
          Follow the Curves tab again
        </Button>
      )}
    </fieldset>
  );
}
