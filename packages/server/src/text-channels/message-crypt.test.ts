import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MessageCrypt } from './message-crypt.ts';

/** The example of WeCom's documentation, “加解密方案说明”. */
const documented = {
  secrets: { token: 'QDG6eK', encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', receiver: 'wx5823bf96d3bd56c7' },
  callback: {
    signature: '477715d11cdb4164915debcba66cb864d751f3e6',
    timestamp: '1409659813',
    nonce: '1372623149',
    encrypt:
      'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==',
  },
};
const crypt = new MessageCrypt(documented.secrets);
const sentAt = Number(documented.callback.timestamp);

describe('callbacks of WeCom', () => {
  it('are opened as the documentation shows', () => {
    const opened = crypt.open(documented.callback, sentAt);
    expect(opened).toMatchObject({ ok: true });
    expect(opened.ok && opened.message).toContain('<Content><![CDATA[hello]]></Content>');
  });

  it('are refused after the window in which one can be repeated', () => {
    expect(crypt.open(documented.callback, sentAt + 301)).toEqual({ ok: false, fault: 'stale' });
    expect(crypt.open(documented.callback, sentAt - 301)).toEqual({ ok: false, fault: 'stale' });
  });

  it('are refused when any character of them was changed', () => {
    const { callback } = documented;
    fc.assert(
      fc.property(fc.constantFrom('signature', 'nonce', 'encrypt'), fc.nat(), (part, at) => {
        const text = callback[part as keyof typeof callback];
        const place = at % text.length;
        const other = text[place] === 'a' ? 'b' : 'a';
        const changed = { ...callback, [part]: text.slice(0, place) + other + text.slice(place + 1) };
        expect(crypt.open(changed, sentAt)).toEqual({ ok: false, fault: 'signature' });
      }),
    );
  });

  it('are refused when they are meant for somebody else', () => {
    const other = new MessageCrypt({ ...documented.secrets, receiver: 'wx0000000000000000' });
    expect(crypt.open(other.seal('<xml/>', '1409659813', 'n'), sentAt)).toEqual({ ok: false, fault: 'receiver' });
  });

  it('come back as they were sealed, whatever the length of the message', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (message) => {
        expect(crypt.open(crypt.seal(message, '1409659813', 'nonce'), sentAt)).toEqual({ ok: true, message });
      }),
    );
  });

  it('with a signature but no cipher text are refused', () => {
    for (const encrypt of ['', 'AAAA', Buffer.alloc(64, 7).toString('base64')]) {
      const signature = crypt.signatureOf('1409659813', 'n', encrypt);
      expect(crypt.open({ signature, timestamp: '1409659813', nonce: 'n', encrypt }, sentAt)).toEqual({ ok: false, fault: 'cipher' });
    }
  });
});
