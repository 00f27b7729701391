// Where the hosted service makes keys: opened in the user's browser where the window can do that, else an address to copy.

import { useApp } from '../../state/app';
import { Button } from '../../widgets/button';
import { CopyButton } from '../../widgets/copy-button';

export function KeyPage({ address }: { readonly address: string }) {
  const { openExternal } = useApp().capabilities;
  const shown = address.replace(/^https:\/\/(?:www\.)?/, '');
  if (!openExternal)
    return (
      <>
        Hosted: <code>{shown}</code> <CopyButton text={address} label="Copy the address" />
      </>
    );
  return (
    <Button size="s" kind="ghost" icon="external" onClick={() => void openExternal({ url: address }).catch(() => {})}>
      {shown}
    </Button>
  );
}
