import { expect, it } from 'vitest';
import { react } from '../hotline/react.ts';
import { emptyHotline, type Hotline } from '../hotline/state.ts';
import { onlyQueue } from '../routing/plan.ts';
import { shippedSettings } from '../settings/defaults.ts';
import type { DeskCommand } from '../wire/desk.ts';

const calendar = { zone: [{ from: 0, offsetMs: 0 }], week: Array(7).fill([[0, 1440]]), days: {}, night: [0, 1] as const };
const world = { newId: () => 'id', hangUpWaitMs: 10_000, digest: () => '' };
const briefing = { bulletin: 'b1', version: 2, validFrom: 100, validUntil: 1000, agents: ['0217'] };

/** A hotline in which two agents sit at their desks, with one required item for the first of them. */
function hotlineWith(briefingFirst: number) {
  const settings = { ...shippedSettings, briefingFirst };
  let hotline: Hotline = emptyHotline({ settings, plan: onlyQueue('main'), calendar, staff: [], epoch: 1 });
  const tell = (input: Parameters<typeof react>[1]) => {
    const reaction = react(hotline, input, world);
    hotline = reaction.hotline;
    return reaction.answer;
  };
  tell({ kind: 'briefings', briefings: [briefing], at: 1 });
  const ask = (agent: string, command: DeskCommand, at: number) => tell({ kind: 'desk', agent, command, asks: [], at });
  for (const agent of ['0217', '0209']) {
    tell({ kind: 'agent-phone', agent, connected: true, at: 1 });
    ask(agent, { kind: 'sign-in-shift' }, 1);
  }
  const read = (agent: string, version: number, at: number) => tell({ kind: 'bulletin-read', agent, bulletin: 'b1', version, at });
  return { ask, read };
}
const ready: DeskCommand = { kind: 'set-presence', state: 'ready' };
const busy: DeskCommand = { kind: 'set-presence', state: 'busy' };

it('who must read first gets ready once it was read, and nobody else is held up', () => {
  const { ask, read } = hotlineWith(1);
  expect(ask('0209', ready, 200)).toEqual({ ok: true });
  expect(ask('0217', ready, 99)).toEqual({ ok: true });
  expect(ask('0217', busy, 150)).toEqual({ ok: true });
  expect(ask('0217', ready, 200)).toMatchObject({ refused: 'briefing.unread', facts: { unread: 1 } });
  read('0217', 1, 210);
  expect(ask('0217', ready, 220)).toMatchObject({ refused: 'briefing.unread' });
  read('0217', 2, 230);
  expect(ask('0217', ready, 240)).toEqual({ ok: true });
});

it('what is over need not be read, and a hotline may let people read on the way', () => {
  expect(hotlineWith(1).ask('0217', ready, 1000)).toEqual({ ok: true });
  expect(hotlineWith(0).ask('0217', ready, 200)).toEqual({ ok: true });
});
