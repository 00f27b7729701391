// Where the user is, as the address after `#`, so that reload, the back button and a link to one finding work.

export type Route =
  /** `place`: what is open in the tab or section, as only that understands it; empty for as it was left. */
  | { readonly kind: 'tab'; readonly tab: string; readonly place: readonly string[] }
  | { readonly kind: 'run'; readonly run: string; readonly section: string | null; readonly place: readonly string[] };

/** `#/curves` → the tab, `#/health/run/<id>` → a place in it, `#/run/<id>/<section>` → a run's page, `#/run/<id>/<section>/<place>` → a place in it; null for anything else. */
export function parseRoute(hash: string): Route | null {
  const parts = hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decode);
  const [head, id, section] = parts;
  if (head === 'run') return id ? { kind: 'run', run: id, section: section ?? null, place: parts.slice(3) } : null;
  return head ? { kind: 'tab', tab: head, place: parts.slice(1) } : null;
}

export const formatRoute = (route: Route): string =>
  `#/${(route.kind === 'tab' ? [route.tab, ...route.place] : ['run', route.run, ...(route.section === null ? [] : [route.section, ...route.place])]).map(encodeURIComponent).join('/')}`;

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
