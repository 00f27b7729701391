// Short messages that go by themselves, with at most one action such as Undo.

import { createStore, type StoreApi } from 'zustand/vanilla';

export interface Toast {
  readonly id: number;
  readonly kind: 'info' | 'good' | 'bad';
  readonly text: string;
  readonly detail?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

export interface Toasts {
  readonly store: StoreApi<readonly Toast[]>;
  show(toast: Omit<Toast, 'id'>): number;
  close(id: number): void;
}

const most = 4;

export function createToasts(): Toasts {
  const store = createStore<readonly Toast[]>(() => []);
  let next = 1;
  return {
    store,
    show: (toast) => {
      const id = next++;
      store.setState((shown) => [...shown, { ...toast, id }].slice(-most), true);
      return id;
    },
    close: (id) => store.setState((shown) => shown.filter((toast) => toast.id !== id), true),
  };
}
