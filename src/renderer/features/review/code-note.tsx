// Below the assessment: how the training code becomes a part of the review, or which code is one, and with which runs it was judged.

import type { Run } from '../../../core/model/run';
import { counted } from '../../../core/view/format';
import { useApp } from '../../state/app';
import type { ReadyCode } from '../../state/code';
import { openPicker } from '../../state/import-actions';
import { Button } from '../../widgets/button';
import styles from './review.module.css';

export function NoCode() {
  const app = useApp();
  return (
    <div className={styles.hint} role="note">
      <p>
        The training code was not given, so what it logs, seeds and saves was not looked at. Drop the project on the <em>Code</em> tab, or add it here; on the
        command line it is <code>npx diptych review PATH --code CODE</code>.
      </p>
      <Button size="s" icon="code" onClick={() => openPicker(app, 'folder', 'code')}>
        Add the code…
      </Button>
    </div>
  );
}

/** Whether runs belong to this code only a person can say, and findings are surer when they do. */
export function HeldCode({ code, runs }: { readonly code: ReadyCode; readonly runs: readonly Run[] }) {
  const app = useApp();
  const joined = new Set(code.joined ?? []);
  const isJoined = runs.every(({ id }) => joined.has(id));
  return (
    <div className={styles.hint} role="note">
      <p>
        The code of <strong>{code.label}</strong> is a part of this review
        {joined.size === 0 ? ', judged without runs.' : `, judged with ${counted(joined.size, 'run')}${isJoined ? '' : ', which are not all of those chosen'}.`}
      </p>
      {runs.length > 0 && !(isJoined && joined.size === runs.length) && (
        <Button size="s" title="What runs hold confirms findings in the code or refutes them" onClick={() => app.code.join(runs)}>
          {runs.length === 1 ? 'The chosen run is of this code' : `The ${runs.length.toLocaleString('en')} chosen runs are of this code`}
        </Button>
      )}
      <Button size="s" icon="code" onClick={() => app.navigation.toTab('code')}>
        Open the code
      </Button>
    </div>
  );
}
