// An address for bytes that the page can show, given back when it is not needed any more.

import { useEffect, useState } from 'react';

/** What may stand in `<img>`, `<audio>` and `<video>`; anything else gets a type that nothing renders. */
const shown = /^(?:image\/(?:png|jpeg|gif|webp|bmp|avif|tiff|x-icon)|audio\/[\w.+-]+|video\/[\w.+-]+)$/;

/** @returns null until there is one */
export function useObjectUrl(bytes: Uint8Array<ArrayBuffer>, type: string): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes], { type: shown.test(type) ? type : 'application/octet-stream' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, type]);
  return url;
}
