// `diptych open`: what `serve --open` does, by the name that one looks for.
import type { Verb } from '../verb';
import { runServe, verb as serveVerb } from './serve';

const { open: _always, ...options } = serveVerb.meta.options;

export const verb: Verb = {
  meta: { id: 'open', summary: 'Open runs in Diptych, in the default browser.', usage: '[PATH...] [--port N] [--json]', options },
  run: (args, context) => runServe(args, context, true),
};
