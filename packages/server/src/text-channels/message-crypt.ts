import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What WeCom and WeChat official accounts give an administrator to enter. */
export interface CryptSecrets {
  readonly token: string;
  /** EncodingAESKey: 43 characters, base64 of 32 bytes without its padding */
  readonly encodingAesKey: string;
  /** the id that messages are meant for: the enterprise, the suite or the official account */
  readonly receiver: string;
}

/** A callback as it came: three values of the query and the encrypted part of the body. */
export interface SealedCallback {
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly encrypt: string;
}

export type CryptFault = 'signature' | 'stale' | 'cipher' | 'receiver';
export type Opened = { readonly ok: true; readonly message: string } | { readonly ok: false; readonly fault: CryptFault };

const blockBytes = 32;
const randomLength = 16;
/** A callback older or newer than this is a replay, or comes from a clock that is wrong, s. */
export const callbackWindowS = 300;

/**
 * Encryption of callbacks as WeCom documents it (“加解密方案”): AES-256-CBC with the first half of the key as IV, PKCS#7 to
 * blocks of 32 bytes, not 16; the plain text is 16 random bytes, the length in network order, the message, the receiver.
 */
export class MessageCrypt {
  readonly #secrets: CryptSecrets;
  readonly #key: Buffer;

  /** Throws when the key is not one: a fault of the configuration. */
  constructor(secrets: CryptSecrets) {
    this.#secrets = secrets;
    this.#key = Buffer.from(`${secrets.encodingAesKey}=`, 'base64');
    if (!/^[A-Za-z0-9+/]{43}$/.test(secrets.encodingAesKey) || this.#key.length !== 32)
      throw new Error('EncodingAESKey: expected 43 characters of base64');
  }

  /** The message of a callback, or why it is not believed: the signature first, so that nothing unsigned is decrypted. `nowS`: seconds UTC. */
  open({ signature, timestamp, nonce, encrypt }: SealedCallback, nowS: number): Opened {
    if (!same(signature, this.signatureOf(timestamp, nonce, encrypt))) return { ok: false, fault: 'signature' };
    if (Math.abs(nowS - Number(timestamp)) > callbackWindowS) return { ok: false, fault: 'stale' };
    const plain = this.#decrypt(encrypt);
    if (plain === undefined) return { ok: false, fault: 'cipher' };
    const length = plain.readUInt32BE(randomLength);
    const end = randomLength + 4 + length;
    if (end > plain.length) return { ok: false, fault: 'cipher' };
    if (plain.toString('utf8', end) !== this.#secrets.receiver) return { ok: false, fault: 'receiver' };
    return { ok: true, message: plain.toString('utf8', randomLength + 4, end) };
  }

  /** SHA-1 over token, timestamp, nonce and the encrypted text, sorted. */
  signatureOf(timestamp: string, nonce: string, encrypt: string): string {
    return createHash('sha1').update([this.#secrets.token, timestamp, nonce, encrypt].sort().join('')).digest('hex');
  }

  /** A passive reply, or a test's callback. */
  seal(message: string, timestamp: string, nonce: string, random: Buffer = randomBytes(randomLength)): SealedCallback {
    const body = Buffer.from(message, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    const plain = Buffer.concat([random, length, body, Buffer.from(this.#secrets.receiver, 'utf8')]);
    const fill = blockBytes - (plain.length % blockBytes);
    const cipher = createCipheriv('aes-256-cbc', this.#key, this.#key.subarray(0, 16)).setAutoPadding(false);
    const encrypt = Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(fill, fill)])), cipher.final()]).toString('base64');
    return { signature: this.signatureOf(timestamp, nonce, encrypt), timestamp, nonce, encrypt };
  }

  /** Without its padding; undefined when it is no such cipher text. */
  #decrypt(encrypt: string): Buffer | undefined {
    const sealed = Buffer.from(encrypt, 'base64');
    if (sealed.length === 0 || sealed.length % 16 !== 0) return undefined;
    const cipher = createDecipheriv('aes-256-cbc', this.#key, this.#key.subarray(0, 16)).setAutoPadding(false);
    const padded = Buffer.concat([cipher.update(sealed), cipher.final()]);
    const fill = padded.at(-1) ?? 0;
    const plain = padded.subarray(0, padded.length - fill);
    const isPadding = fill >= 1 && fill <= blockBytes && padded.subarray(plain.length).every((byte) => byte === fill);
    return isPadding && plain.length >= randomLength + 4 ? plain : undefined;
  }
}

function same(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}
