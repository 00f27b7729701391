// The first screen: what to drop, what is understood, and the other ways in.

import { readers, trackers } from '../../../core/readers';
import { useApp } from '../../state/app';
import { importSamples, openPicker } from '../../state/import-actions';
import { Button } from '../../widgets/button';
import { Icon } from '../../widgets/icon';
import { withCode } from '../../widgets/with-code';
import styles from './start.module.css';

export function Start() {
  const app = useApp();
  return (
    <div className={styles.start}>
      <div className={styles.inner}>
        <section className={styles.zone}>
          <span className={styles.picture} aria-hidden="true">
            <Icon name="folder" size={32} />
          </span>
          <h1 className={styles.title}>Drop your training runs anywhere in this window</h1>
          <p className={styles.lead}>
            One run, a folder of folders, several trackers at once, a zip, a database or a single CSV. They are read here, on this machine, and nothing leaves
            it.
          </p>
          <div className={styles.actions}>
            <Button kind="primary" icon="folder" onClick={() => openPicker(app, 'folder')}>
              Open folder…
            </Button>
            <Button icon="file" onClick={() => openPicker(app, 'file')}>
              Open files…
            </Button>
            {app.capabilities.trackers && (
              <Button icon="download" onClick={() => app.session.setState({ overlay: 'connect' })}>
                Connect to a tracker…
              </Button>
            )}
            <Button icon="code" onClick={() => app.navigation.toTab('code')}>
              Review training code
            </Button>
            <Button
              icon="play"
              onClick={() => {
                importSamples(app);
                app.navigation.toTab('curves');
              }}
            >
              Try the samples
            </Button>
          </div>
        </section>
        <section aria-labelledby="formats">
          <h2 id="formats" className={styles.heading}>
            What it reads
          </h2>
          <ul className={styles.formats}>
            {[...readers, ...(app.capabilities.trackers ? trackers : [])].map(({ meta }) => (
              <li key={meta.title} className={styles.format}>
                <strong>{meta.title}</strong>
                <span>{withCode(meta.accepts)}</span>
              </li>
            ))}
          </ul>
        </section>
        <p className={styles.samples}>
          Home-made logs too: drop them, and where no format fits, tell Diptych which column or part of a line is the step, a metric or a param.
        </p>
        <p className={styles.samples}>
          The samples are real trainings: a learning-rate sweep with a run that diverged, a seed study, and one training logged to two trackers.
        </p>
      </div>
    </div>
  );
}
