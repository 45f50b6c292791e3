import { describe, expect, it } from 'vitest';
import type { VoiceEvent } from '../port.ts';
import { EventStream } from './events.ts';
import type { SwitchLeg } from './leg.ts';
import { Switchboard } from './switchboard.ts';

function boardWithLeg() {
  let now = 5000;
  const events: VoiceEvent[] = [];
  const board = new Switchboard(
    new EventStream(
      (event) => events.push(event),
      () => now,
    ),
  );
  const media = board.newMedia();
  const leg: SwitchLeg = {
    id: 'a',
    kind: 'browser',
    media,
    hasMedia: true,
    snapshot: () => ({ leg: 'a', kind: 'browser', state: 'answered', since: 0, connected: true, muted: false }),
    hangUp: (cause) => void board.ended(leg, { side: 'near', cause: cause ?? 'hung-up' }),
    tick: (at) => media.tick(at),
    checkLine() {},
  };
  return {
    board,
    leg,
    events,
    pass(ms: number) {
      for (let i = 0; i < ms / 20; i++) {
        now += 20;
        board.tick(now);
      }
    },
    setClock(to: number) {
      now = to;
    },
  };
}

describe('the switchboard', () => {
  it('tells a heartbeat at least every 500 ms while a leg is up, and none otherwise', async () => {
    const { board, leg, events, pass } = boardWithLeg();
    pass(2000);
    expect(events).toEqual([]);
    board.add(leg);
    pass(10_000);
    const beats = events.filter(({ kind }) => kind === 'heartbeat').map(({ at }) => at);
    expect(beats.length).toBeGreaterThanOrEqual(20);
    beats.slice(1).forEach((at, i) => {
      expect(at - (beats[i] as number)).toBeLessThanOrEqual(500);
    });
    await board.close('test');
  });

  it('never stamps an event before an earlier one, even when the system clock goes back', async () => {
    const { board, leg, events, pass, setClock } = boardWithLeg();
    board.add(leg);
    pass(1000);
    setClock(0);
    pass(1000);
    await board.close('test');
    const instants = events.map(({ at }) => at);
    expect(instants.length).toBeGreaterThan(3);
    expect(instants).toEqual(instants.toSorted((a, b) => a - b));
  });

  it('tells the end of what a leg was part of before its own end, and its own end once', async () => {
    const { board, leg, events } = boardWithLeg();
    board.add(leg);
    const sound = board.sounds.find('hold-music');
    if (sound !== undefined) board.players.play('p', leg, 'hold-music', sound, true);
    board.bridges.set('b', [leg]);
    leg.hangUp('done');
    leg.hangUp('again');
    expect(events.map(({ kind }) => kind)).toEqual(['player-ended', 'leg-ended']);
    expect(board.snapshot()).toMatchObject({ legs: [], bridges: [{ bridge: 'b', legs: [] }], players: [] });
    await board.close('test');
  });
});
