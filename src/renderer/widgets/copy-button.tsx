// Copies a text and says so.

import { useApp } from '../state/app';
import { Button } from './button';

interface Props {
  /** A function is asked when it is copied: for what is long to make. */
  readonly text: string | (() => string);
  readonly label?: string;
  readonly size?: 'm' | 's';
}

export function CopyButton({ text, label = 'Copy', size = 's' }: Props) {
  const app = useApp();
  const copy = (): void => {
    navigator.clipboard.writeText(typeof text === 'string' ? text : text()).then(
      () => app.toasts.show({ kind: 'good', text: 'Copied.' }),
      () => app.toasts.show({ kind: 'bad', text: 'The clipboard cannot be used here.' }),
    );
  };
  return (
    <Button size={size} icon="copy" onClick={copy}>
      {label}
    </Button>
  );
}
