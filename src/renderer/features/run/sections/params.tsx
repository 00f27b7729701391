// The run's params, with their types.

import type { Run } from '../../../../core/model/run';
import { originMark } from '../../../../core/view/origin-words';
import type { RunSection } from '../../../registry/sections';
import { KeyValues } from '../key-values';
import styles from '../run.module.css';

const Params = ({ run }: { readonly run: Run }) => (
  <div className={styles.section}>
    <KeyValues values={run.params} what="params" markOf={(name) => originMark(run, 'params', name)} />
  </div>
);

export const section: RunSection = {
  meta: { id: 'params', title: 'Params', order: 20 },
  count: (run) => Object.keys(run.params).length,
  Component: Params,
};
