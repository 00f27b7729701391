// AWS itself, as far as it can be had here: a tunnel that leads every host to a server of ours, with a certificate that is trusted by choice.

import { createServer as createProxy } from 'node:http';
import { type AddressInfo, connect as connectTo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { bucketSource } from '../../../src/host/buckets/bucket';
import { bucketAccess } from '../../../src/host/buckets/settings';
import { readSource } from '../../support/read';
import { certificate, serving } from '../http/serving';
import { keys, refuse } from './service';

const table = 'step,loss\n0,1\n1,0.5\n2,0.25\n';
const list = `<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>a/metrics.csv</Key><Size>${table.length}</Size><ETag>"1"</ETag></Contents></ListBucketResult>`;

/** All that is asked of any host comes here; the hosts that were asked for. */
async function tunnel(to: string): Promise<{ readonly url: string; readonly hosts: string[] }> {
  const hosts: string[] = [];
  const proxy = createProxy();
  proxy.on('connect', (request, socket) => {
    hosts.push(request.url ?? '');
    const there = connectTo(Number(new URL(to).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(there).pipe(socket);
    });
    there.on('error', () => socket.destroy());
    socket.on('error', () => there.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void proxy.close());
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, hosts };
}

test('a bucket in another region is asked there, at its own host and signed for it; one with dots in its name by its path', async () => {
  const aws = await serving((request, response) => {
    const { host = '', authorization = '' } = request.headers;
    if (host.includes('us-east-1')) {
      response.setHeader('x-amz-bucket-region', 'eu-central-1');
      return refuse(response, 301, 'PermanentRedirect', 'The bucket you are attempting to access must be addressed using the specified endpoint.');
    }
    if (!authorization.includes('/eu-central-1/s3/aws4_request')) return refuse(response, 403, 'AccessDenied', 'Access Denied');
    if (request.url?.includes('list-type=2')) response.end(list);
    else response.writeHead(206, { etag: '"1"' }).end(table);
  }, true);
  for (const [bucket, host, path] of [
    ['runs', 'runs.s3.eu-central-1.amazonaws.com', '/a/metrics.csv'],
    ['my.runs', 's3.eu-central-1.amazonaws.com', '/my.runs/a/metrics.csv'],
  ] as const) {
    const { url, hosts } = await tunnel(aws.url);
    const env = { HTTPS_PROXY: url, AWS_ACCESS_KEY_ID: keys.id, AWS_SECRET_ACCESS_KEY: keys.secret, HOME: '/nowhere' };
    const source = bucketSource(bucketAccess({ place: `s3://${bucket}` }, env), { env, version: 'test', trusted: certificate });
    const { runs, issues } = await readSource(source);
    expect(issues).toEqual([]);
    expect(runs[0]?.run.series[0]?.last).toBe(0.25);
    expect(new Set(hosts)).toEqual(new Set([`${host.replace('eu-central-1', 'us-east-1')}:443`, `${host}:443`]));
    expect(aws.asked.at(-1)?.url).toBe(path);
    expect(aws.asked.at(-1)?.headers.host).toBe(host);
  }
});

test('a server whose certificate nobody vouches for gets no key', async () => {
  const aws = await serving((_, response) => void response.end(list), true);
  const { url } = await tunnel(aws.url);
  const env = { HTTPS_PROXY: url, AWS_ACCESS_KEY_ID: keys.id, AWS_SECRET_ACCESS_KEY: keys.secret, HOME: '/nowhere' };
  const { issues } = await readSource(bucketSource(bucketAccess({ place: 's3://runs' }, env), { env, version: 'test', pause: async () => {} }));
  expect(issues[0]?.code).toBe('certificate');
  expect(aws.asked).toEqual([]);
});

test('a service that is down is said to be', async () => {
  const port = await new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
  const env = { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`, HOME: '/nowhere' };
  const { issues } = await readSource(bucketSource(bucketAccess({ place: 's3://runs' }, env), { env, version: 'test', pause: async () => {} }));
  expect(issues[0]).toMatchObject({ code: 'unreachable', message: expect.stringContaining('nothing listens there') });
});
