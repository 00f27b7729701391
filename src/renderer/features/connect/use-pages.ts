// A list that the host gives page by page: the first at once, more when asked for.

import { useCallback, useEffect, useRef, useState } from 'react';

export interface Pages<T> {
  readonly items: readonly T[];
  readonly more: boolean;
  readonly loading: boolean;
  readonly failure: { readonly message: string; readonly tip: string } | null;
  readonly next: () => void;
  /** From the first page on: a list that failed on its way gives no more. */
  readonly again: () => void;
}

const nothing = { items: [], more: true, loading: true, failure: null } as const;

/**
 * @param page asks for the next page; must stay the same as long as the list does. Null: there is nothing to ask for yet.
 * @param keyOf items that come twice are shown once
 */
export function usePages<T>(
  page: ((anew: boolean, signal: AbortSignal) => Promise<{ readonly items: readonly T[]; readonly more: boolean }>) | null,
  keyOf: (item: T) => string,
): Pages<T> {
  const [state, setState] = useState<Omit<Pages<T>, 'next' | 'again'>>(nothing);
  const controller = useRef<AbortController | null>(null);
  const key = useRef(keyOf);
  key.current = keyOf;

  const ask = useCallback(
    (anew: boolean): void => {
      const { signal } = controller.current ?? {};
      if (!page || !signal) return;
      setState((before) => (anew ? nothing : { ...before, loading: true, failure: null }));
      page(anew, signal)
        .then(({ items, more }) => {
          if (signal.aborted) return;
          setState((before) => {
            const all = new Map([...(anew ? [] : before.items), ...items].map((item) => [key.current(item), item]));
            return { items: [...all.values()], more, loading: false, failure: null };
          });
        })
        .catch((error: unknown) => {
          if (signal.aborted) return;
          const { message, tip = '' } = error as { readonly message: string; readonly tip?: string };
          setState((before) => ({ ...before, loading: false, more: false, failure: { message, tip } }));
        });
    },
    [page],
  );
  useEffect(() => {
    controller.current = new AbortController();
    ask(true);
    return () => controller.current?.abort();
  }, [ask]);
  return { ...state, next: () => ask(false), again: () => ask(true) };
}
