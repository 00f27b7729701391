// What certificate a server shows, so that a person can compare it with what they know.
import { connect, type DetailedPeerCertificate } from 'node:tls';

export interface ShownCertificate {
  /** To be kept as the one that is trusted. */
  readonly pem: string;
  /** SHA-256, `AB:CD:…`. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly validUntil: string;
}

const answerMs = 10_000;

/** Shakes hands and leaves: nothing is sent. Null where nothing is shown. */
export function certificateOf(url: string): Promise<ShownCertificate | null> {
  const { hostname, port, protocol } = new URL(url);
  if (protocol !== 'https:') return Promise.resolve(null);
  return new Promise((resolve) => {
    const host = hostname.replace(/^\[|\]$/g, '');
    const socket = connect({ host, port: Number(port || 443), servername: /^[\d.:]+$/.test(host) ? '' : host, rejectUnauthorized: false, timeout: answerMs });
    const end = (shown: ShownCertificate | null) => {
      socket.destroy();
      resolve(shown);
    };
    socket.once('secureConnect', () => end(shownOf(socket.getPeerCertificate(true))));
    socket.once('timeout', () => end(null));
    socket.once('error', () => end(null));
  });
}

export function shownOf(shown: DetailedPeerCertificate): ShownCertificate | null {
  if (!shown.raw) return null;
  const lines = shown.raw.toString('base64').match(/.{1,64}/g) ?? [];
  const name = ({ CN, O }: { readonly CN?: string | string[]; readonly O?: string | string[] }): string => [CN, O].flat().filter(Boolean).join(', ');
  return {
    pem: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    fingerprint: shown.fingerprint256,
    subject: name(shown.subject),
    issuer: name(shown.issuer),
    validUntil: shown.valid_to,
  };
}
