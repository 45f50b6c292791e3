import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Running, run } from './processes.ts';
import { toolPath } from './tools.ts';

export interface SippCall {
  /** host:port of the server under test */
  readonly target: string;
  readonly transport?: 'udp' | 'tcp';
  /** user part of the request URI */
  readonly to?: string;
  readonly calls?: number;
  /** calls a second */
  readonly rate?: number;
  readonly talkMs?: number;
  /** who ends the call; `far` waits for a BYE */
  readonly hangsUp?: 'caller' | 'far';
  /** sends CANCEL after this time instead of waiting for the answer */
  readonly cancelAfterMs?: number;
  /** must be played to before the answer (183 with SDP); `acknowledged` demands 100rel and sends PRACK */
  readonly early?: 'plain' | 'acknowledged';
}

const request = (method: string, extra: string, toTag: string) => `<![CDATA[
${method} sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:1380000[call_number]@[local_ip]:[local_port]>;tag=[pid]T[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>${toTag}
Call-ID: [call_id]
${extra}
Contact: <sip:caller@[local_ip]:[local_port];transport=[transport]>
Max-Forwards: 70
`;

const offer = `Content-Type: application/sdp
Content-Length: [len]

v=0
o=caller 1 1 IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [auto_media_port] RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-16
a=ptime:20

]]>`;
const empty = 'Content-Length: 0\n\n]]>';

/** A caller as a sipp scenario; echoes received audio (`-rtp_echo`) so that the far side hears itself. */
export function callerScenario(call: SippCall): string {
  const demand = call.early === 'acknowledged' ? 'CSeq: 1 INVITE\nRequire: 100rel' : 'CSeq: 1 INVITE';
  const steps = [
    `<send retrans="500">${request('INVITE', demand, '')}${offer}</send>`,
    '<recv response="100" optional="true"/><recv response="180" optional="true"/>',
    ...progress(call.early),
  ];
  if (call.cancelAfterMs !== undefined) {
    steps.push(
      `<pause milliseconds="${call.cancelAfterMs}"/>`,
      `<send retrans="500">${request('CANCEL', 'CSeq: 1 CANCEL', '').replace('branch=[branch]', 'branch=[branch-2]')}${empty}</send>`,
      '<recv response="200"/><recv response="487"/>',
      `<send>${request('ACK', 'CSeq: 1 ACK', '[peer_tag_param]').replace('branch=[branch]', 'branch=[branch-4]')}${empty}</send>`,
    );
  } else {
    steps.push('<recv response="200" rtd="true"/>', `<send>${request('ACK', 'CSeq: 1 ACK', '[peer_tag_param]')}${empty}</send>`);
    if (call.hangsUp === 'far') {
      steps.push(
        '<recv request="BYE"/>',
        '<send><![CDATA[\nSIP/2.0 200 OK\n[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]\nContent-Length: 0\n\n]]></send>',
      );
    } else {
      steps.push(
        `<pause milliseconds="${call.talkMs ?? 1000}"/>`,
        `<send retrans="500">${request('BYE', 'CSeq: 3 BYE', '[peer_tag_param]')}${empty}</send>`,
        '<recv response="200"/>',
      );
    }
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="caller">\n${steps.join('\n')}\n</scenario>\n`;
}

function progress(early: SippCall['early']): string[] {
  if (early === undefined) return ['<recv response="183" optional="true"/>'];
  if (early === 'plain') return ['<recv response="183"/>'];
  return [
    '<recv response="183"><action><ereg regexp="[0-9]+" search_in="hdr" header="RSeq:" assign_to="rseq"/></action></recv>',
    `<send retrans="500">${request('PRACK', 'CSeq: 2 PRACK\nRAck: [$rseq] 1 INVITE', '[peer_tag_param]')}${empty}</send>`,
    '<recv response="200"/>',
  ];
}

/** Starts sipp callers; `ended` gives 0 when every call went as its scenario says. */
export function startSipp(call: SippCall): Running {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-sipp-'));
  const scenario = path.join(folder, 'caller.xml');
  writeFileSync(scenario, callerScenario(call));
  const calls = call.calls ?? 1;
  const args = [
    ...['-sf', scenario, '-m', String(calls), '-l', String(calls), '-r', String(call.rate ?? 10)],
    ...['-s', call.to ?? 'hotline', '-i', '127.0.0.1', '-mi', '127.0.0.1', '-t', call.transport === 'tcp' ? 't1' : 'u1'],
    ...['-rtp_echo', '-nostdin', '-timeout', '120s', '-timeout_error', call.target],
  ];
  const running = run(toolPath('sipp'), args, { cwd: folder });
  running.ended.finally(() => rmSync(folder, { recursive: true, force: true })).catch(() => {});
  return running;
}
