// A mapping by choosing: files, format, rules, what one run is, what each column is.

import { asGuessed, globsOf } from '../../../core/mapping/edit';
import { textGuesses } from '../../../core/mapping/guess';
import { type Mapping, mappingFormats, plainMapping, plainRule, stepOf } from '../../../core/mapping/mapping';
import { Button } from '../../widgets/button';
import { type Option, Select } from '../../widgets/select';
import { TextField } from '../../widgets/text-field';
import { ColumnRoles } from './columns';
import styles from './mapping.module.css';
import { LineRules } from './rules';
import type { Wizard } from './use-wizard';

interface Props {
  readonly wizard: Wizard;
  /** Which of the draft's mappings. */
  readonly at: number;
  readonly onAt: (at: number) => void;
}

const formatNames: Readonly<Record<Mapping['format'], string>> = {
  text: 'Text, line by line',
  csv: 'Table (CSV)',
  tsv: 'Table (TSV)',
  jsonl: 'JSON, an object a line',
  json: 'JSON, one document',
};
const own = 'own';

export function MappingForm({ wizard, at, onAt }: Props) {
  const mappings = wizard.document?.mappings ?? [];
  const index = Math.min(at, mappings.length - 1);
  const mapping = mappings[index];
  if (!mapping) return <p className={styles.muted}>Nothing here looks like a log that is known. Add a mapping, and say which files are meant.</p>;
  const set = (change: Partial<Mapping>): void => wizard.setMappings(mappings.map((one, place) => (place === index ? { ...one, ...change } : one)));
  const startFrom = (id: string): void => {
    const guess = textGuesses.find(({ meta }) => meta.id === id);
    if (guess) set({ ...asGuessed(mapping, guess), label: guess.meta.title });
  };
  const guessed = textGuesses.find(({ meta }) => meta.title === mapping.label)?.meta.id ?? own;
  const problems = (wizard.check?.problems ?? []).filter(({ where }) => where?.startsWith(`mappings[${index}]`));
  const remove = (): void => {
    wizard.setMappings(mappings.filter((_, place) => place !== index));
    onAt(Math.max(0, index - 1));
  };
  return (
    <div className={styles.form}>
      {problems.length > 0 && (
        <ul className={styles.problems} aria-label="What is wrong">
          {problems.map(({ where, message, tip }) => (
            <li key={`${where} ${message}`}>
              <strong>{message}</strong> {tip} <code>{where?.replace(/^mappings\[\d+\]\.?/, '')}</code>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.fields}>
        <span>Files</span>
        <TextField label="Files" mono value={mapping.files.join(', ')} placeholder="**/*.log" onText={(text) => set({ files: globsOf(text) })} />
        <span>Format</span>
        <Select
          label="Format"
          wide
          value={mapping.format}
          options={mappingFormats.map((value) => ({ value, label: formatNames[value] }))}
          onPick={(format) => set({ format, lines: format === 'text' ? (mapping.lines.length > 0 ? mapping.lines : [{ ...plainRule, pairs: true }]) : [] })}
        />
        {mapping.format === 'text' && (
          <>
            <span>Looks like</span>
            <Select
              label="Looks like"
              wide
              value={guessed}
              options={[
                ...(guessed === own ? [{ value: own, label: 'A format of its own' }] : []),
                ...textGuesses.map(({ meta }) => ({ value: meta.id, label: meta.title })),
              ]}
              onPick={startFrom}
            />
          </>
        )}
        {mapping.format === 'json' && (
          <>
            <span>Rows lie in</span>
            <TextField label="Rows lie in" mono value={mapping.rows ?? ''} placeholder="the whole document" onText={(text) => set({ rows: text || null })} />
          </>
        )}
      </div>
      {mapping.format === 'text' && <LineRules lines={mapping.lines} onLines={(lines) => set({ lines, label: null })} />}
      <div className={styles.fields}>
        <span>Step</span>
        <StepField mapping={mapping} names={namesOf(wizard)} onStep={(step) => set({ step })} />
        <span>One run is</span>
        <Select
          label="One run is"
          wide
          value={runValue(mapping)}
          options={runOptions(mapping, namesOf(wizard))}
          onPick={(value) => set({ run: runOf(value) })}
        />
        <span>Params in the path</span>
        <TextField
          label="Params in the path"
          mono
          value={mapping.path ?? ''}
          placeholder="{model}-lr{lr}/log.txt"
          onText={(text) => set({ path: text || null })}
        />
        <span>Params in files</span>
        <TextField
          label="Params in files"
          mono
          value={mapping.paramFiles.join(', ')}
          placeholder="config.json, args.yaml"
          onText={(text) => set({ paramFiles: globsOf(text) })}
        />
        <span>Name of a run</span>
        <TextField
          label="Name of a run"
          mono
          value={mapping.name ?? ''}
          placeholder="its folder, or {model} {lr}"
          onText={(text) => set({ name: text || null })}
        />
      </div>
      <ColumnRoles columns={wizard.check?.preview?.columns ?? []} mapping={mapping} onMapping={(next) => set(next)} />
      {mappings.length > 1 && (
        <Button size="s" icon="trash" onClick={remove}>
          Remove this mapping
        </Button>
      )}
    </div>
  );
}

const namesOf = ({ check }: Wizard): readonly string[] => (check?.preview?.columns ?? []).map(({ name }) => name);

const noStep = '\0none';
const within = '\0within';

function StepField({
  mapping: { step },
  names,
  onStep,
}: {
  readonly mapping: Mapping;
  readonly names: readonly string[];
  readonly onStep: (step: Mapping['step']) => void;
}) {
  const several = step?.kind === 'columns' && step.columns.length > 1;
  const value = step === null ? noStep : step.kind === 'within' ? within : step.columns.join(', ');
  const listed = [...new Set([...(step?.kind === 'columns' && !several ? step.columns : []), ...names])];
  const options: Option<string>[] = [
    { value: noStep, label: 'None: rows in their order' },
    ...(step?.kind === 'within' ? [{ value: within, label: `${step.iteration} within ${step.epoch}` }] : []),
    ...(several ? [{ value, label: value, note: 'the first there is' }] : []),
    ...listed.map((name) => ({ value: name, label: name })),
  ];
  return <Select label="Step" wide value={value} options={options} onPick={(name) => name !== value && onStep(name === noStep ? null : stepOf(name))} />;
}

const column = 'column:';
const runValue = ({ run }: Mapping): string => (typeof run === 'object' ? column + run.column : run);
const runOf = (value: string): Mapping['run'] =>
  value.startsWith(column) ? { column: value.slice(column.length) } : value === 'folder' ? 'folder' : plainMapping.run;

function runOptions(mapping: Mapping, names: readonly string[]): readonly Option<string>[] {
  const chosen = typeof mapping.run === 'object' ? [mapping.run.column] : [];
  return [
    { value: 'file', label: 'each file' },
    { value: 'folder', label: 'each folder' },
    ...[...new Set([...chosen, ...names])].map((name) => ({ value: column + name, label: `each value of ${name}` })),
  ];
}
