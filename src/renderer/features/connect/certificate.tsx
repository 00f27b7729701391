// A certificate that nobody vouches for: shown so that it can be compared, and trusted for this connection only.

import { dateText } from '../../../core/view/format';
import type { Refused } from '../../../wire/trackers';
import { Button } from '../../widgets/button';
import { CopyButton } from '../../widgets/copy-button';
import styles from './connect.module.css';

interface Props {
  readonly certificate: NonNullable<Refused['certificate']>;
  readonly onTrust: (pem: string) => void;
}

export function Certificate({ certificate: { pem, fingerprint, subject, issuer, validUntil }, onTrust }: Props) {
  return (
    <section className={styles.certificate} aria-label="Certificate of the server">
      <dl className={styles.facts}>
        <dt>Of</dt>
        <dd>{subject || 'no name'}</dd>
        <dt>By</dt>
        <dd>{issuer || 'no authority'}</dd>
        <dt>Valid until</dt>
        <dd>{Number.isNaN(Date.parse(validUntil)) ? validUntil : dateText(Date.parse(validUntil))}</dd>
        <dt>SHA-256</dt>
        <dd className={styles.fingerprintRow}>
          <code className={styles.fingerprint}>{fingerprint}</code> <CopyButton text={fingerprint} label="Copy the fingerprint" />
        </dd>
      </dl>
      <p className={styles.help}>
        Compare the fingerprint with what the owner of the server says, by another way than this connection. Trust holds for this certificate at this address
        only.
      </p>
      <Button onClick={() => onTrust(pem)}>It is the same: trust this certificate</Button>
    </section>
  );
}
