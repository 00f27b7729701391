// The two small pages that the server writes itself: on the way in, and for whoever may not come in.

const page = (head: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Diptych</title>${head}</head><body>${body}</body></html>`;

/**
 * Leads on to the page after the cookie was set. A redirect would still count as coming from another site, and a
 * browser sends no strict cookie with that; a page of our own that leads on does not.
 */
export const enterPage = page('<meta http-equiv="refresh" content="0;url=/">', '<p><a href="/">Open Diptych</a></p>');

/** For a request without a session: says how to get one. */
export const strangerPage = page(
  '',
  '<h1>Diptych</h1><p>This address needs a session. Run <code>npx diptych serve</code> again on the machine where Diptych runs, and open the address that it prints. Each address works once.</p><p>If you have Diptych open in this browser already: <a href="/">go there</a>.</p>',
);
