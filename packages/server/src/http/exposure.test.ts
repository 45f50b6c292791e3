import { expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { planExposure, reachOf, type Surroundings } from './exposure.ts';
import { hostAllowed, hostNameOf, originAllowed } from './site-identity.ts';

function plan(flags: Readonly<Record<string, string>>, around: Partial<Surroundings> = {}) {
  const config = readConfig(new Map(Object.entries(flags)), {});
  if (!config.ok) throw new Error(config.message);
  return planExposure(config.value, { form: 'serve', addresses: ['127.0.0.1'], machineName: 'Desk-1', ...around });
}

test('addresses are told apart by where they can be reached from', () => {
  expect(['127.0.0.1', '127.9.9.9', '::1'].map(reachOf)).toEqual(['loopback', 'loopback', 'loopback']);
  for (const address of ['10.1.2.3', '172.31.0.1', '192.168.1.9', '100.64.0.1', '169.254.1.1', 'fd00::1', 'fe80::1%eth0'])
    expect(reachOf(address), address).toBe('private');
  for (const address of ['8.8.8.8', '172.32.0.1', '100.128.0.1', '2001:db8::1']) expect(reachOf(address), address).toBe('public');
});

test('on loopback plain HTTP is served, on a private network HTTPS from the own authority', () => {
  expect(plan({})).toMatchObject({ ok: true, value: { scheme: 'http', tls: 'none' } });
  expect(plan({ '--host': '192.168.1.9' }, { addresses: ['192.168.1.9'] })).toEqual({
    ok: true,
    value: { scheme: 'https', tls: 'own', behindProxy: false, hosts: ['192.168.1.9', 'desk-1'] },
  });
  expect(plan({ '--host': '192.168.1.9', '--tls': 'off' }, { addresses: ['192.168.1.9'] })).toMatchObject({ value: { scheme: 'http' } });
});

test('a public address is refused unless it is wanted and has TLS', () => {
  const at = (flags: Readonly<Record<string, string>>) =>
    plan({ '--host': '0.0.0.0', ...flags }, { addresses: ['127.0.0.1', '203.0.113.7'] });
  expect(at({})).toEqual({
    ok: false,
    message: '--host: 203.0.113.7 is a public address: choose a private one, or say --public and use TLS',
  });
  expect(at({ '--public': '', '--tls': 'off' })).toMatchObject({
    ok: false,
    message: expect.stringMatching(/^--tls: expected a certificate/),
  });
  expect(at({ '--public': '', '--tls-cert': 'c.pem', '--tls-key': 'k.pem' })).toMatchObject({ value: { scheme: 'https', tls: 'given' } });
});

test('demo mode refuses everything but loopback, for browsers and for SIP', () => {
  const demo = (flags: Readonly<Record<string, string>>, addresses: readonly string[]) => plan(flags, { form: 'demo', addresses });
  expect(demo({ '--host': '10.0.0.2' }, ['10.0.0.2'])).toMatchObject({
    ok: false,
    message: expect.stringMatching(/^--host: expected a loopback/),
  });
  expect(demo({ '--sip-host': '0.0.0.0' }, ['127.0.0.1'])).toMatchObject({ ok: false, message: expect.stringMatching(/^--sip-host:/) });
  expect(demo({ '--sip-host': 'phones.example' }, ['127.0.0.1'])).toMatchObject({ ok: false });
  expect(demo({}, ['127.0.0.1'])).toMatchObject({ ok: true });
});

test('behind a proxy the server stays on loopback and its cookies are those of HTTPS', () => {
  expect(plan({ '--behind-proxy': '', '--names': 'hotline.example' })).toMatchObject({
    value: { scheme: 'https', tls: 'none', hosts: ['hotline.example', '127.0.0.1', 'localhost', '::1'] },
  });
  expect(plan({ '--behind-proxy': '', '--host': '10.0.0.2' }, { addresses: ['10.0.0.2'] })).toMatchObject({ ok: false });
});

test('a Host header is compared without port, brackets and case; what is no host is no name', () => {
  expect(hostNameOf('LocalHost:8080')).toBe('localhost');
  expect(hostNameOf('[::1]:8080')).toBe('::1');
  for (const bad of [undefined, '', 'a b', 'a@b', 'a:b', '[::1', 'a/b']) expect(hostNameOf(bad), String(bad)).toBeUndefined();
});

test('a rebound name and a foreign, missing or differently schemed origin are refused', () => {
  const exposure = { scheme: 'http', tls: 'none', behindProxy: false, hosts: ['localhost'] } as const;
  expect(hostAllowed({ host: 'localhost:8080' }, exposure)).toBe(true);
  expect(hostAllowed({ host: 'evil.example:8080' }, exposure)).toBe(false);
  const origin = (found: string | undefined) =>
    originAllowed(found === undefined ? { host: 'localhost:8080' } : { host: 'localhost:8080', origin: found }, exposure);
  expect(origin('http://localhost:8080')).toBe(true);
  for (const found of [undefined, 'null', 'http://localhost:8081', 'https://localhost:8080', 'http://localhost:8080.evil.example'])
    expect(origin(found), String(found)).toBe(false);
});
