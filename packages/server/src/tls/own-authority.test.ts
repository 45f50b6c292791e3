import { X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { expiryWarning, givenCertificate } from './given-certificate.ts';
import { authorityFile, ownCertificate } from './own-authority.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true });
});
function newFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'threerings-tls-'));
  folders.push(folder);
  return folder;
}

const now = Date.now();
const dayMs = 86_400_000;
const names = ['hotline.lan', '192.168.1.9', '::1'];
const chainOf = (cert: string) => (cert.match(/-----BEGIN[\s\S]+?END CERTIFICATE-----/g) ?? []).map((each) => new X509Certificate(each));

test('the certificate is that of an authority of this installation and holds every name', async () => {
  const folder = newFolder();
  const { cert } = await ownCertificate(folder, names, now);
  const [server, authority] = chainOf(cert);
  if (server === undefined || authority === undefined) throw new Error('expected two certificates');
  expect(authority.ca).toBe(true);
  expect(server.ca).toBe(false);
  expect(server.verify(authority.publicKey)).toBe(true);
  expect(server.checkHost('hotline.lan')).toBe('hotline.lan');
  expect(server.checkIP('192.168.1.9')).toBe('192.168.1.9');
  expect(server.checkIP('::1')).toBeDefined();
  expect(Date.parse(server.validTo) - now).toBeLessThanOrEqual(398 * dayMs);
  for (const file of ['authority.key', 'server.key']) expect(fs.statSync(path.join(folder, file)).mode & 0o777).toBe(0o600);
  expect(fs.readFileSync(authorityFile(folder), 'utf8')).toContain('BEGIN CERTIFICATE');
});

test('the authority stays; the certificate is made anew for another name and near its end', async () => {
  const folder = newFolder();
  const first = await ownCertificate(folder, names, now);
  const authority = fs.readFileSync(authorityFile(folder), 'utf8');
  expect((await ownCertificate(folder, names, now)).cert).toBe(first.cert);
  expect((await ownCertificate(folder, names.slice(1), now)).cert).toBe(first.cert);
  const renamed = await ownCertificate(folder, [...names, 'new.lan'], now);
  expect(chainOf(renamed.cert)[0]?.checkHost('new.lan')).toBe('new.lan');
  const later = await ownCertificate(folder, names, now + 370 * dayMs);
  expect(later.cert).not.toBe(renamed.cert);
  expect(fs.readFileSync(authorityFile(folder), 'utf8')).toBe(authority);
});

test('a damaged or foreign key is refused and nothing is overwritten', async () => {
  const [folder, other] = [newFolder(), newFolder()];
  await ownCertificate(folder, names, now);
  await ownCertificate(other, names, now);
  fs.copyFileSync(path.join(other, 'authority.key'), path.join(folder, 'authority.key'));
  const before = fs.readFileSync(authorityFile(folder), 'utf8');
  await expect(ownCertificate(folder, names, now)).rejects.toMatchObject({
    code: 'tls.damaged',
    message: expect.stringMatching(/^--tls own:/),
  });
  fs.rmSync(path.join(folder, 'authority.key'));
  await expect(ownCertificate(folder, names, now)).rejects.toMatchObject({ code: 'tls.damaged' });
  expect(fs.readFileSync(authorityFile(folder), 'utf8')).toBe(before);
});

test('a given certificate is refused by naming the option that is wrong', async () => {
  const folder = newFolder();
  await ownCertificate(folder, names, now);
  const file = (name: string) => path.join(folder, name);
  expect(givenCertificate(file('server.pem'), file('server.key')).cert).toContain('BEGIN CERTIFICATE');
  expect(() => givenCertificate(file('none.pem'), file('server.key'))).toThrow(/^--tls-cert: cannot read/);
  expect(() => givenCertificate(file('server.key'), file('server.key'))).toThrow(/^--tls-cert: expected a certificate/);
  expect(() => givenCertificate(file('server.pem'), file('server.pem'))).toThrow(/^--tls-key: expected a private key/);
  expect(() => givenCertificate(file('server.pem'), file('authority.key'))).toThrow(/^--tls-key: .* is not the key of/);
});

test('the operator hears of the end of a certificate thirty days before', async () => {
  const { cert } = await ownCertificate(newFolder(), names, now);
  expect(expiryWarning(cert, now)).toBeUndefined();
  expect(expiryWarning(cert, now + 380 * dayMs)).toMatch(/^the certificate ends on .*, in 1[67] days$/);
  expect(expiryWarning(cert, now + 400 * dayMs)).toMatch(/^the certificate ended on/);
});
