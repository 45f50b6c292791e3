import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { freePort, startBaresip } from '@threerings/testkit/baresip';
import { type Running, run } from '@threerings/testkit/processes';
import { callerScenario, type SippCall, startSipp } from '@threerings/testkit/sipp';
import { writeTone } from '@threerings/testkit/tone';
import { lacks, toolPath } from '@threerings/testkit/tools';
import { afterEach, describe, expect, it } from 'vitest';
import { answerOffer } from '../sdp/negotiation.ts';
import { openUserAgent } from './open.ts';
import { Diary, OFFER } from './simulation/pair.ts';
import type { InboundCall, Note, UserAgent, UserAgentLimits } from './user-agent.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const MEDIA = { address: '127.0.0.1', port: 40_000, sessionId: '1', version: 1 };

/** A hotline that negotiates for real and answers every call. */
async function hotline(
  onUp: (call: InboundCall) => void = () => {},
  limits: Partial<UserAgentLimits> = { invitesPerSecondPerSource: 1_000 },
) {
  const diaries: Diary[] = [];
  const notes: Note[] = [];
  const agent = await openUserAgent(
    { port: 0, limits },
    {
      note: (note) => notes.push(note),
      arrived(call) {
        const diary = new Diary();
        diaries.push(diary);
        diary.reply = (offer) => negotiated(offer ?? '');
        diary.answered = () => {
          diary.lines.push('answered');
          onUp(call);
        };
        const answer = negotiated(call.offer ?? '');
        call.ring();
        if ('status' in answer) call.reject(answer.status);
        else call.answer(answer.sdp);
        return diary;
      },
    },
  );
  if ('refused' in agent) throw new Error(agent.message);
  cleanups.push(() => agent.close());
  return { agent, diaries, notes, target: `127.0.0.1:${agent.bound.port}` };
}

function negotiated(offer: string): { readonly sdp: string } | { readonly status: number } {
  const answer = answerOffer(offer, MEDIA);
  return 'refused' in answer ? { status: answer.status } : { sdp: answer.sdp };
}

/** The calls of a program that has ended, and the agent behind them, are gone. */
async function expectAllWell(program: Running, agent: UserAgent): Promise<void> {
  const code = await program.ended;
  expect({ code, output: code === 0 ? '' : program.output().slice(-3_000) }).toEqual({ code: 0, output: '' });
  await agent.close();
  expect(agent.calls).toBe(0);
}

describe.skipIf(lacks('sipp'))('sipp (skipped where it is missing)', () => {
  it.each<[string, Partial<SippCall>, string]>([
    ['UDP', { transport: 'udp' }, 'answered, ended far bye'],
    ['TCP', { transport: 'tcp' }, 'answered, ended far bye'],
    ['waiting for our BYE', { hangsUp: 'far' }, 'answered, ended near hung-up'],
  ])('calls us thirty times: %s', async (_title, how, expected) => {
    const { agent, diaries, notes, target } = await hotline((call) => how.hangsUp === 'far' && call.hangUp());
    const sipp = startSipp({ target, calls: 30, rate: 100, talkMs: 50, ...how });
    cleanups.push(() => sipp.stop());
    await expectAllWell(sipp, agent);
    expect(diaries.map(({ lines }) => lines.join(', '))).toEqual(Array(30).fill(expected));
    expect(notes).toEqual([]);
  });

  it('with every seventh message lost both ways still gets each call through', { timeout: 60_000 }, async () => {
    const { agent, diaries, notes, target } = await hotline();
    const folder = scenarioFolder();
    const file = path.join(folder, 'caller.xml');
    writeFileSync(file, callerScenario({ target, talkMs: 200 }));
    const sipp = run(toolPath('sipp'), sippArguments(file, ['-m', '20', '-r', '20', '-l', '20', '-lost', '14', target]), { cwd: folder });
    cleanups.push(() => sipp.stop());
    await expectAllWell(sipp, agent);
    // A BYE may overtake an ACK that was lost. And sipp takes a repeated 200 of the INVITE for the one of its BYE, so that it
    // may leave before that BYE came through.
    for (const { lines } of diaries) expect(lines.join(', ')).toMatch(/^(answered, )?ended (far bye|near shutdown)$/);
    expect(diaries).toHaveLength(20);
    expect(diaries.filter(({ lines }) => lines[0] === 'answered').length).toBeGreaterThan(10);
    expect(notes).toEqual([]);
  });

  it.each([
    ['UDP', 'u1', ''],
    ['TCP', 't1', ';transport=tcp'],
  ])('as a trunk challenges our INVITE, answers, and takes our BYE: %s', async (_title, transport, more) => {
    const { agent } = await hotline();
    const port = await freePort();
    const folder = scenarioFolder();
    const file = path.join(folder, 'trunk.xml');
    writeFileSync(file, TRUNK);
    const sipp = run(toolPath('sipp'), sippArguments(file, ['-m', '1', '-t', transport, '-p', String(port)]), { cwd: folder });
    cleanups.push(() => sipp.stop());
    if (transport === 't1') await listening(port);
    const diary = new Diary();
    const call = agent.dial(
      { uri: `sip:10086@127.0.0.1:${port}${more}`, sdp: OFFER, from: '12333', credentials: { username: 'trunk', password: 's3cret' } },
      Object.assign(diary, {
        answered: () => {
          diary.lines.push('answered');
          if (!('refused' in call)) call.hangUp();
        },
      }),
    );
    await expectAllWell(sipp, agent);
    expect(diary.lines).toEqual(['progress 180', 'answered', 'ended near hung-up']);
  });
});

describe.skipIf(lacks('baresip'))('baresip (skipped where it is missing)', () => {
  it('calls, is answered, and hangs up', { timeout: 30_000 }, async () => {
    const { agent, diaries, target } = await hotline();
    const folder = scenarioFolder();
    const phone = await startBaresip(writeTone(path.join(folder, 'tone.wav'), 440));
    cleanups.push(() => phone.stop());
    phone.dial(`sip:12333@${target}`);
    await phone.process.prints(/Call established/);
    const [diary] = diaries;
    if (diary === undefined) throw new Error('no call arrived');
    const ended = new Promise<string>((resolve) => {
      diary.ended = ({ side, cause }) => resolve(`${side} ${cause}`);
    });
    phone.hangUp();
    expect(await ended).toBe('far bye');
    expect(diary.lines).toEqual(['answered']);
    expect(agent.calls).toBe(0);
  });
});

function scenarioFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-sip-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** sipp prints nothing when it is ready; over UDP our repeated INVITE finds it, over TCP the port must be open. */
async function listening(port: number): Promise<void> {
  const isOpen = () =>
    new Promise<boolean>((resolve) => {
      const probe = net.connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      probe.once('connect', () => probe.end());
    });
  while (!(await isOpen())) await new Promise((resolve) => setImmediate(resolve));
}

function sippArguments(scenario: string, more: readonly string[]): string[] {
  return [
    '-sf',
    scenario,
    '-i',
    '127.0.0.1',
    '-mi',
    '127.0.0.1',
    '-s',
    'hotline',
    '-nostdin',
    '-timeout',
    '60s',
    '-timeout_error',
    ...more,
  ];
}

const reply = (first: string, tag: string, rest: string) =>
  `<send><![CDATA[\n${first}\n[last_Via:]\n[last_From:]\n[last_To:]${tag}\n[last_Call-ID:]\n[last_CSeq:]\n${rest}]]></send>`;
const NOTHING = 'Content-Length: 0\n\n';
const SESSION = `Contact: <sip:[local_ip]:[local_port];transport=[transport]>
Content-Type: application/sdp
Content-Length: [len]

v=0
o=trunk 1 1 IN IP4 127.0.0.1
s=-
c=IN IP4 127.0.0.1
t=0 0
m=audio 6000 RTP/AVP 8

`;
/** A trunk (401, because sipp's verifyauth does not read Proxy-Authorization): challenges the first INVITE, checks the second, takes the call and our BYE. */
const TRUNK = `<?xml version="1.0" encoding="UTF-8"?>
<scenario name="trunk">
<recv request="INVITE"/>
${reply('SIP/2.0 401 Unauthorized', ';tag=1', `WWW-Authenticate: Digest realm="trunk.example", nonce="abc123", algorithm=MD5, qop="auth"\n${NOTHING}`)}
<recv request="ACK"/>
<recv request="INVITE"><action><verifyauth assign_to="right" username="trunk" password="s3cret"/></action></recv>
<nop hide="true" test="right" next="1"/>
${reply('SIP/2.0 403 Forbidden', ';tag=2', NOTHING)}
<recv request="ACK"/>
<nop><action><error message="wrong credentials"/></action></nop>
<label id="1"/>
${reply('SIP/2.0 180 Ringing', ';tag=2', NOTHING)}
${reply('SIP/2.0 200 OK', ';tag=2', SESSION)}
<recv request="ACK"/>
<recv request="BYE"/>
${reply('SIP/2.0 200 OK', '', NOTHING)}
</scenario>
`;
