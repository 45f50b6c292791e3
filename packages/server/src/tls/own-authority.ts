import { createPrivateKey, X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import { isIP } from 'node:net';
import path from 'node:path';
import { generate } from 'selfsigned';
import { StartRefused } from '../store/start-refused.ts';

const dayMs = 86_400_000;
const authorityDays = 3650;
/** Browsers accept no more than 398 days of a certificate for a server. */
const certificateDays = 397;
const renewBeforeDays = 30;

export interface KeyPair {
  /** PEM, server's certificate first, then its authority's */
  readonly cert: string;
  /** PEM, PKCS #8 */
  readonly key: string;
}

/**
 * An authority of this installation and a certificate for its names, kept in `folder` (0700; keys 0600). The authority
 * is made once and trusted once on each PC; the certificate is made anew when it nears its end or the names have changed.
 * @throws StartRefused `tls.damaged` where a file is there but unusable: a new authority would have to be trusted again
 */
export async function ownCertificate(folder: string, names: readonly string[], now: number): Promise<KeyPair> {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const authority = readPair(folder, 'authority') ?? (await makeAuthority(folder, now));
  const present = readPair(folder, 'server');
  const server = present !== undefined && fits(present, authority, names, now) ? present : await issue(folder, authority, names, now);
  return { cert: `${server.cert.trim()}\n${authority.cert}`, key: server.key };
}

/** Where people find the certificate that their browsers must learn to trust. */
export function authorityFile(folder: string): string {
  return path.join(folder, 'authority.pem');
}

async function makeAuthority(folder: string, now: number): Promise<KeyPair> {
  const made = await generate([{ name: 'commonName', value: 'ThreeRings own authority' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - dayMs),
    notAfterDate: new Date(now + authorityDays * dayMs),
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return writePair(folder, 'authority', { cert: made.cert, key: made.private });
}

async function issue(folder: string, authority: KeyPair, names: readonly string[], now: number): Promise<KeyPair> {
  const made = await generate([{ name: 'commonName', value: names[0] ?? 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - dayMs),
    notAfterDate: new Date(now + certificateDays * dayMs),
    ca: { cert: authority.cert, key: authority.key },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: names.map((name) => (isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name })) },
    ],
  });
  return writePair(folder, 'server', { cert: made.cert, key: made.private });
}

function fits(pair: KeyPair, authority: KeyPair, names: readonly string[], now: number): boolean {
  const certificate = new X509Certificate(pair.cert);
  const fresh = Date.parse(certificate.validTo) - now > renewBeforeDays * dayMs && Date.parse(certificate.validFrom) <= now;
  const signed = certificate.verify(new X509Certificate(authority.cert).publicKey);
  return (
    fresh && signed && names.every((name) => (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined)
  );
}

function readPair(folder: string, name: string): KeyPair | undefined {
  const [certFile, keyFile] = [path.join(folder, `${name}.pem`), path.join(folder, `${name}.key`)];
  if (!fs.existsSync(certFile) && !fs.existsSync(keyFile)) return undefined;
  const problem = (why: string) =>
    new StartRefused(
      'tls.damaged',
      `--tls own: ${certFile} and ${keyFile} are not usable (${why}): put them back, or remove both to make new ones`,
    );
  try {
    const pair = { cert: fs.readFileSync(certFile, 'utf8'), key: fs.readFileSync(keyFile, 'utf8') };
    if (new X509Certificate(pair.cert).checkPrivateKey(createPrivateKey(pair.key))) return pair;
  } catch (error) {
    throw problem(error instanceof Error ? error.message : String(error));
  }
  throw problem('the key is not that of the certificate');
}

function writePair(folder: string, name: string, pair: KeyPair): KeyPair {
  // The key first: a certificate without its key would be reported as damaged, a key without its certificate too.
  write(path.join(folder, `${name}.key`), pair.key, 0o600);
  write(path.join(folder, `${name}.pem`), pair.cert, 0o644);
  return pair;
}

function write(file: string, text: string, mode: number): void {
  const draft = `${file}.${process.pid}.new`;
  fs.writeFileSync(draft, text, { mode, flush: true });
  fs.renameSync(draft, file);
}
