import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WebhookSignature } from './webhook-signature.ts';

/** From the tests of the bot SDK (tencent-connect/botgo, Apache-2.0). */
const known = {
  secret: '123456abcdef',
  signature:
    'e949b5b94ef4103df903fb031d1d16e358db3db83e79e117edd404c8508be3ce8a76d7bad1bed353194c126a1a5915b4ad8b5288c1191cc53a12acffccd82004',
  timestamp: '1728981195',
  body: '{"id":"ROBOT1.0_veoihSEXDc8Q.g-6eLpNIa11bH8MisOjn-m-LKxCPntMk6exUXgcWCGpVO7L2QKTNZzjZzFFDSbiOFcqAPWyVA!!","content":"哦一下","timestamp":"2024-10-15T16:33:15+08:00","author":{"id":"675860273","user_openid":"675860273"}}',
};
const keys = new WebhookSignature(known.secret);
const webhook = { signature: known.signature, timestamp: known.timestamp, body: Buffer.from(known.body) };
const sentAt = Number(known.timestamp);

describe('webhooks of QQ', () => {
  it('are believed when the bot secret signed them', () => {
    expect(keys.faultOf(webhook, sentAt)).toBeUndefined();
  });

  it('are refused when any byte of the body, the time or the signature was changed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const body = Buffer.from(webhook.body);
        const place = at % body.length;
        body[place] = (body[place] ?? 0) ^ flip;
        expect(keys.faultOf({ ...webhook, body }, sentAt)).toBe('signature');
      }),
    );
    expect(keys.faultOf({ ...webhook, timestamp: '1728981196' }, sentAt)).toBe('signature');
    expect(keys.faultOf({ ...webhook, signature: `0${known.signature.slice(1)}` }, sentAt)).toBe('signature');
    expect(keys.faultOf({ ...webhook, signature: 'no hex' }, sentAt)).toBe('signature');
  });

  it('are refused after the window in which one can be repeated', () => {
    expect(keys.faultOf(webhook, sentAt + 301)).toBe('stale');
  });

  it('prove a new address by signing what it was asked', () => {
    const answer = keys.answerTo({ eventTs: '1725442341', plainToken: 'Arq0D5A61EgUu4OxUvOp' });
    expect(
      keys.faultOf({ signature: answer, timestamp: '1725442341', body: Buffer.from('Arq0D5A61EgUu4OxUvOp') }, 1725442341),
    ).toBeUndefined();
  });
});
