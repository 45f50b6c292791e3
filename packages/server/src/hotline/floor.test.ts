import type { Effect } from '@threerings/core/hotline/effects';
import { emptyHotline } from '@threerings/core/hotline/state';
import { onlyQueue } from '@threerings/core/routing/plan';
import { shippedSettings } from '@threerings/core/settings/defaults';
import { SimClock } from '@threerings/testkit/sim-clock';
import { expect, test } from 'vitest';
import type { ChannelAnswer } from '../channels/channel.ts';
import type { AppendRequest } from '../store/append-request.ts';
import type { AppendRefusal } from '../store/stream-refusals.ts';
import { Floor } from './floor.ts';

const calendar = { zone: [{ from: 0, offsetMs: 0 }], week: Array(7).fill([[0, 1440]]), days: {}, night: [0, 1] as const };

const setup = { settings: shippedSettings, plan: onlyQueue('main'), calendar, staff: [{ agent: '0217', skills: {} }], epoch: 1 };

function floorWith(append: (requests: readonly AppendRequest[]) => Promise<readonly unknown[] | AppendRefusal>) {
  const clock = new SimClock(1_000_000);
  const performed: Effect[] = [];
  const stored: string[] = [];
  let ids = 0;
  let answer: ChannelAnswer = { ok: true };
  const floor = new Floor(emptyHotline(setup), {
    clock,
    world: { newId: () => `id-${++ids}`, hangUpWaitMs: 0, digest: (text: string) => text },
    log: { warn: () => {}, error: () => {} },
    append: async (requests) => {
      const result = await append(requests);
      if (!('refused' in result)) stored.push(...requests.flatMap((r) => r.events.map((e) => `${r.stream} ${e.type}`)));
      return result;
    },
    perform: async (effect) => {
      performed.push(effect);
      return answer;
    },
    asks: () => [],
    changed: () => {},
  });
  const arrive = (interaction: string) =>
    floor.tell({ kind: 'caller-arrived', interaction, channel: 'phone', called: '12333', at: clock.now() });
  return { floor, clock, performed, stored, arrive, refuseEffects: (refused: ChannelAnswer) => (answer = refused) };
}

test('nothing is answered and no effect begins before the commit', async () => {
  let release: () => void = () => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  const { clock, performed, arrive } = floorWith(async () => {
    await gate;
    return [];
  });
  let answered = false;
  const asked = arrive('c1').then(() => (answered = true));
  await clock.advance(0);
  expect([answered, performed.length]).toEqual([false, 0]);
  release();
  await asked;
  await clock.advance(0);
  expect([answered, performed.map((e) => e.kind)]).toEqual([true, ['accept']]);
});

test('inputs that came while a commit was running share the next one', async () => {
  const sizes: number[] = [];
  const { floor, clock, arrive } = floorWith(async (requests) => {
    sizes.push(requests.length);
    await new Promise((resolve) => setImmediate(resolve));
    return [];
  });
  void arrive('c0');
  await clock.advance(0, async () => {});
  await Promise.all(Array.from({ length: 20 }, (_, i) => arrive(`c${i + 1}`)));
  expect(sizes).toEqual([1, 20]);
  expect(floor.hotline.calls.size).toBe(21);
});

test('an input that comes in the very moment in which the floor falls silent is decided as well', async () => {
  for (let turns = 0; turns < 12; turns += 1) {
    const { clock, arrive } = floorWith(async () => []);
    let answered = false;
    void arrive('c1').then(async () => {
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      await arrive('c2');
      answered = true;
    });
    await clock.advance(0);
    expect([turns, answered]).toEqual([turns, true]);
  }
});

test('one input that the store refuses takes no other with it and leaves the state as it was', async () => {
  const { floor, stored, arrive } = floorWith(async (requests) =>
    requests.some((r) => r.stream === 'interaction-bad') ? { refused: 'stream.text-invalid', facts: {} } : [],
  );
  const answers = await Promise.all([arrive('c1'), arrive('bad'), arrive('c2')]);
  expect(answers).toEqual([{ ok: true }, { refused: 'stream.text-invalid', facts: {} }, { ok: true }]);
  expect([...floor.hotline.calls.keys()]).toEqual(['c1', 'c2']);
  expect(stored.filter((line) => line.includes('call.offered'))).toHaveLength(2);
});

test('a database that does not answer is asked again with the same ids', async () => {
  const ids: (string | undefined)[][] = [];
  const { clock, arrive, performed } = floorWith(async (requests) => {
    ids.push(requests.flatMap((r) => r.events.map((e) => e.id)));
    if (ids.length < 3) throw new Error('connection lost');
    return [];
  });
  const answer = arrive('c1');
  await clock.advance(2000);
  expect(await answer).toEqual({ ok: true });
  expect(ids).toHaveLength(3);
  expect(ids[2]).toEqual(ids[0]);
  expect(performed.map((e) => e.kind)).toEqual(['accept']);
});

test('the horizon never passes an input that is not stored yet', async () => {
  let release: () => void = () => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  const { floor, clock, arrive } = floorWith(async () => {
    await gate;
    return [];
  });
  const asked = arrive('c1');
  const at = clock.now();
  await clock.advance(5000, async () => {});
  expect(floor.horizon()).toBe(at - 1);
  release();
  await asked;
  await clock.advance(0);
  expect(floor.horizon()).toBe(at + 5000 - 1);
});

test('a refused effect comes back as an input, and time limits fire from the folded state', async () => {
  const { floor, clock, performed, arrive, refuseEffects, stored } = floorWith(async () => []);
  await floor.tell({ kind: 'agent-phone', agent: '0217', connected: true, at: clock.now() });
  await floor.tell({ kind: 'desk', agent: '0217', command: { kind: 'sign-in-shift' }, asks: [], at: clock.now() });
  await floor.tell({ kind: 'desk', agent: '0217', command: { kind: 'set-presence', state: 'ready' }, asks: [], at: clock.now() });
  await arrive('c1');
  refuseEffects({ ok: false, refused: 'sound.unknown', message: '' });
  await floor.tell({ kind: 'caller-connected', interaction: 'c1', at: clock.now() });
  await clock.advance(10);
  expect(performed.map((e) => e.kind)).toContain('announce');
  expect(stored).toContain('interaction-c1 call.agent-offered');
  await clock.advance(21_000);
  expect(stored).toContain('presence-0217 presence.changed');
  expect(floor.hotline.people.get('0217')?.presence.state).toBe('paused');
  await floor.stop();
  expect(clock.pending).toBe(0);
});
