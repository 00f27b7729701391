// `?`: all keys, by group, as the commands themselves state them.

import { commands } from '../../registry/commands';
import { useApp } from '../../state/app';
import { Dialog } from '../../widgets/dialog';
import { Keys } from '../../widgets/keys';
import styles from './palette.module.css';

/** Keys of places rather than of commands. */
const inPlaces: readonly { readonly group: string; readonly keys: readonly (readonly [string, string])[] }[] = [
  {
    group: 'In the list and the table',
    keys: [
      ['enter', 'Open the run, or unfold the group'],
      [' ', 'Check the run'],
      ['f', 'Table: only runs with this value'],
      ['s', 'Table: sort by this column'],
      ['mod+c', 'Table: copy the value in full'],
    ],
  },
  {
    group: 'In all metadata of a run',
    keys: [
      ['arrowright', 'Open the folder, or go into it'],
      ['arrowleft', 'Close the folder, or go out of it'],
      ['*', 'Open all folders beside this one'],
      ['enter', 'Open the curve, the file or the media'],
      ['mod+c', 'Copy the value in full'],
      ['shift+mod+c', 'Copy the path'],
    ],
  },
  {
    group: 'In the findings of the code',
    keys: [
      ['arrowdown', 'Next finding'],
      ['arrowup', 'Previous finding'],
      ['enter', 'Into the code, at the line'],
      ['escape', 'Back from the code to the findings'],
    ],
  },
];

export function KeyList() {
  const app = useApp();
  const groups = new Map<string, [string, readonly string[]][]>();
  for (const command of commands) {
    if (!command.keys || command.keys.length === 0) continue;
    groups.set(command.group, [...(groups.get(command.group) ?? []), [command.title, command.keys]]);
  }
  return (
    <Dialog open onClose={() => app.session.setState({ overlay: null })} title="Keys" width="l">
      <div className={styles.keyGroups}>
        {[...groups].map(([group, entries]) => (
          <section key={group}>
            <h3 className={styles.keyHeading}>{group}</h3>
            {entries.map(([title, keys]) => (
              <div key={title} className={styles.keyRow}>
                <span>{title}</span>
                <span className={styles.keyChoices}>
                  {keys.map((one) => (
                    <Keys key={one} keys={one} />
                  ))}
                </span>
              </div>
            ))}
          </section>
        ))}
        {inPlaces.map(({ group, keys }) => (
          <section key={group}>
            <h3 className={styles.keyHeading}>{group}</h3>
            {keys.map(([one, title]) => (
              <div key={title} className={styles.keyRow}>
                <span>{title}</span>
                <Keys keys={one} />
              </div>
            ))}
          </section>
        ))}
      </div>
    </Dialog>
  );
}
