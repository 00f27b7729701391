// Where the user is, as the address after `#`, so that reload and the back button work.

export type Route = { readonly kind: 'tab'; readonly tab: string } | { readonly kind: 'run'; readonly run: string; readonly section: string | null };

/** `#/curves` → the tab, `#/run/<id>/<section>` → a run's page; null for anything else. */
export function parseRoute(hash: string): Route | null {
  const parts = hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decode);
  const [head, id, section] = parts;
  if (head === 'run') return id ? { kind: 'run', run: id, section: section ?? null } : null;
  return head ? { kind: 'tab', tab: head } : null;
}

export const formatRoute = (route: Route): string =>
  route.kind === 'tab'
    ? `#/${encodeURIComponent(route.tab)}`
    : `#/run/${encodeURIComponent(route.run)}${route.section === null ? '' : `/${encodeURIComponent(route.section)}`}`;

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
