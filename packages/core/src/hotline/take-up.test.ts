import { describe, expect, it } from 'vitest';
import { onlyQueue } from '../routing/plan.ts';
import { shippedSettings } from '../settings/defaults.ts';
import type { Happened } from '../timeline/decider.ts';
import type { HotlineInput } from './inputs.ts';
import { react } from './react.ts';
import { emptyHotline, type Hotline, withCallEvent } from './state.ts';

const calendar = { zone: [{ from: 0, offsetMs: 0 }], week: Array(7).fill([[0, 1440]]), days: {}, night: [0, 1] as const };

type Found = Extract<HotlineInput, { readonly kind: 'caller-found' }>;

const at = 60_000;
const world = { newId: () => 'id', hangUpWaitMs: 0, digest: (text: string) => text };
const empty = emptyHotline({ settings: shippedSettings, plan: onlyQueue('main'), calendar, staff: [], epoch: 1 });
const nothing: Found = { kind: 'caller-found', interaction: 'c1', connected: true, bridged: false, muted: false, at };
const told = (type: string, fields: Happened['fields'] = {}, by?: string): Happened => ({ type, fields, occurredAt: 1000, by });

const arrival = [told('call.offered', { channel: 'phone' })];
const notice = told('prompt.played', { about: 'recording-notice', interrupted: false });
// Nobody is signed in, and the caller was told so: routing has nothing more to say.
const queued = [...arrival, notice, told('call.queued', { queue: 'main' }), told('prompt.played', { about: 'nobody' })];
const talking = [...queued, told('call.answered', { agent: '0217', leg: 'l1' }, 'agent')];
const recorded = [...talking, told('recording.started', { recording: 'rec-c1' })];
const held = [...recorded, told('hold.started', { hold: 'h1', leg: 'l1', reason: 'lookup', limit: 30_000, consent: true })];
const paused = [...recorded, told('recording.paused', { recording: 'rec-c1', reason: 'secret' }, 'agent')];
const muted = [...recorded, told('mute.on', { leg: 'l1' })];
const bridged = { bridged: true, recording: { recording: 'rec-c1', startedAt: 2000, paused: false } };
const { recording } = bridged;

function takenUp(events: readonly Happened[], found: Partial<Found>) {
  const hotline = events.reduce((before: Hotline, event) => withCallEvent(before, 'c1', event), empty);
  const { effects, planned } = react(hotline, { ...nothing, ...found }, world);
  return { effects: effects.map((effect) => (effect.kind === 'announce' ? effect.prompt : effect.kind)), planned };
}

describe('a call that the medium kept while the server was away', () => {
  it.each([
    ['not yet taken', arrival, { connected: false }, ['accept']],
    ['taken, without its notice', arrival, {}, ['recording-notice']],
    ['hearing its notice', arrival, { playing: 'recording-notice' }, []],
    ['waiting in silence', queued, {}, ['queue-music']],
    ['waiting with music', queued, { playing: 'queue-music' }, []],
    ['waiting, with a prompt', queued, { playing: 'callback-offer' }, []],
    ['answered and not connected', talking, {}, ['resume', 'record']],
    ['answered and not recorded', talking, { bridged: true }, ['record']],
    ['talking', recorded, bridged, []],
    ['resumed and still hearing music', recorded, { playing: 'hold-music', recording }, ['resume']],
    ['held and still connected', held, bridged, ['hold']],
    ['held', held, { playing: 'hold-music', recording }, []],
    ['muted and still heard', muted, bridged, ['mute']],
    ['paused and still recorded', paused, bridged, ['pause-recording']],
    ['paused', paused, { ...bridged, recording: { ...recording, paused: true } }, []],
    ['recorded again and still paused', recorded, { ...bridged, recording: { ...recording, paused: true } }, ['pause-recording']],
    ['muted', muted, { ...bridged, muted: true }, []],
  ] as const)('%s is wanted what is missing and nothing else', (_, events, found, effects) => {
    const taken = takenUp(events, found);
    expect(taken).toEqual({ effects, planned: [] });
  });

  it('is known to be recorded when its recording began unseen', () => {
    const { effects, planned } = takenUp(talking, bridged);
    expect(effects).toEqual([]);
    expect(planned.map(({ event }) => event)).toEqual([
      expect.objectContaining({ type: 'recording.started', occurredAt: 2000, fields: { recording: 'rec-c1' } }),
    ]);
  });

  it('in self-service, whose place in it nobody knows any more, comes back to the agent', () => {
    const sent = [...recorded, told('transfer.started', { transfer: 't1', kind: 'ivr', target: 'bill' }, 'agent')];
    const { effects, planned } = takenUp(sent, { recording, playing: 'flow-tell' });
    expect(effects).toEqual(['resume']);
    expect(planned.map(({ event }) => [event.type, event.by])).toEqual([['transfer.returned', 'system']]);
  });

  it('that is not known is left alone', () => {
    expect(takenUp([], {})).toEqual({ effects: [], planned: [] });
  });
});
