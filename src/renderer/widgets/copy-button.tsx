// Copies a text and says so.

import { useApp } from '../state/app';
import { Button } from './button';

/** @param text a function is asked when it is copied: for what is long to make */
export function CopyButton({ text, label = 'Copy' }: { readonly text: string | (() => string); readonly label?: string }) {
  const app = useApp();
  const copy = (): void => {
    navigator.clipboard.writeText(typeof text === 'string' ? text : text()).then(
      () => app.toasts.show({ kind: 'good', text: 'Copied.' }),
      () => app.toasts.show({ kind: 'bad', text: 'The clipboard cannot be used here.' }),
    );
  };
  return (
    <Button size="s" icon="copy" onClick={copy}>
      {label}
    </Button>
  );
}
