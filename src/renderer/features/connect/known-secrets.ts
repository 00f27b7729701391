// Which tokens the host has kept for what is being entered, and how well it keeps them.

import { useEffect, useState } from 'react';
import type { HostResult } from '../../../wire/host-api';
import type { TrackerForm } from '../../../wire/trackers';
import type { TrackerDoor } from '../../boot/capabilities';
import { baseOrNull, secretKind } from './form-state';

export interface KnownSecrets {
  readonly kept: ReadonlySet<string>;
  readonly protection: HostResult<'secretState'>['protection'] | null;
  readonly forget: (field: string) => void;
}

/** An address is asked about when typing has paused. */
const pauseMs = 250;

export function useKnownSecrets(door: TrackerDoor, form: TrackerForm | null, address: string): KnownSecrets {
  const [state, setState] = useState<Pick<KnownSecrets, 'kept' | 'protection'>>({ kept: new Set(), protection: null });
  const base = baseOrNull(address);
  useEffect(() => {
    const fields = form?.fields.filter(({ kind }) => kind === 'secret') ?? [];
    if (!form || base === null || fields.length === 0) {
      setState({ kept: new Set(), protection: null });
      return;
    }
    const controller = new AbortController();
    const timer = setTimeout(() => {
      Promise.all(fields.map(async ({ id }) => [id, await door.secretState({ kind: secretKind(form.id, id), address: base }, controller.signal)] as const))
        .then((found) => setState({ kept: new Set(found.flatMap(([id, { kept }]) => (kept ? [id] : []))), protection: found[0]?.[1].protection ?? null }))
        .catch(() => {});
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [door, form, base]);
  const forget = (field: string): void => {
    if (!form || base === null) return;
    door
      .forgetSecret({ kind: secretKind(form.id, field), address: base })
      .then(() => setState(({ kept, protection }) => ({ protection, kept: new Set([...kept].filter((one) => one !== field)) })))
      .catch(() => {});
  };
  return { ...state, forget };
}
