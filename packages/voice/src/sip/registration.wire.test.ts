import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort, startBaresip } from '@threerings/testkit/baresip';
import { run } from '@threerings/testkit/processes';
import { writeTone } from '@threerings/testkit/tone';
import { lacks, toolPath } from '@threerings/testkit/tools';
import { afterEach, describe, expect, it } from 'vitest';
import { answerOffer } from '../sdp/negotiation.ts';
import { openUserAgent } from './open.ts';
import { Diary, OFFER } from './simulation/pair.ts';
import type { InboundCall, Note, PhoneAccounts, RegistrationState } from './user-agent.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const MEDIA = { address: '127.0.0.1', port: 40_000, sessionId: '1', version: 1 };

function folderOf(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-sip-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function hotline(phones?: PhoneAccounts) {
  const notes: Note[] = [];
  const calls: InboundCall[] = [];
  const agent = await openUserAgent(
    { port: 0, ...(phones && { phones }) },
    {
      note: (note) => notes.push(note),
      arrived(call) {
        calls.push(call);
        const answer = answerOffer(call.offer ?? '', MEDIA);
        if ('refused' in answer) call.reject(answer.status);
        else call.answer(answer.sdp);
        return new Diary();
      },
    },
  );
  if ('refused' in agent) throw new Error(agent.message);
  cleanups.push(() => agent.close());
  return { agent, notes, calls, target: `127.0.0.1:${agent.bound.port}` };
}

describe.skipIf(lacks('baresip'))('baresip as a desk telephone (skipped where it is missing)', () => {
  it('registers with its password, is dialled, and calls as who it is', { timeout: 30_000 }, async () => {
    const { agent, notes, calls, target } = await hotline({ realm: 'house', accounts: [{ username: '1001', password: 'right' }] });
    const wav = writeTone(path.join(folderOf(), 'tone.wav'), 440);
    const phone = await startBaresip(wav, { user: '1001', password: 'right', registrar: target });
    cleanups.push(() => phone.stop());
    await expect.poll(() => notes, { timeout: 10_000 }).toContainEqual(expect.objectContaining({ kind: 'phone', registered: true }));
    const diary = new Diary();
    const dialled = agent.dial({ uri: 'sip:1001@house', sdp: OFFER }, diary);
    await expect.poll(() => diary.lines, { timeout: 10_000 }).toContain('answered sdp');
    if (!('refused' in dialled)) dialled.hangUp();
    phone.dial(`sip:12333@${target}`);
    await expect
      .poll(() => calls.map(({ account, dialled: number }) => [account, number]), { timeout: 10_000 })
      .toEqual([['1001', '12333']]);
  });

  it('does not register with a wrong password, and is locked out when it insists', { timeout: 30_000 }, async () => {
    const { agent, notes, target } = await hotline({ realm: 'house', accounts: [{ username: '1001', password: 'right' }] });
    const wav = writeTone(path.join(folderOf(), 'tone.wav'), 440);
    const phone = await startBaresip(wav, { user: '1001', password: 'wrong', registrar: target });
    cleanups.push(() => phone.stop());
    await phone.process.prints(/403 Forbidden/);
    expect(notes).toContainEqual(expect.objectContaining({ kind: 'locked-out' }));
    const silent = { answered() {}, reoffered: () => ({ status: 488 }), ended() {} };
    expect(agent.dial({ uri: 'sip:1001@house', sdp: OFFER }, silent)).toMatchObject({ refused: 'phone.unregistered' });
    expect(notes.filter(({ kind }) => kind === 'phone')).toEqual([]);
  });
});

const reply = (first: string, rest: string) =>
  `<send><![CDATA[\n${first}\n[last_Via:]\n[last_From:]\n[last_To:];tag=1\n[last_Call-ID:]\n[last_CSeq:]\n${rest}Content-Length: 0\n\n]]></send>`;

/** Challenges, checks the answer, and takes the removal. */
const REGISTRAR = `<?xml version="1.0" encoding="UTF-8"?>
<scenario name="registrar">
<recv request="REGISTER"/>
${reply('SIP/2.0 401 Unauthorized', 'WWW-Authenticate: Digest realm="carrier.example", nonce="abc123", algorithm=MD5, qop="auth"\n')}
<recv request="REGISTER"><action><verifyauth assign_to="right" username="12333" password="s3cret"/></action></recv>
<nop hide="true" test="right" next="1"/>
${reply('SIP/2.0 403 Forbidden', '')}
<nop><action><error message="wrong credentials"/></action></nop>
<label id="1"/>
${reply('SIP/2.0 200 OK', 'Expires: 300\n')}
<recv request="REGISTER"><action><ereg regexp="0" search_in="hdr" header="Expires:" check_it="true" assign_to="gone"/></action></recv>
<Reference variables="gone"/>
${reply('SIP/2.0 200 OK', '')}
</scenario>
`;

describe.skipIf(lacks('sipp'))('sipp as a carrier (skipped where it is missing)', () => {
  it('challenges our registration, takes its answer, and its removal', { timeout: 30_000 }, async () => {
    const { agent } = await hotline();
    const folder = folderOf();
    const port = await freePort();
    writeFileSync(path.join(folder, 'registrar.xml'), REGISTRAR);
    const common = ['-i', '127.0.0.1', '-p', String(port), '-m', '1', '-nostdin', '-timeout', '20s', '-timeout_error'];
    const sipp = run(toolPath('sipp'), ['-sf', 'registrar.xml', ...common], { cwd: folder });
    cleanups.push(() => sipp.stop());
    const states: RegistrationState[] = [];
    const registration = agent.register(
      { registrar: `sip:127.0.0.1:${port}`, user: '12333', credentials: { username: '12333', password: 's3cret' } },
      (state) => states.push(state),
    );
    await expect.poll(() => states, { timeout: 10_000 }).toEqual([{ registered: true, expiresS: 300 }]);
    if (!('refused' in registration)) registration.stop();
    expect([await sipp.ended, sipp.output().slice(-1500)]).toEqual([0, expect.anything()]);
  });
});
