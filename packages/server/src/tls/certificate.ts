import fs from 'node:fs';
import path from 'node:path';
import type { Config } from '../config.ts';
import type { Feature } from '../http/app.ts';
import type { Exposure } from '../http/exposure.ts';
import type { Opened } from '../services.ts';
import { expiryWarning, givenCertificate } from './given-certificate.ts';
import { authorityFile, type KeyPair, ownCertificate } from './own-authority.ts';

export interface Certificate {
  /** undefined = plain HTTP */
  readonly pair: KeyPair | undefined;
  /** with the own authority: the address from which a PC gets what it must trust */
  readonly features: readonly Feature[];
  /** Called with a new pair whenever it was renewed or replaced on disk; the server changes over without a restart. */
  renewed(listener: (pair: KeyPair) => void): void;
}

const dailyMs = 86_400_000;

/** The certificate that the exposure asks for, looked at daily: a server that runs for a year must not run out of it. */
export async function openCertificate(
  exposure: Exposure,
  config: Config,
  now: () => number,
  warn: (line: string) => void,
): Promise<Opened<Certificate>> {
  if (exposure.tls === 'none') return { value: { pair: undefined, features: [], renewed: () => {} } };
  const folder = path.join(config.data, 'tls');
  const obtain = async () => {
    if (exposure.tls === 'own') return ownCertificate(folder, exposure.hosts, now());
    // `given` is planned only where both options are.
    const pair = givenCertificate(config.tlsCert ?? '', config.tlsKey ?? '');
    const warning = expiryWarning(pair.cert, now());
    if (warning !== undefined) warn(`--tls-cert: ${warning}`);
    return pair;
  };
  let pair = await obtain();
  let tell: (pair: KeyPair) => void = () => {};
  const look = async () => {
    const found = await obtain();
    if (found.cert === pair.cert) return;
    pair = found;
    tell(found);
  };
  const timer = setInterval(() => look().catch((error: Error) => warn(`certificate not renewed: ${error.message}`)), dailyMs).unref();
  if (exposure.tls === 'own') warn(`own authority: let each PC trust ${authorityFile(folder)} once (also at /authority.pem)`);
  return {
    value: {
      pair,
      features: exposure.tls === 'own' ? [authorityFeature(authorityFile(folder))] : [],
      renewed: (listener) => {
        tell = listener;
      },
    },
    stop: () => clearInterval(timer),
  };
}

function authorityFeature(file: string): Feature {
  return {
    name: 'own authority',
    routes(app) {
      app.get('/authority.pem', { config: { permission: 'public' } }, (_request, reply) =>
        reply
          .type('application/x-x509-ca-cert')
          .header('content-disposition', 'attachment; filename="threerings-authority.crt"')
          .send(fs.readFileSync(file)),
      );
    },
  };
}
