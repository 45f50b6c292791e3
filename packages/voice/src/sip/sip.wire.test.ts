import dgram from 'node:dgram';
import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openUserAgent } from './open.ts';
import { ANSWER, Diary, OFFER } from './simulation/pair.ts';
import { Sockets } from './sockets.ts';
import type { Call, InboundCall, Note, UserAgent } from './user-agent.ts';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

interface Station {
  readonly agent: UserAgent;
  readonly arrivals: { readonly call: InboundCall; readonly diary: Diary }[];
  readonly notes: Note[];
}

async function station(onArrival: (call: InboundCall) => void = (call) => call.answer(ANSWER), address = '127.0.0.1'): Promise<Station> {
  const arrivals: Station['arrivals'] = [];
  const notes: Note[] = [];
  const agent = await openUserAgent(
    { address, port: 0 },
    {
      arrived(call) {
        const diary = new Diary();
        arrivals.push({ call, diary });
        onArrival(call);
        return diary;
      },
      note: (note) => notes.push(note),
    },
  );
  if ('refused' in agent) throw new Error(agent.message);
  opened.push(agent);
  return { agent, arrivals, notes };
}

/** A diary whose reader can wait for a line. */
class AwaitedDiary extends Diary {
  #waiting: { readonly wanted: RegExp; readonly resolve: () => void }[] = [];

  async line(wanted: RegExp): Promise<void> {
    if (this.lines.some((line) => wanted.test(line))) return;
    await new Promise<void>((resolve) => this.#waiting.push({ wanted, resolve }));
  }

  override answered(sdp?: string): void {
    super.answered(sdp);
    this.#tell();
  }

  override ended(how: Parameters<Diary['ended']>[0]): void {
    super.ended(how);
    this.#tell();
  }

  override progress(status: number, sdp?: string): void {
    super.progress(status, sdp);
    this.#tell();
  }

  #tell(): void {
    this.#waiting = this.#waiting.filter(({ wanted, resolve }) => {
      const found = this.lines.some((line) => wanted.test(line));
      if (found) resolve();
      return !found;
    });
  }
}

function dial(from: Station, to: Station, more = ''): { call: Call; diary: AwaitedDiary } {
  const diary = new AwaitedDiary();
  const { address, port } = to.agent.bound;
  const call = from.agent.dial(
    { uri: `sip:12333@${address.includes(':') ? `[${address}]` : address}:${port}${more}`, sdp: OFFER, from: '1' },
    diary,
  );
  if ('refused' in call) throw new Error(call.message);
  return { call, diary };
}

describe('over real sockets', () => {
  it.each([
    ['UDP', '', '127.0.0.1'],
    ['TCP', ';transport=tcp', '127.0.0.1'],
    ['UDP on IPv6', '', '::1'],
    ['TCP on IPv6', ';transport=tcp', '::1'],
  ])('a call comes about and ends: %s', async (_title, more, address) => {
    const [caller, hotline] = [await station(undefined, address), await station((call) => call.ring(), address)];
    const { call, diary } = dial(caller, hotline, more);
    await diary.line(/progress 180/);
    hotline.arrivals[0]?.call.answer(ANSWER);
    await diary.line(/answered sdp/);
    call.hangUp();
    await caller.agent.close();
    await hotline.agent.close();
    expect(hotline.arrivals.map((each) => each.diary.lines)).toEqual([['answered', 'ended far bye']]);
    expect([...caller.notes, ...hotline.notes]).toEqual([]);
  });

  it('a hundred calls at once on one connection', async () => {
    const [caller, hotline] = [await station(), await station()];
    const calls = Array.from({ length: 100 }, () => dial(caller, hotline, ';transport=tcp'));
    await Promise.all(calls.map(({ diary }) => diary.line(/answered sdp/)));
    expect(hotline.agent.calls).toBe(100);
    expect(new Set(hotline.arrivals.map(({ call }) => call.source.port)).size).toBe(1);
    await caller.agent.close();
    await hotline.agent.close();
    expect(hotline.arrivals.every(({ diary }) => diary.lines.at(-1) === 'ended far bye')).toBe(true);
  });

  it('a refused connection ends the call at once', async () => {
    const caller = await station();
    const closed = await station();
    await closed.agent.close();
    const { diary } = dial(caller, closed, ';transport=tcp');
    await diary.line(/ended failure transport 503/);
    expect(caller.notes.map(({ kind }) => kind)).toEqual(['transport-failed']);
  });

  it('a name that does not exist ends the call', async () => {
    const caller = await station();
    const diary = new AwaitedDiary();
    caller.agent.dial({ uri: 'sip:1@no-such-host.invalid', sdp: OFFER }, diary);
    await diary.line(/ended failure transport 503/);
  });

  it('a second agent on the same port is told which one', async () => {
    const { agent } = await station();
    const second = await openUserAgent({ port: agent.bound.port }, { arrived: () => new Diary() });
    expect(second).toMatchObject({ refused: 'address.in-use', message: expect.stringContaining(String(agent.bound.port)) });
    expect(await openUserAgent({ address: '0.0.0.0' }, { arrived: () => new Diary() })).toMatchObject({ refused: 'address.invalid' });
    expect(await openUserAgent({ address: 'localhost' }, { arrived: () => new Diary() })).toMatchObject({ refused: 'address.invalid' });
  });
});

describe('raw peers', () => {
  const OPTIONS = (port: number) =>
    `OPTIONS sip:x@127.0.0.1:${port} SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:1;branch=z9hG4bK${port};rport\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n`;

  function connect(port: number): Promise<net.Socket> {
    return new Promise((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () => resolve(socket));
      opened.unshift({ close: () => socket.destroy() });
    });
  }

  const closed = (socket: net.Socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()).resume());
  const next = (socket: net.Socket) => new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));

  it('are answered where rport says, and with pong for ping', async () => {
    const { agent } = await station();
    const socket = await connect(agent.bound.port);
    socket.write(`\r\n\r\n`);
    expect(await next(socket)).toBe('\r\n');
    socket.write(OPTIONS(agent.bound.port).slice(0, 50));
    socket.write(OPTIONS(agent.bound.port).slice(50));
    expect(await next(socket)).toContain(`;rport=${socket.localPort};received=127.0.0.1`);
  });

  it('over UDP are answered at the port they sent from', async () => {
    const { agent } = await station();
    const socket = dgram.createSocket('udp4');
    opened.unshift({ close: () => new Promise<void>((resolve) => socket.close(() => resolve())) });
    const answer = new Promise<string>((resolve) => socket.once('message', (bytes) => resolve(bytes.toString())));
    socket.send(OPTIONS(agent.bound.port).replace('TCP', 'UDP'), agent.bound.port, '127.0.0.1');
    expect(await answer).toMatch(/^SIP\/2\.0 200 OK/);
  });

  it('that flood or speak another protocol are disconnected, and the others go on', async () => {
    const { agent } = await station();
    const flood = await connect(agent.bound.port);
    const gone = closed(flood);
    flood.on('error', () => {});
    flood.write('x'.repeat(200_000));
    await gone;
    const web = await connect(agent.bound.port);
    web.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await closed(web);
    const wrong = await connect(agent.bound.port);
    wrong.write(OPTIONS(1).replace('Content-Length: 0', 'Content-Length: 9999999'));
    expect(await next(wrong)).toMatch(/^SIP\/2\.0 400 /);
    await closed(wrong);
    const good = await connect(agent.bound.port);
    good.write(OPTIONS(agent.bound.port));
    expect(await next(good)).toMatch(/^SIP\/2\.0 200 OK/);
  });

  it('that send a message byte by byte are disconnected in time, those that finish are not', async () => {
    const network = await Sockets.open({ address: '127.0.0.1', port: 0, messageMs: 300 });
    opened.push(network);
    const received: string[] = [];
    network.attach({ received: (bytes) => received.push(bytes.toString()), failed: () => {} });
    const [slow, steady] = [await connect(network.bound.port), await connect(network.bound.port)];
    const dribble = setInterval(() => slow.write('x'), 20);
    slow.on('error', () => {});
    const gone = closed(slow);
    const text = OPTIONS(network.bound.port);
    steady.write(text.slice(0, 30));
    setTimeout(() => steady.write(text.slice(30)), 100);
    await gone;
    clearInterval(dribble);
    steady.write(text);
    await expect.poll(() => received).toEqual([text, text]);
    expect(steady.destroyed).toBe(false);
  });

  it('of one address cannot take every connection', async () => {
    const { agent } = await station();
    const many = await Promise.all(Array.from({ length: 230 }, () => connect(agent.bound.port)));
    for (const socket of many) socket.on('error', () => {}).resume();
    await expect.poll(() => many.filter(({ destroyed }) => destroyed).length, { timeout: 5000 }).toBe(30);
    many.find(({ destroyed }) => !destroyed)?.destroy();
    const asked = async () => {
      const again = await connect(agent.bound.port);
      again.on('error', () => {});
      again.write(OPTIONS(agent.bound.port));
      return Promise.race([next(again), closed(again).then(() => 'disconnected')]);
    };
    await expect.poll(asked, { timeout: 5000 }).toMatch(/^SIP\/2\.0 200 OK/);
  });

  it('that never read are disconnected before they fill our memory', async () => {
    const { agent } = await station();
    const deaf = await connect(agent.bound.port);
    deaf.on('error', () => {});
    const gone = new Promise<void>((resolve) => deaf.once('close', () => resolve()));
    deaf.pause();
    // Long Vias are echoed: each answer is 7 kB.
    const one = OPTIONS(agent.bound.port).replace('From:', `Via: SIP/2.0/TCP h;x=${'y'.repeat(7_000)}\r\nFrom:`);
    // Answers pile up in both kernels first, then with us; the connection is cut when 256 kB wait here.
    for (let number = 0; number < 60_000 && !deaf.destroyed; number += 1) {
      const flows = deaf.write(one.replace(/branch=\w+/, `branch=z9hG4bK${number}`));
      if (!flows) await Promise.race([gone, new Promise<void>((resolve) => deaf.once('drain', () => resolve()))]);
    }
    await gone;
    const good = await connect(agent.bound.port);
    good.write('\r\n\r\n');
    expect(await next(good)).toBe('\r\n');
  });
});
