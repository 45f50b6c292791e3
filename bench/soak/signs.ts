import dgram from 'node:dgram';
import fs from 'node:fs';
import http from 'node:http';
import { memoryMbOf, treeOf } from '../lib/cpu.ts';
import type { Group } from '../lib/cpu-meter.ts';

/** One look at the processes. */
export interface Signs {
  readonly minute: number;
  readonly memoryMb: Readonly<Record<string, number>>;
  readonly descriptors: Readonly<Record<string, number>>;
}

/** Resident memory and open descriptors of each group; pages shared by the database's processes count in each. */
export function signsOf(minute: number, groups: Readonly<Record<string, Group>>): Signs {
  const sum = (of: (pid: number) => number) =>
    Object.fromEntries(
      Object.entries(groups).map(([name, { pid, alone }]) => {
        const pids = alone ? [pid] : treeOf(pid);
        return [name, pids.reduce((total, each) => total + orZero(() => of(each)), 0)];
      }),
    );
  return { minute, memoryMb: sum(memoryMbOf), descriptors: sum((pid) => fs.readdirSync(`/proc/${pid}/fd`).length) };
}

/** A process may have ended between the listing and the look. */
function orZero(look: () => number): number {
  try {
    return look();
  } catch {
    return 0;
  }
}

/** Least-squares slope of y over x. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
  const [mx, my] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const spread = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  return spread === 0 ? 0 : points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / spread;
}

/** How long the server takes to say that it is well, ms; on a connection of its own, which nobody closes for being idle. */
export function serverAnswers(base: string): Promise<number> {
  const asked = performance.now();
  return new Promise((resolve, reject) => {
    http
      .get(`${base}/api/health`, { agent: false }, (answer) => {
        answer.resume().once('end', () => resolve(performance.now() - asked));
      })
      .once('error', reject);
  });
}

/** How long the voice process takes to answer OPTIONS (RFC 3261 section 11), ms; 2,000 when it does not. */
export function voiceAnswers(port: number, number: number): Promise<number> {
  const socket = dgram.createSocket('udp4');
  const asked = performance.now();
  return new Promise<number>((resolve) => {
    const over = setTimeout(() => resolve(2000), 2000);
    socket.once('message', () => {
      clearTimeout(over);
      resolve(performance.now() - asked);
    });
    socket.bind(0, '127.0.0.1', () => {
      const own = `127.0.0.1:${socket.address().port}`;
      const lines = [
        `OPTIONS sip:12333@127.0.0.1:${port} SIP/2.0`,
        `Via: SIP/2.0/UDP ${own};branch=z9hG4bKsoak${number};rport`,
        `From: <sip:soak@${own}>;tag=s${number}`,
        `To: <sip:12333@127.0.0.1:${port}>`,
        `Call-ID: soak-${number}@${own}`,
        ...['CSeq: 1 OPTIONS', 'Max-Forwards: 70', 'Content-Length: 0', '', ''],
      ];
      socket.send(lines.join('\r\n'), port, '127.0.0.1');
    });
  }).finally(() => socket.close());
}
