// Credentials as headers, for trackers that leave them to a server in front of them.

import { toBase64 } from '../../formats/base64';

/** Basic authentication; nothing without a user. */
export function basicOf(user: string | undefined, password: string | undefined): Readonly<Record<string, string>> {
  return user ? { authorization: `Basic ${toBase64(new TextEncoder().encode(`${user}:${password ?? ''}`))}` } : {};
}
