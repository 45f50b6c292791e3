import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** A data key is two keys of 32 bytes: one seals (AES-256-GCM), one commits (HMAC-SHA-256). */
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

export function newDataKey(): Buffer {
  return randomBytes(2 * keyBytes);
}

/** 128 random bits: a reference tells nothing of its value or of when it was written. */
export function newName(): string {
  return randomBytes(16).toString('base64url');
}

export interface Sealed {
  readonly nonce: Buffer;
  /** the tag stands at its end */
  readonly ciphertext: Buffer;
}

/** @param about bound to the value (GCM's additional data): a sealed value that is moved elsewhere does not open */
export function seal(dataKey: Buffer, about: string, value: string): Sealed {
  return encrypt(dataKey.subarray(0, keyBytes), about, Buffer.from(value, 'utf8'));
}

/** @throws when the value, its tag or what it is bound to was changed */
export function open(dataKey: Buffer, about: string, sealed: Sealed): string {
  return decrypt(dataKey.subarray(0, keyBytes), about, sealed).toString('utf8');
}

/** nonce ‖ ciphertext ‖ tag. @param about as for `seal` */
export function sealBytes(dataKey: Buffer, about: string, bytes: Buffer): Buffer {
  const sealed = encrypt(dataKey.subarray(0, keyBytes), about, bytes);
  return Buffer.concat([sealed.nonce, sealed.ciphertext]);
}

/** @throws when the bytes, their tag or what they are bound to was changed */
export function openBytes(dataKey: Buffer, about: string, sealed: Buffer): Buffer {
  const [nonce, ciphertext] = [sealed.subarray(0, nonceBytes), sealed.subarray(nonceBytes)];
  return decrypt(dataKey.subarray(0, keyBytes), about, { nonce, ciphertext });
}

/**
 * HMAC and no plain hash: a telephone number can be found by trying them all. With the key gone neither the value nor a
 * guess at it can be checked.
 */
export function commitment(dataKey: Buffer, canonicalValue: string): string {
  return createHmac('sha256', dataKey.subarray(keyBytes)).update(canonicalValue).digest('base64url');
}

/** nonce ‖ ciphertext ‖ tag */
export function wrap(masterKey: Buffer, subject: string, dataKey: Buffer): Buffer {
  const sealed = encrypt(masterKey, subject, dataKey);
  return Buffer.concat([sealed.nonce, sealed.ciphertext]);
}

/** @throws when the master key is another one than that which wrapped the key */
export function unwrap(masterKey: Buffer, subject: string, wrapped: Buffer): Buffer {
  return decrypt(masterKey, subject, { nonce: wrapped.subarray(0, nonceBytes), ciphertext: wrapped.subarray(nonceBytes) });
}

function encrypt(key: Buffer, about: string, plain: Buffer): Sealed {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about, 'utf8'));
  return { nonce, ciphertext: Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]) };
}

function decrypt(key: Buffer, about: string, { nonce, ciphertext }: Sealed): Buffer {
  const end = ciphertext.length - tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(about, 'utf8'));
  decipher.setAuthTag(ciphertext.subarray(end));
  const plain = decipher.update(ciphertext.subarray(0, end));
  // a stream cipher has nothing left here: this checks the tag
  decipher.final();
  return plain;
}
