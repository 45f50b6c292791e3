/** Two connected UDP sockets a call, each packet handed on as it came: what no relay on Node's sockets can cost less than. */
import dgram from 'node:dgram';
import type { Ports } from './messages.ts';

const host = '127.0.0.1';

async function boundSocket(): Promise<dgram.Socket> {
  const socket = dgram.createSocket({ type: 'udp4', lookup: (_name, _options, found) => found(null, host, 4) });
  socket.on('error', () => {});
  await new Promise<void>((resolve) => socket.bind(0, host, resolve));
  return socket;
}

async function connected(port: number): Promise<dgram.Socket> {
  const socket = await boundSocket();
  await new Promise<void>((resolve) => socket.connect(port, host, resolve));
  return socket;
}

process.on('message', async (ports: Ports) => {
  const to: number[][] = [];
  for (const [toA = 0, toB = 0] of ports) {
    const [a, b] = [await connected(toA), await connected(toB)];
    a.on('message', (packet) => b.send(packet));
    b.on('message', (packet) => a.send(packet));
    to.push([a.address().port, b.address().port]);
  }
  process.send?.(to);
});
