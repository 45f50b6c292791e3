import { createPrivateKey, X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import { StartRefused } from '../store/start-refused.ts';
import type { KeyPair } from './own-authority.ts';

/**
 * Reads the operator's certificate and key and checks that they belong together.
 * @throws StartRefused `tls.unreadable`, naming the option
 */
export function givenCertificate(certFile: string, keyFile: string): KeyPair {
  const cert = read('--tls-cert', certFile);
  const key = read('--tls-key', keyFile);
  const certificate = parse('--tls-cert', certFile, 'a certificate in PEM', () => new X509Certificate(cert));
  const privateKey = parse('--tls-key', keyFile, 'a private key in PEM without a passphrase', () => createPrivateKey(key));
  if (!certificate.checkPrivateKey(privateKey))
    throw new StartRefused('tls.unreadable', `--tls-key: ${keyFile} is not the key of ${certFile}: give the one it was made with`);
  return { cert, key };
}

/** A sentence for the operator when the certificate has ended or ends within 30 days; undefined otherwise. */
export function expiryWarning(cert: string, now: number): string | undefined {
  const { validTo } = new X509Certificate(cert);
  const days = Math.floor((Date.parse(validTo) - now) / 86_400_000);
  if (days >= 30) return undefined;
  return days < 0 ? `the certificate ended on ${validTo}: browsers refuse it` : `the certificate ends on ${validTo}, in ${days} days`;
}

function read(option: string, file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new StartRefused('tls.unreadable', `${option}: cannot read ${file}: ${error instanceof Error ? error.message : error}`);
  }
}

function parse<T>(option: string, file: string, expected: string, work: () => T): T {
  try {
    return work();
  } catch {
    throw new StartRefused('tls.unreadable', `${option}: expected ${expected} in ${file}`);
  }
}
