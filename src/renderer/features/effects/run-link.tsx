// A run by its mark and name, one click from its page.

import type { RunId } from '../../../core/base/units';
import { useApp, useRunStyle } from '../../state/app';
import { RunMark } from '../../widgets/run-mark';
import styles from './run-link.module.css';

export function RunLink({ id, name }: { readonly id: string; readonly name: string }) {
  const app = useApp();
  const style = useRunStyle(id as RunId);
  return (
    <button
      type="button"
      className={styles.run}
      title={name}
      onClick={() => app.navigation.toRun(id as RunId)}
      onPointerEnter={() => app.session.setState({ hovered: id as RunId })}
      onPointerLeave={() => app.session.setState({ hovered: null })}
    >
      <RunMark style={style} size={10} /> <span>{name}</span>
    </button>
  );
}
