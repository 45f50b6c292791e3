import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { EventDiary } from '../fake/diary.ts';
import { FakeVoiceProcess } from '../fake/voice.ts';
import { AsteriskVoice } from './engine.ts';

/** A port at which nobody answers. */
async function nobodysPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function withoutAsterisk({ awaitsCalls, graceMs }: { awaitsCalls: boolean; graceMs: number }) {
  const faults: (string | undefined)[] = [];
  const gateway = new FakeVoiceProcess(() => 1000).connect();
  const voice = await AsteriskVoice.start(
    {
      access: { url: `http://127.0.0.1:${await nobodysPort()}`, user: 'u', password: 'p', application: 'a' },
      ...{ gateway, gatewayEndpoint: 'PJSIP/threerings/sip:{user}@127.0.0.1:1', dial: 'PJSIP/{number}@trunk' },
      ...{ sounds: { write: '/nowhere', read: '/nowhere' }, graceMs, awaitsCalls },
      onState: (fault) => faults.push(fault?.code),
    },
    50,
  );
  return { voice, faults };
}

it('begins without Asterisk: browsers connect, telephones are refused, and it is tried again and again', async () => {
  const { voice, faults } = await withoutAsterisk({ awaitsCalls: false, graceMs: 60_000 });
  const diary = new EventDiary(voice);
  expect((await diary.next('snapshot')).snapshot.legs).toEqual([]);
  expect(await voice.send({ kind: 'offer', leg: 'agent' })).toMatchObject({ ok: true });
  await diary.next('offered');
  expect(await voice.send({ kind: 'dial', leg: 'out', uri: 'sip:1@asterisk' })).toMatchObject({ refused: 'process.gone' });
  await expect.poll(() => faults.length).toBeGreaterThan(1);
  expect(new Set(faults)).toEqual(new Set(['ari.unreachable']));
  diary.stop();
  await voice.close();
});

it('tells nothing before Asterisk can have ended the calls of an earlier controller', async () => {
  const { voice } = await withoutAsterisk({ awaitsCalls: true, graceMs: 300 });
  const diary = new EventDiary(voice);
  expect(diary.of('snapshot')).toEqual([]);
  expect((await diary.next('snapshot')).snapshot.legs).toEqual([]);
  diary.stop();
  await voice.close();
});
