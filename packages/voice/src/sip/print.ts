import type { Header, SipMessage } from './message.ts';

/** Names whose capitals are not those of every word; case means nothing, but old parsers and eyes expect these. */
const SPELLING: Readonly<Record<string, string>> = {
  'call-id': 'Call-ID',
  cseq: 'CSeq',
  'www-authenticate': 'WWW-Authenticate',
  'mime-version': 'MIME-Version',
  'min-se': 'Min-SE',
  rack: 'RAck',
  rseq: 'RSeq',
};

/** A message as it goes on the wire, with the Content-Length of its body. */
export function printMessage(message: SipMessage): Buffer {
  const first =
    message.kind === 'request' ? `${message.method} ${message.uri.text} SIP/2.0` : `SIP/2.0 ${message.status} ${clean(message.reason)}`;
  return printRaw(first, message.headers, message.body);
}

/** For answers to what could not be parsed: a first line and fields as they came. */
export function printRaw(firstLine: string, headers: readonly Header[], body: Buffer): Buffer {
  const lines = headers.filter(({ name }) => name !== 'content-length').map(({ name, value }) => `${spell(name)}: ${clean(value)}`);
  const head = [firstLine, ...lines, `Content-Length: ${body.length}`, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'utf8'), body]);
}

function spell(name: string): string {
  return SPELLING[name] ?? name.replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());
}

/** INVARIANT one line each: no text, whatever its origin, can begin a header field of its own. */
function clean(value: string): string {
  return value.replace(/[\r\n]+/g, ' ');
}
