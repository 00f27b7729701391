// What a metric is: as its name says, and as a person says.

import type { Direction, Split } from '../../../core/model/run';
import { metricRoles } from '../../../core/project/metric-roles';
import type { RoleStatement } from '../../../core/project/project';
import { roles as roleNames } from '../../../core/series/role-tables';
import { counted } from '../../../core/view/format';
import { useRoles } from '../../queries/use-roles';
import type { OverlayModule } from '../../registry/overlays';
import { useApp, useChange, useLibrary, useSession } from '../../state/app';
import { stateRole } from '../../state/roles';
import { Button } from '../../widgets/button';
import { Dialog } from '../../widgets/dialog';
import { type Option, Select } from '../../widgets/select';
import { TextField } from '../../widgets/text-field';
import styles from './roles.module.css';

function RoleOverlay() {
  const metric = useSession((state) => state.role);
  return metric === null ? null : <RoleDialog metric={metric} />;
}

const splits: readonly { readonly value: Split; readonly label: string }[] = [
  { value: 'train', label: 'Training' },
  { value: 'val', label: 'Validation' },
  { value: 'test', label: 'Test' },
  { value: 'other', label: 'None of these' },
];
const directions: readonly { readonly value: Direction; readonly label: string }[] = [
  { value: 'min', label: 'Lower is better' },
  { value: 'max', label: 'Higher is better' },
  { value: 'none', label: 'Neither' },
];
const byName = 'by its name';

function RoleDialog({ metric }: { readonly metric: string }) {
  const app = useApp();
  const change = useChange();
  const stated = useRoles();
  const runs = useLibrary((state) => state.runs);
  const having = [...runs.values()].filter((run) => run.series.some((series) => series.name === metric));
  const [run] = having;
  const statement = stated.find((one) => one.metric === metric);
  const inferred = run && metricRoles(run, []).find(({ series }) => series.name === metric);
  const set = (part: Partial<RoleStatement>): void => {
    const next = { metric, role: null, split: null, direction: null, unit: null, ...statement, ...part };
    const empty = next.role === null && next.split === null && next.direction === null && next.unit === null;
    change('role of a metric', stateRole(metric, empty ? null : next), 'unit' in part ? { key: `unit of ${metric}` } : {});
  };
  const pick = (value: string): string | null => (value === byName ? null : value);
  const named = (text: string | undefined): Option<string> => ({ value: byName, label: text ?? 'unknown', note: byName });
  const labelOf = <T extends string>(list: readonly { readonly value: T; readonly label: string }[], value: T | undefined) =>
    list.find((one) => one.value === value)?.label;
  return (
    <Dialog
      open
      onClose={() => app.session.setState({ role: null })}
      title={`What is ${metric}?`}
      footer={
        <>
          <Button disabled={!statement} onClick={() => change('take a role back', stateRole(metric, null))}>
            As its name says
          </Button>
          <Button kind="primary" onClick={() => app.session.setState({ role: null })}>
            Done
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <span>Role</span>
        <Select
          label="Role"
          wide
          value={statement?.role ?? byName}
          options={[named(inferred?.series.role ?? undefined), ...roleNames.map((role) => ({ value: role, label: role }))]}
          onPick={(value) => set({ role: pick(value) })}
        />
        <span>Split</span>
        <Select
          label="Split"
          wide
          value={statement?.split ?? byName}
          options={[named(labelOf(splits, inferred?.series.split)), ...splits]}
          onPick={(value) => set({ split: pick(value) as Split | null })}
        />
        <span>Direction</span>
        <Select
          label="Direction"
          wide
          value={statement?.direction ?? byName}
          options={[named(labelOf(directions, inferred?.series.direction)), ...directions]}
          onPick={(value) => set({ direction: pick(value) as Direction | null })}
        />
        <span>Unit</span>
        <TextField
          label="Unit"
          placeholder={inferred?.unit?.unit ?? 'none known'}
          value={statement?.unit ?? ''}
          onText={(text) => set({ unit: text.trim() === '' ? null : text.slice(0, 40) })}
        />
      </div>
      {inferred && (
        <dl className={styles.why}>
          <dt>By its name</dt>
          <dd>
            {inferred.series.role === null ? 'Nothing is known of it.' : `${Math.round(inferred.series.confidence * 100)} % sure.`} {inferred.reason}
            {inferred.unit && ` ${inferred.unit.reason}`}
          </dd>
          {inferred.doubts.length > 0 && (
            <>
              <dt>By its values</dt>
              <dd>{inferred.doubts.join(' ')}</dd>
            </>
          )}
        </dl>
      )}
      <p className={styles.muted}>
        It holds for {having.length === 0 ? 'every run' : counted(having.length, 'run')} with this metric: in the table’s best values, in Health and wherever
        runs are ranked. Rules that judge want to be 80 % sure; your word counts as 100 %. Undo takes it back.
      </p>
    </Dialog>
  );
}

export const overlay: OverlayModule = { meta: { id: 'roles' }, Component: RoleOverlay };
