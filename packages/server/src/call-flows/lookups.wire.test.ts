import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { Lookups } from './lookups.ts';

const asked: string[] = [];
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    asked.push(`${request.method} ${request.url} ${Buffer.concat(parts).toString('utf8')}`);
    if (request.url === '/ok') response.end(JSON.stringify({ result: 'ok', more: 1 }));
    else if (request.url === '/elsewhere') response.writeHead(302, { location: '/ok' }).end();
    else if (request.url === '/long') response.end(JSON.stringify({ result: 'ok', filler: 'x'.repeat(70_000) }));
    else if (request.url === '/words') response.end('no JSON');
    else if (request.url === '/number') response.end(JSON.stringify({ result: 7 }));
    else if (request.url === '/refused') response.writeHead(500).end(JSON.stringify({ result: 'ok' }));
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const lookups = new Lookups({ hosts: [host], log: { warn: () => undefined } });
const ask = (url: string, withinMs = 5000) =>
  lookups.ask({ interaction: 'c-1', kind: 'look-up', step: '查询', url, values: { tail: '1234' }, withinMs });

test('a service that may be asked is posted the values, and its word is the result', async () => {
  expect(await ask(`${host}/ok`)).toBe('ok');
  expect(asked).toEqual(['POST /ok {"tail":"1234"}']);
});

test('what is not allowed, leads elsewhere, is too long, no word, or refused, is no result', async () => {
  expect(await ask('http://127.0.0.1:1/ok')).toBeUndefined();
  for (const path of ['elsewhere', 'long', 'words', 'number', 'refused'])
    expect([path, await ask(`${host}/${path}`)]).toEqual([path, undefined]);
  expect(asked.filter((one) => one.includes('/ok'))).toHaveLength(1);
});

test('who does not answer in time is not waited for, nor when the server stops', async () => {
  expect(await ask(`${host}/never`, 50)).toBeUndefined();
  const waiting = ask(`${host}/never`);
  lookups.stop();
  expect(await waiting).toBeUndefined();
});
