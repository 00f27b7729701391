// The dialog: say where, then choose what; the rest is an import like any other.

import { useEffect, useRef, useState } from 'react';
import { counted } from '../../../core/view/format';
import type { Connected, Refused, TrackerForm } from '../../../wire/trackers';
import type { TrackerDoor } from '../../boot/capabilities';
import type { OverlayModule } from '../../registry/overlays';
import { useApp, useSession, useSettings } from '../../state/app';
import { importSources, openPicker } from '../../state/import-actions';
import { connectedTo, forgetConnection, type KnownConnection } from '../../state/settings';
import { Button } from '../../widgets/button';
import { CopyButton } from '../../widgets/copy-button';
import { Dialog } from '../../widgets/dialog';
import { Asking } from './asking';
import type { Choice } from './choice';
import { Choose } from './choose';
import { commandText } from './command-text';
import styles from './connect.module.css';
import { ConnectForm } from './form';
import { anyTracker, carried, connectWith, type Entered, filled, knownConnection, withoutPassword } from './form-state';
import { useKnownSecrets } from './known-secrets';

function ConnectOverlay() {
  const { capabilities } = useApp();
  const open = useSession((state) => state.overlay === 'connect');
  return open && capabilities.trackers ? <ConnectDialog door={capabilities.trackers} /> : null;
}

const untouched: Entered = { tracker: anyTracker, values: {}, remember: false, certificate: null };
const mostNames = 2;

function ConnectDialog({ door }: { readonly door: TrackerDoor }) {
  const app = useApp();
  const [forms, setForms] = useState<readonly TrackerForm[]>([]);
  const [entered, setEntered] = useState<Entered>(untouched);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [connected, setConnected] = useState<Connected | null>(null);
  const [choice, setChoice] = useState<Choice | null>(null);
  const [busy, setBusy] = useState(false);
  const asking = useRef<AbortController | null>(null);
  const form = forms.find(({ id }) => id === entered.tracker) ?? null;
  const secrets = useKnownSecrets(door, form, entered.values.address ?? '');
  const known = useSettings((settings) => settings.connections);
  const atFirst = useRef(known[0]);

  useEffect(() => {
    door
      .trackers(null)
      .then((found) => {
        setForms(found);
        // Where the person was last, or what the environment names, is where most want to go.
        const last = atFirst.current && found.find(({ id }) => id === atFirst.current?.tracker);
        const named = last ?? found.find(({ isNamed }) => isNamed);
        const values = last ? (atFirst.current?.values ?? {}) : {};
        if (named) setEntered((before) => (before === untouched ? { ...before, tracker: named.id, values: filled(named, values) } : before));
      })
      .catch((error: unknown) => setRefused(failureOf(error)));
    return () => asking.current?.abort();
  }, [door]);
  // Which tracker it is, may be known now: its own form asks for what it wants.
  const recognised = refused?.tracker;
  useEffect(() => {
    const next = forms.find(({ id }) => id === recognised);
    if (next)
      setEntered((before) =>
        before.tracker === anyTracker ? { ...before, tracker: next.id, values: withoutPassword(next, filled(next, before.values)) } : before,
      );
  }, [forms, recognised]);
  // The connection is the host's; it is let go with the dialog.
  const opened = connected?.connection;
  useEffect(() => () => void (opened === undefined ? null : door.disconnect({ connection: opened }).catch(() => {})), [door, opened]);

  const close = (): void => app.session.setState({ overlay: null });
  const enter = (change: Partial<Entered>): void => {
    setRefused(null);
    const next = forms.find(({ id }) => id === change.tracker) ?? null;
    setEntered((before) => {
      if (change.tracker === undefined || change.tracker === before.tracker) return { ...before, ...change };
      const values = carried(forms.find(({ id }) => id === before.tracker) ?? null, next, before.values);
      return { ...before, ...change, certificate: null, values: next ? filled(next, values) : values };
    });
  };
  const enterKnown = ({ tracker, values }: KnownConnection): void => {
    setRefused(null);
    const next = forms.find(({ id }) => id === tracker);
    if (next) setEntered({ ...untouched, tracker, values: filled(next, values) });
  };
  const stop = (): void => {
    asking.current?.abort();
    setBusy(false);
  };
  /** So that it need not be entered again. */
  const remember = (tracker: string, values: Entered['values']): void => {
    const its = forms.find(({ id }) => id === tracker);
    if (its) app.settings.setState(connectedTo(knownConnection(its, values)));
  };
  const connect = (asked: Entered): void => {
    const with_ = { ...asked, values: withoutPassword(form, asked.values) };
    setEntered(with_);
    asking.current?.abort();
    const controller = new AbortController();
    asking.current = controller;
    setBusy(true);
    setRefused(null);
    connectWith(door, form, with_, controller.signal)
      .then((answer) => {
        if (controller.signal.aborted) return;
        if (answer.kind === 'refused') setRefused(answer);
        else if (answer.kind === 'connected') {
          remember(answer.tracker, with_.values);
          setConnected(answer);
        } else {
          if (form) remember(form.id, with_.values);
          close();
          importSources(app, [answer.source]);
        }
      })
      .catch((error: unknown) => {
        if (!controller.signal.aborted) setRefused(failureOf(error));
      })
      .finally(() => {
        if (!controller.signal.aborted) setBusy(false);
      });
  };
  const read = (): void => {
    if (!connected || !choice) return;
    const { names, query, count } = choice;
    const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
    const label = `${names.slice(0, mostNames).join(', ')}${more}${count === null ? '' : ` (${counted(count, 'run')})`}`;
    door
      .keepRuns({ connection: connected.connection, query, label })
      .then((source) => {
        close();
        importSources(app, [source]);
      })
      .catch((error: unknown) => app.toasts.show({ kind: 'bad', text: 'These runs cannot be read.', detail: failureOf(error).message }));
  };

  const command = connected && choice ? commandText(connected, choice, Date.now()) : null;
  return (
    <Dialog
      open
      onClose={close}
      title={connected ? `${connected.server} at ${connected.address}` : 'Connect to a tracker'}
      width={connected ? 'xl' : 'm'}
      footer={
        connected ? (
          <>
            <span className={styles.who}>{connected.user ? `as ${connected.user}` : ''}</span>
            {command !== null && <CopyButton text={command} label="Copy as a command" size="m" />}
            <Button
              onClick={() => {
                setConnected(null);
                setChoice(null);
              }}
            >
              Back
            </Button>
            <Button kind="primary" icon="download" disabled={!choice} onClick={read}>
              {choice === null
                ? 'Read runs'
                : choice.count !== null
                  ? `Read ${counted(choice.count, 'run')}`
                  : `Read all that are found${choice.found === null ? '' : ` (${choice.found})`}`}
            </Button>
          </>
        ) : busy ? (
          <>
            <Asking address={entered.values.address ?? ''} />
            <Button onClick={stop}>Stop</Button>
            <Button kind="primary" disabled>
              Connecting…
            </Button>
          </>
        ) : form?.hasEnded ? (
          <>
            <Button onClick={close}>Cancel</Button>
            <Button
              kind="primary"
              icon="folder"
              onClick={() => {
                close();
                openPicker(app, 'folder');
              }}
            >
              Open folder…
            </Button>
          </>
        ) : (
          <>
            <Button onClick={close}>Cancel</Button>
            <Button kind="primary" disabled={(entered.values.address ?? '').trim() === ''} onClick={() => connect(entered)}>
              Connect
            </Button>
          </>
        )
      }
    >
      {connected ? (
        <Choose door={door} connected={connected} onChoice={setChoice} />
      ) : (
        // Enter connects from any field.
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy && !form?.hasEnded && (entered.values.address ?? '').trim() !== '') connect(entered);
          }}
        >
          <ConnectForm
            forms={forms}
            form={form}
            entered={entered}
            onEnter={enter}
            known={known.filter(({ tracker }) => forms.some(({ id }) => id === tracker))}
            onKnown={enterKnown}
            onForget={(one) => app.settings.setState(forgetConnection(one))}
            secrets={secrets}
            refused={refused}
            onTrust={(certificate) => {
              const trusting = { ...entered, certificate };
              setEntered(trusting);
              connect(trusting);
            }}
          />
          <button type="submit" hidden />
        </form>
      )}
    </Dialog>
  );
}

function failureOf(error: unknown): Refused {
  const { message = String(error), tip = '' } = error as { readonly message?: string; readonly tip?: string };
  return { tracker: null, field: null, code: 'internal', message, tip, certificate: null };
}

export const overlay: OverlayModule = { meta: { id: 'connect' }, Component: ConnectOverlay };
