import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** RFC 8410: what stands before the 32 bytes of an Ed25519 seed in PKCS#8. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const seedBytes = 32;
/** A webhook older or newer than this is a replay, or comes from a clock that is wrong, s. */
export const webhookWindowS = 300;

/**
 * Signatures of QQ's bot webhooks: Ed25519 over timestamp and body; the seed of the key is the bot's secret, repeated until
 * it has 32 bytes (“Webhook 签名校验” of the bot documentation).
 */
export class WebhookSignature {
  readonly #private: KeyObject;
  readonly #public: KeyObject;

  constructor(secret: string) {
    if (secret === '') throw new Error('bot secret: expected at least one character');
    const seed = Buffer.from(secret.repeat(Math.ceil(seedBytes / Buffer.byteLength(secret)))).subarray(0, seedBytes);
    this.#private = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
    this.#public = createPublicKey(this.#private);
  }

  /** Why a webhook is not believed; undefined = it is. `body`: the bytes as they came. `nowS`: seconds UTC. */
  faultOf(
    { signature, timestamp, body }: { readonly signature: string; readonly timestamp: string; readonly body: Buffer },
    nowS: number,
  ): 'signature' | 'stale' | undefined {
    const given = /^[0-9a-f]{128}$/i.test(signature) ? Buffer.from(signature, 'hex') : undefined;
    if (given === undefined || !verify(null, Buffer.concat([Buffer.from(timestamp), body]), this.#public, given)) return 'signature';
    return Math.abs(nowS - Number(timestamp)) > webhookWindowS ? 'stale' : undefined;
  }

  /** The answer by which a new callback address proves that it knows the secret (op 13): over event_ts and plain_token. */
  answerTo({ eventTs, plainToken }: { readonly eventTs: string; readonly plainToken: string }): string {
    return sign(null, Buffer.from(`${eventTs}${plainToken}`), this.#private).toString('hex');
  }
}
