import dgram from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { writeRtpHeader } from './packet.ts';
import { PortPool } from './ports.ts';
import { RtpSocket } from './socket.ts';

const address = '127.0.0.1';
const WINDOW_MS = 5000;
const opened: { close(): void }[] = [];
afterEach(() => {
  for (const each of opened.splice(0)) each.close();
});

interface Far {
  readonly port: number;
  readonly heard: number[];
  says(sequence: number, ssrc?: number): void;
}

async function far(to: number): Promise<Far> {
  const socket = dgram.createSocket('udp4');
  opened.push(socket);
  socket.bind(0, address);
  await once(socket, 'listening');
  const heard: number[] = [];
  socket.on('message', (packet) => heard.push(packet.readUInt16BE(2)));
  return { port: socket.address().port, heard, says: (sequence, ssrc = 7) => socket.send(packetOf(sequence, ssrc), to, address) };
}

function packetOf(sequence: number, ssrc = 1): Buffer {
  const packet = Buffer.alloc(172);
  writeRtpHeader(packet, 8, false, sequence, sequence * 160, ssrc);
  return packet;
}

async function ourSocket() {
  const bound = await new PortPool({ address, first: 0, last: 0 }).open();
  if (bound === undefined) throw new Error('no port');
  const socket = new RtpSocket(bound, WINDOW_MS);
  opened.push(socket);
  const heard: number[] = [];
  socket.onPacket((_packet, { sequence }) => heard.push(sequence));
  return { socket, bound, heard };
}

describe('an RTP socket', () => {
  it('hears nobody but the far end, and the far end from a new port once the old one is silent', async () => {
    const { socket, heard } = await ourSocket();
    const [there, stranger, moved] = [await far(socket.port), await far(socket.port), await far(socket.port)];
    socket.announce({ address, port: there.port });
    there.says(1);
    await expect.poll(() => heard).toEqual([1]);
    stranger.says(50, 9);
    moved.says(2);
    there.says(3);
    await expect.poll(() => heard).toEqual([1, 3]);
    socket.send(packetOf(100));
    await expect.poll(() => there.heard).toEqual([100]);
    socket.tick(performance.now() + 600);
    await expect
      .poll(() => {
        stranger.says(51, 9);
        moved.says(4);
        return heard.at(-1);
      })
      .toBe(4);
    socket.send(packetOf(101));
    await expect.poll(() => moved.heard).toEqual([101]);
    expect([stranger.heard, heard.includes(51)]).toEqual([[], false]);
  });

  it('keeps its port and goes on when the far end is gone for a while or announces itself elsewhere', async () => {
    const { socket, bound, heard } = await ourSocket();
    const [first, second] = [await far(socket.port), await far(socket.port)];
    socket.announce({ address, port: first.port });
    first.says(1);
    await expect.poll(() => heard).toEqual([1]);
    opened.splice(opened.length - 2, 1)[0]?.close();
    for (let i = 0; i < 5; i++) socket.send(packetOf(i));
    socket.announce({ address, port: second.port });
    expect(bound.address().port).toBe(socket.port);
    await expect
      .poll(() => {
        socket.send(packetOf(200));
        return second.heard.at(-1);
      })
      .toBe(200);
    second.says(9, 8);
    await expect.poll(() => heard).toEqual([1, 9]);
  });
});
