// What a page asks for to read a bucket: the same as the environment says on a command line.
import type { ReaderMeta } from '../../core/source/reader';
import type { Field } from '../../core/source/tracker';

export const awsAddress = 'https://s3.amazonaws.com';

/** Beside the forms of trackers. The address is the endpoint: keys are kept for that host alone. */
export const bucketForm: {
  readonly meta: Pick<ReaderMeta, 'id' | 'title' | 'accepts'>;
  readonly form: readonly Field[];
} = {
  meta: {
    id: 's3',
    title: 'S3-compatible bucket',
    accepts: 'what lies in a bucket as if it were a folder: of AWS, MinIO, Ceph, R2 and others',
  },
  form: [
    {
      id: 'address',
      label: 'Endpoint',
      kind: 'address',
      required: true,
      placeholder: awsAddress,
      help: 'Of your own service, or this one for AWS.',
      env: ['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL', 'MLFLOW_S3_ENDPOINT_URL'],
      initial: awsAddress,
    },
    {
      id: 'place',
      label: 'Bucket/prefix',
      kind: 'text',
      required: true,
      placeholder: 's3://bucket/experiments',
      help: 'All below it is read like a folder.',
    },
    {
      id: 'region',
      label: 'Region',
      kind: 'text',
      placeholder: 'us-east-1',
      help: 'Asked of AWS where it is empty.',
      env: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
    },
    {
      id: 'key',
      label: 'Access key',
      kind: 'secret',
      help: 'Empty: the keys of the environment or of AWS_PROFILE, else none, as for public buckets.',
      env: ['AWS_ACCESS_KEY_ID'],
    },
    { id: 'secret', label: 'Secret key', kind: 'secret', env: ['AWS_SECRET_ACCESS_KEY'] },
    { id: 'session', label: 'Session token', kind: 'secret', help: 'Only for temporary keys.', env: ['AWS_SESSION_TOKEN'] },
  ],
};
