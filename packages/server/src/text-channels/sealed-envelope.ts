import { flatXml } from './flat-xml.ts';
import type { CryptFault, MessageCrypt, SealedCallback } from './message-crypt.ts';
import type { Callback, CallbackFault } from './vendor.ts';

type Fields = Readonly<Record<string, string>>;

/** The message in an encrypted POST of WeCom or WeChat, as fields, and what makes it unique. */
export function openEnvelope(
  crypt: MessageCrypt,
  { query, body }: Callback,
  now: number,
): { readonly fields: Fields; readonly once: string } | { readonly fault: CallbackFault } {
  const encrypt = flatXml(body.toString('utf8'))?.['Encrypt'];
  if (encrypt === undefined)
    return { fault: query['encrypt_type'] === undefined && query['msg_signature'] === undefined ? 'plain' : 'unreadable' };
  const sealed = sealedIn(query, encrypt);
  const opened = crypt.open(sealed, now / 1000);
  if (!opened.ok) return { fault: faultOf(opened.fault) };
  const fields = flatXml(opened.message);
  return fields === undefined ? { fault: 'unreadable' } : { fields, once: `${sealed.signature} ${sealed.timestamp} ${sealed.nonce}` };
}

/** Three values of the query and the encrypted part. */
export function sealedIn(query: Callback['query'], encrypt: string): SealedCallback {
  const of = (name: string) => query[name] ?? '';
  return { signature: of('msg_signature'), timestamp: of('timestamp'), nonce: of('nonce'), encrypt };
}

/** Who did not seal it for us did not sign it for us either. */
export function faultOf(fault: CryptFault): CallbackFault {
  return fault === 'cipher' || fault === 'receiver' ? 'signature' : fault;
}
