// Which addresses may be shown in the user's browser: a short list, so that no address out of a run is ever opened.

const hosts: ReadonlySet<string> = new Set([
  // Sources of rules and thresholds, and where Diptych itself is at home.
  'arxiv.org',
  'doi.org',
  'docs.pytorch.org',
  'docs.wandb.ai',
  'github.com',
  'mlflow.org',
  'www.tensorflow.org',
  // Where hosted trackers make keys.
  'app.clear.ml',
  'huggingface.co',
  'swanlab.cn',
  'wandb.ai',
  'www.comet.com',
]);

/** @returns the address as a browser reads it, or null for one that is not opened: another scheme, host or port, or a name and password before the host */
export function allowedAddress(text: string): string | null {
  const url = urlOf(text);
  // With a port of its own it is another host.
  const isPlain = url !== null && url.protocol === 'https:' && url.username === '' && url.password === '';
  return isPlain && hosts.has(url.host) ? url.href : null;
}

/** Null for what is no absolute address. */
export function urlOf(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
