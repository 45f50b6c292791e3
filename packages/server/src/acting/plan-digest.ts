import { createHmac, hkdfSync } from 'node:crypto';

/** Digests of plans under a key derived from the master key (32 bytes): the timeline shows whether plans are equal, and nothing of them. */
export function planDigest(masterKey: Buffer): (text: string) => string {
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'acting-plan', 32));
  return (text) => createHmac('sha256', key).update(text).digest('base64url');
}
