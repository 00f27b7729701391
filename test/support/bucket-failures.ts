// What goes wrong between Diptych and a bucket: how the service behaves, and what a person reads. docs/connections.md prints it, bucket-failures.test.ts holds it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type IssueCode, issueCatalogue } from '../../src/core/base/issues';
import { refuse } from '../host/buckets/service';

/** Stands for the address of the service in what is said. */
export const service = 's3.example.org';

export interface BucketFailure {
  readonly what: string;
  /** What is said when the objects are listed. */
  readonly says: string;
  readonly code: IssueCode;
  /** What to do, where it is not what the catalogue says to the code. */
  readonly tip?: string;
  /** In the middle of reading: nothing more is asked, or only the runs whose objects are refused are left out. */
  readonly final: boolean;
  /** How the service answers while it fails. */
  answer(request: IncomingMessage, response: ServerResponse): void;
}

const refusing =
  (status: number, code: string, message: string) =>
  (_: IncomingMessage, response: ServerResponse): void =>
    void refuse(response, status, code, message);

export const bucketFailures: readonly BucketFailure[] = [
  {
    what: 'A bucket that is not there, or was deleted',
    says: `There is no bucket runs at ${service}.`,
    code: 'not-found',
    tip: 'Look at its name, and at the endpoint.',
    final: false,
    answer: refusing(404, 'NoSuchBucket', 'The specified bucket does not exist'),
  },
  {
    what: 'An access key that nobody knows',
    says: `${service} does not know who asks (403 InvalidAccessKeyId). It says: The Access Key Id you provided does not exist in our records.`,
    code: 'unauthorised',
    tip: 'Look at access key, secret key and session token: temporary keys end.',
    final: true,
    answer: refusing(403, 'InvalidAccessKeyId', 'The Access Key Id you provided does not exist in our records.'),
  },
  {
    what: 'A wrong secret key',
    says: `${service} does not know who asks (403 SignatureDoesNotMatch). It says: The request signature we calculated does not match.`,
    code: 'unauthorised',
    tip: 'Look at access key, secret key and session token: temporary keys end.',
    final: true,
    answer: refusing(403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match.'),
  },
  {
    what: 'A session token that has ended',
    says: `The temporary keys for ${service} have ended (400 ExpiredToken). It says: The provided token has expired.`,
    code: 'unauthorised',
    tip: 'Get new ones (`aws sso login`, `aws sts get-session-token`): access key, secret key and session token belong together.',
    final: true,
    answer: refusing(400, 'ExpiredToken', 'The provided token has expired.'),
  },
  {
    what: 'The clock of this machine is wrong',
    says: `${service} does not take the signature: the clock of this machine is off by more than 15 minutes.`,
    code: 'unauthorised',
    tip: 'Set the clock.',
    final: true,
    answer: refusing(403, 'RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.'),
  },
  {
    what: 'No permission (403)',
    says: `${service} refuses to list s3://runs (403 AccessDenied). It says: Access Denied`,
    code: 'forbidden',
    tip: 'The keys need the permissions s3:ListBucket and s3:GetObject.',
    final: false,
    answer: refusing(403, 'AccessDenied', 'Access Denied'),
  },
  {
    what: 'Another region, which the service does not name',
    says: `The bucket runs lies elsewhere than at ${service}, which does not say where (301).`,
    code: 'redirected',
    tip: 'Enter its region, or its endpoint.',
    final: true,
    answer: refusing(301, 'PermanentRedirect', 'The bucket you are attempting to access must be addressed using the specified endpoint.'),
  },
  {
    what: 'Asked too often (503 SlowDown), five times in a row',
    says: `${service} failed while answering (503). It says: Please reduce your request rate.`,
    code: 'server-error',
    final: true,
    answer: refusing(503, 'SlowDown', 'Please reduce your request rate.'),
  },
  {
    what: 'The service fails (500), five times in a row',
    says: `${service} failed while answering (500). It says: We encountered an internal error.`,
    code: 'server-error',
    final: true,
    answer: refusing(500, 'InternalError', 'We encountered an internal error.'),
  },
  {
    what: 'The connection is cut in the middle of an answer, five times in a row',
    says: `The connection to ${service} ended in the middle of an answer (UND_ERR_SOCKET).`,
    code: 'cut-off',
    final: true,
    answer: (_, response) => {
      response.writeHead(200, { 'content-type': 'application/xml', 'content-length': '1000' });
      response.write('<ListBucketResult>', () => response.destroy());
    },
  },
  {
    what: 'A web page in place of a service',
    says: `${service} does not answer as an S3-compatible service does.`,
    code: 'bad-answer',
    tip: 'Is the endpoint that of the service, and not of its web page?',
    final: false,
    answer: (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Console</title>'),
  },
];

/** Those that show before anything can be asked, or of one object alone: proven by tests of their own. */
export const otherBucketFailures = {
  unreachable: `${service} cannot be reached: nothing listens there.`,
  nothing: 'There is nothing at s3://runs/none.',
  nobody: `${service} refuses to list s3://runs to somebody without keys (403 AccessDenied). It says: Access Denied`,
  archived: 's3://runs/run1/metrics.csv lies in an archive class, from which nothing is read directly.',
  gone: 'run1/metrics.csv is not there any more.',
} as const;

export const bucketTipOf = ({ code, tip }: Pick<BucketFailure, 'code' | 'tip'>): string => tip ?? issueCatalogue[code].tip;
