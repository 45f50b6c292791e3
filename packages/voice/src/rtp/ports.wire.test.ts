import dgram from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { PortPool } from './ports.ts';

const address = '127.0.0.1';

/** The first of four neighbouring even ports that are free just now. */
async function freeRange(): Promise<number> {
  for (let first = 42_000; first < 60_000; first += 8) {
    const sockets = await Promise.all(
      [0, 2, 4, 6].map((offset) => new PortPool({ address, first: first + offset, last: first + offset }).open()),
    );
    for (const socket of sockets) socket?.close();
    if (sockets.every((socket) => socket !== undefined)) return first;
  }
  throw new Error('no four free ports');
}

describe('the RTP ports', () => {
  it('are even, each is given once, and the last one taken is told', async () => {
    const first = await freeRange();
    const pool = new PortPool({ address, first: first - 1, last: first + 5 });
    const sockets = [await pool.open(), await pool.open(), await pool.open()];
    expect(sockets.map((socket) => socket?.address().port)).toEqual([first, first + 2, first + 4]);
    expect(await pool.open()).toBeUndefined();
    expect(pool.inUse).toBe(3);
    sockets[1]?.close();
    const freed = sockets[1] as dgram.Socket;
    await once(freed, 'close');
    const again = await pool.open();
    expect(again?.address().port).toBe(first + 2);
    for (const socket of [sockets[0], again, sockets[2]]) socket?.close();
  });

  it('leave out those that another program has', async () => {
    const first = await freeRange();
    const other = dgram.createSocket('udp4');
    other.bind(first, address);
    await once(other, 'listening');
    const pool = new PortPool({ address, first, last: first + 2 });
    const socket = await pool.open();
    expect(socket?.address().port).toBe(first + 2);
    socket?.close();
    other.close();
  });
});
