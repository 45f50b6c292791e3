/** Telephones that speak RTP, in a process of their own: the same packets for every relay. */
import dgram from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from '../lib/figures.ts';
import type { FromTraffic, ToTraffic } from './messages.ts';
import { TrafficBrowser } from './traffic-browser.ts';

const frameMs = 20;
const headerBytes = 12;
const packetBytes = headerBytes + 160;
const alaw = 8;
const alawSilence = 0xd5;
/** For packets that are on their way when the counting ends. */
const settleMs = 300;

interface Leg {
  readonly end: dgram.Socket | TrafficBrowser;
  readonly ssrc: number;
  sequence: number;
  timestamp: number;
}

const calls: Leg[][] = [];
let listeners = 0;
let countFrom = Number.POSITIVE_INFINITY;
let countUntil = Number.POSITIVE_INFINITY;
const delays: number[] = [];

/** ms, monotonic, with fractions; stands in each packet's payload. */
const now = () => performance.now();

function heard(packet: Buffer): void {
  if (packet.length < packetBytes) return;
  const sentAt = packet.readDoubleBE(headerBytes);
  if (sentAt >= countFrom && sentAt < countUntil) delays.push((now() - sentAt) * 1000);
}

async function newLeg(index: number, isBrowser: boolean): Promise<Leg> {
  const end = isBrowser ? new TrafficBrowser(`browser-${index}`, heard) : await newSocket();
  return { end, ssrc: 1_000_003 * (index + 1), sequence: index, timestamp: index * 1000 };
}

async function newSocket(): Promise<dgram.Socket> {
  const socket = dgram.createSocket({ type: 'udp4', recvBufferSize: 1 << 20 });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  socket.on('message', heard);
  socket.on('error', () => {});
  return socket;
}

/** True when the packet counts. */
function speak(leg: Leg): boolean {
  const packet = Buffer.alloc(packetBytes, alawSilence);
  leg.sequence = (leg.sequence + 1) & 0xffff;
  leg.timestamp = (leg.timestamp + 160) >>> 0;
  packet[0] = 0x80;
  packet[1] = alaw;
  packet.writeUInt16BE(leg.sequence, 2);
  packet.writeUInt32BE(leg.timestamp, 4);
  packet.writeUInt32BE(leg.ssrc >>> 0, 8);
  const at = now();
  packet.writeDoubleBE(at, headerBytes);
  leg.end.send(packet);
  return at >= countFrom && at < countUntil;
}

/** Spreads the packets of all legs evenly over each 20 ms, until `untilMs` from now; returns how many were counted. */
function speakUntil(legs: readonly Leg[], untilMs: number): Promise<number> {
  const begin = now();
  let next = 0;
  let counted = 0;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const passed = now() - begin;
      for (const due = Math.floor((passed / frameMs) * legs.length); next < due; next++) {
        const leg = legs[next % legs.length];
        if (leg !== undefined && speak(leg)) counted++;
      }
      if (passed < untilMs) return;
      clearInterval(timer);
      resolve(counted);
    }, 1);
  });
}

async function open({ calls: count, listeners: listening, browsers }: Extract<ToTraffic, { kind: 'open' }>): Promise<FromTraffic> {
  listeners = listening;
  for (let call = 0; call < count; call++) {
    const legs: Leg[] = [];
    for (let i = 0; i < 2 + listening; i++) legs.push(await newLeg(call * 4 + i, browsers && i === 1));
    calls.push(legs);
  }
  return { kind: 'opened', ports: calls.map((legs) => legs.map(({ end }) => (end instanceof TrafficBrowser ? 0 : end.address().port))) };
}

async function answer({ call, offer }: Extract<ToTraffic, { kind: 'answer' }>): Promise<FromTraffic> {
  const browser = calls[call]?.[1]?.end;
  if (!(browser instanceof TrafficBrowser)) throw new Error(`call ${call} has no browser`);
  return { kind: 'answered', call, sdp: await browser.answer(offer) };
}

function connect({ end }: Leg, port: number): Promise<void> {
  return end instanceof TrafficBrowser ? end.connected() : new Promise((resolve) => end.connect(port, '127.0.0.1', resolve));
}

async function send({ to, warmMs, measureMs }: Extract<ToTraffic, { kind: 'send' }>): Promise<FromTraffic> {
  await Promise.all(calls.flatMap((call, i) => call.map((leg, j) => connect(leg, to[i]?.[j] ?? 0))));
  const speaking = calls.flatMap((call) => call.slice(0, call.length - listeners));
  let cpu = process.cpuUsage();
  setTimeout(() => {
    countFrom = now();
    countUntil = countFrom + measureMs;
    cpu = process.cpuUsage();
    tell({ kind: 'counting' });
  }, warmMs);
  const sent = await speakUntil(speaking, warmMs + measureMs);
  tell({ kind: 'silent' });
  const { user, system } = process.cpuUsage(cpu);
  await sleep(settleMs);
  const us = (p: number) => Math.round(quantile(delays, p));
  const delayUs = { p50: us(0.5), p99: us(0.99), max: us(1) };
  return { kind: 'counted', result: { sent, received: delays.length, delayUs, cpuMs: Math.round((user + system) / 1000) } };
}

const tell = (message: FromTraffic) => process.send?.(message);

function obey(message: ToTraffic): Promise<FromTraffic> {
  switch (message.kind) {
    case 'open':
      return open(message);
    case 'answer':
      return answer(message);
    case 'send':
      return send(message);
  }
}

process.on('message', (message: ToTraffic) => void obey(message).then(tell));
process.on('disconnect', () => process.exit(0));
