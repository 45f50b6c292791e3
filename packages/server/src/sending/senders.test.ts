import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { httpSmsSender } from './http-sms-sender.ts';
import { openSenders } from './open-senders.ts';
import type { Sender } from './sender.ts';
import { smtpSender } from './smtp-sender.ts';

/** A gateway on loopback that a test tells how to answer. */
interface FakeGateway {
  /** what arrived, in order: id, address and text as the gateway understood them */
  readonly arrived: readonly { readonly id: string; readonly to: string; readonly text: string }[];
  answer(how: 'take' | 'busy' | 'refuse'): void;
  close(): Promise<void>;
}

/** What every sender does with its gateway. */
function senderContract(name: string, address: string, open: () => Promise<{ sender: Sender; gateway: FakeGateway }>): void {
  const outgoing = { message: 'message-0001', to: address, subject: '一次性告知', text: '1. 身份证\n2. 社保卡' };

  test(`${name}: a message arrives as it was written, with an id that stays the same when it is sent again`, async () => {
    const { sender, gateway } = await open();
    expect(await sender.send(outgoing)).toBe('sent');
    expect(await sender.send(outgoing)).toBe('sent');
    expect(gateway.arrived.map(({ to, text }) => [to, text])).toEqual([
      [address, outgoing.text],
      [address, outgoing.text],
    ]);
    expect(new Set(gateway.arrived.map(({ id }) => id)).size).toBe(1);
    expect(gateway.arrived[0]?.id).toContain('message-0001');
    sender.close();
    await gateway.close();
  });

  test(`${name}: a busy gateway is asked again, one that refuses is not, and neither says the address or the text`, async () => {
    const { sender, gateway } = await open();
    gateway.answer('busy');
    expect(await sender.send(outgoing)).toMatchObject({ fault: 'busy', permanent: false });
    gateway.answer('refuse');
    const refused = await sender.send(outgoing);
    expect(refused).toMatchObject({ fault: 'refused', permanent: true });
    expect(JSON.stringify(refused)).not.toContain(address);
    gateway.answer('take');
    expect(await sender.send(outgoing)).toBe('sent');
    sender.close();
    await gateway.close();
  });

  test(`${name}: a gateway that is not there is no reason to throw`, async () => {
    const { sender, gateway } = await open();
    await gateway.close();
    expect(await sender.send(outgoing)).toMatchObject({ fault: 'unreachable', permanent: false });
    sender.close();
  });
}

type How = Parameters<FakeGateway['answer']>[0];

/** As much of RFC 5321 as a client needs: EHLO, MAIL, RCPT, DATA, QUIT. */
async function fakeSmtp() {
  let how: How = 'take';
  const arrived: { id: string; to: string; text: string }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let to = '';
    let data: string | undefined;
    const answer = (line: string) => {
      if (line.startsWith('EHLO')) return '250 fake';
      if (line.startsWith('RCPT')) {
        to = /<(.*)>/.exec(line)?.[1] ?? '';
        return how === 'take' ? '250 ok' : how === 'busy' ? `451 ${to} try later` : `550 no such user ${to}`;
      }
      if (line === 'DATA') {
        data = '';
        return '354 go on';
      }
      return line === 'QUIT' ? '221 bye' : '250 ok';
    };
    let rest = '';
    socket.on('data', (chunk) => {
      rest += chunk.toString('latin1');
      for (let end = rest.indexOf('\r\n'); end !== -1; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (data === undefined) socket.write(`${answer(line)}\r\n`);
        else if (line === '.') {
          arrived.push(read(data, to));
          data = undefined;
          socket.write('250 taken\r\n');
        } else data += `${line}\r\n`;
      }
    });
    socket.on('error', () => {});
    socket.write('220 fake\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const gateway: FakeGateway = {
    arrived,
    answer: (next) => {
      how = next;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
  const { port } = server.address() as AddressInfo;
  return { gateway, sender: smtpSender({ host: '127.0.0.1', port, secure: false, from: 'hotline@example.org', timeoutMs: 5000 }) };
}

function read(mail: string, to: string) {
  const [head = '', ...body] = mail.split('\r\n\r\n');
  const encoded = body.join('\r\n\r\n');
  const text = /base64/i.test(head) ? Buffer.from(encoded, 'base64').toString('utf8') : unquoted(encoded);
  return { id: /^message-id: (.*)$/im.exec(head)?.[1] ?? '', to, text: text.replaceAll('\r\n', '\n').trimEnd() };
}

function unquoted(text: string): string {
  const bytes = text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

async function fakeSms() {
  let how: How = 'take';
  const arrived: { id: string; to: string; text: string }[] = [];
  const server = createHttpServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { id, to, text } = JSON.parse(body) as { id: string; to: string; text: string };
    if (how === 'take' && request.headers['idempotency-key'] === id && request.headers.authorization === 'Bearer x')
      arrived.push({ id, to, text });
    response.writeHead(how === 'take' ? 202 : how === 'busy' ? 429 : 422).end(how === 'take' ? '' : `not for ${to}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const gateway: FakeGateway = {
    arrived,
    answer: (next) => {
      how = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  const { port } = server.address() as AddressInfo;
  return { gateway, sender: httpSmsSender({ url: `http://127.0.0.1:${port}/sms`, authorization: 'Bearer x', timeoutMs: 5000 }) };
}

senderContract('mail', 'wang@example.org', fakeSmtp);
senderContract('sms', '13800138000', fakeSms);

test('what is configured wrong is refused at the start, in a sentence that names the option', () => {
  expect(openSenders({} as never)).toEqual({});
  const given = { mailFrom: 'a@example.org', mailPasswordFile: undefined, smsUrl: undefined, smsAuthorizationFile: undefined };
  for (const mailUrl of ['http://x', 'smtp://user:secret@host', 'nonsense'])
    expect(() => openSenders({ ...given, mailUrl })).toThrow('--mail-url');
  expect(() => openSenders({ ...given, mailUrl: 'smtp://host', mailFrom: undefined })).toThrow('--mail-from');
  expect(() => openSenders({ ...given, mailUrl: 'smtp://u@host', mailPasswordFile: '/nowhere' })).toThrow('--mail-password-file');
  const opened = openSenders({ ...given, mailUrl: 'smtps://u@host' });
  expect(Object.keys(opened)).toEqual(['mail']);
  opened.mail?.close();
});
