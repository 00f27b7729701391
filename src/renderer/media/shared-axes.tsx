// Figures side by side on the same axes: each says how far it reaches, and is drawn as far as the farthest.

import { createContext, type ReactNode, useCallback, useContext, useEffect, useId, useMemo, useState } from 'react';
import { type FigureReach, type FigureSpec, reachOf, withReach } from '../../core/view/figure-spec';

interface Shared {
  readonly reaches: ReadonlyMap<string, FigureReach>;
  readonly set: (id: string, reach: FigureReach | null) => void;
}

const SharedContext = createContext<Shared | null>(null);

/** Figures inside share their axes. */
export function SharedAxes({ children }: { readonly children: ReactNode }) {
  const [reaches, setReaches] = useState<ReadonlyMap<string, FigureReach>>(new Map());
  const set = useCallback((id: string, reach: FigureReach | null): void => {
    setReaches((before) => {
      const next = new Map(before);
      if (reach === null) next.delete(id);
      else next.set(id, reach);
      return next;
    });
  }, []);
  const shared = useMemo(() => ({ reaches, set }), [reaches, set]);
  return <SharedContext value={shared}>{children}</SharedContext>;
}

/** The figure on the axes of all that share them; as it is where none do. */
export function useSharedAxes(spec: FigureSpec): FigureSpec {
  const shared = useContext(SharedContext);
  const id = useId();
  const set = shared?.set;
  useEffect(() => {
    set?.(id, reachOf(spec));
    return () => set?.(id, null);
  }, [set, id, spec]);
  return useMemo(() => (shared ? withReach(spec, shared.reaches.values()) : spec), [spec, shared]);
}
