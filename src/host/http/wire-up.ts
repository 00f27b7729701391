// The connections below a client: proxies from the environment, time-outs, a certificate that a person chose to trust.
import { X509Certificate } from 'node:crypto';
import { checkServerIdentity, type PeerCertificate, rootCertificates } from 'node:tls';
import type { Dispatcher } from 'undici';

const connectMs = 10_000;

/** How long is waited for the beginning of an answer, and between two parts of it. */
export interface Patience {
  readonly headersMs: number;
  readonly bodyMs: number;
}
/** Large pages of a busy server take their time. */
const usualPatience: Patience = { headersMs: 90_000, bodyMs: 60_000 };

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @param trusted a certificate (PEM) that is trusted although no authority vouches for it or its name does not fit
 * @param env names the proxies: HTTP_PROXY, HTTPS_PROXY, NO_PROXY, in small letters as well
 */
export async function wireUp(env: Environment, trusted: string | null, { headersMs, bodyMs } = usualPatience): Promise<Dispatcher> {
  // Large, and needed only where a tracker is asked.
  const { EnvHttpProxyAgent } = await import('undici');
  const proxy = (name: string): string => env[name.toLowerCase()] ?? env[name.toUpperCase()] ?? '';
  const tls = trusted === null ? {} : trusting(trusted);
  return new EnvHttpProxyAgent({
    httpProxy: proxy('http_proxy'),
    httpsProxy: proxy('https_proxy'),
    noProxy: [proxy('no_proxy'), 'localhost,127.0.0.1,::1'].filter((part) => part !== '').join(','),
    // Plain http is asked of the proxy itself, as other programs do: many proxies tunnel to port 443 only.
    proxyTunnel: false,
    connect: { timeout: connectMs, ...tls },
    requestTls: tls,
    headersTimeout: headersMs,
    bodyTimeout: bodyMs,
  });
}

/** TLS options: everything that is trusted anyhow, and this one certificate whatever name it bears. */
export function trusting(pem: string) {
  const { fingerprint256 } = new X509Certificate(pem);
  return {
    ca: [...rootCertificates, pem],
    allowPartialTrustChain: true,
    checkServerIdentity: (host: string, shown: PeerCertificate) => (shown.fingerprint256 === fingerprint256 ? undefined : checkServerIdentity(host, shown)),
  };
}
