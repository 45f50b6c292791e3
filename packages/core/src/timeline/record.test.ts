import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isRefusal, type RefusalCode, speak } from '../errors/refusal.ts';
import type { NewEvent, TimelineEvent } from './event.ts';
import { openOf } from './open-intervals.ts';
import { complete, type Recorded, record, type Watermarks } from './record.ts';
import { emptyStream, evolveStream, type StreamState } from './stream-state.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const t0 = Date.UTC(2026, 2, 2, 2, 0, 0);
const at = (seconds: number) => t0 + Math.round(seconds * 1000);

function call(): StreamState {
  return emptyStream({ stream: 'interaction-1', interaction: '1' }, sha256);
}

function append(state: StreamState, event: NewEvent, watermarks?: Watermarks): { state: StreamState; event: TimelineEvent } {
  const recorded = record(state, event, event.occurredAt, watermarks);
  if (!('draft' in recorded)) throw new Error(`not recorded: ${JSON.stringify(recorded)}`);
  const references = Object.fromEntries(Object.keys(recorded.draft.personal).map((name) => [name, `vault:${name}-${state.n}`]));
  const finished = complete(recorded.draft, { id: `e${state.n + 1}`, references }, sha256);
  return { state: evolveStream(state, finished), event: finished };
}

function appendAll(events: readonly NewEvent[]): { state: StreamState; events: readonly TimelineEvent[] } {
  let state = call();
  const recorded: TimelineEvent[] = [];
  for (const event of events) {
    const next = append(state, event);
    state = next.state;
    recorded.push(next.event);
  }
  return { state, events: recorded };
}

function codeOf(recorded: Recorded): RefusalCode | undefined {
  return isRefusal(recorded) ? recorded.refused : undefined;
}

const offered: NewEvent = { type: 'call.offered', occurredAt: at(0), fields: { direction: 'in', channel: 'phone', called: '12333' } };
const ringing: NewEvent = { type: 'call.ringing', occurredAt: at(1), fields: { leg: 'a', target: 'agent', agent: '1024' } };
const answered: NewEvent = { type: 'call.answered', by: 'agent', occurredAt: at(12), fields: { leg: 'a', agent: '1024' } };
const held: NewEvent = { type: 'hold.started', occurredAt: at(20), fields: { hold: 'h1', leg: 'a', reason: 'lookup', limit: 60_000 } };
const ended: NewEvent = { type: 'call.ended', occurredAt: at(60), fields: { outcome: 'normal', side: 'customer', talk: 48_000 } };
const closed: NewEvent = { type: 'interaction.closed', occurredAt: at(90), fields: { reason: 'finished' } };
const said = (seconds: number, by: string): NewEvent => ({
  type: 'speech.said',
  by,
  occurredAt: at(seconds),
  fields: { chars: 2, start: at(seconds), end: at(seconds + 1), confidence: 0.91234, engine: 'test' },
  personal: { text: { subject: `${by}-1`, value: '您好' } },
});

describe('the recorder', () => {
  it('gives an event its place, its source, its role and its versions', () => {
    const { events } = appendAll([offered, ringing]);
    expect(events[1]).toMatchObject({
      stream: 'interaction-1',
      interaction: '1',
      n: 2,
      seq: 2,
      v: 1,
      source: 'telephony',
      by: 'system',
      recordedAt: at(1),
    });
    expect(events[1]).not.toHaveProperty('late');
  });

  it('keeps personal values out of the event and puts references in', () => {
    const number = { subject: 'customer-7', value: '13800138000' };
    const { events } = appendAll([{ ...offered, personal: { number } }]);
    expect(events[0]?.fields['number']).toBe('vault:number-0');
    expect(JSON.stringify(events)).not.toContain('13800138000');
  });

  it('refuses personal data written into the event itself, and does not repeat it', () => {
    const refusal = record(call(), { ...offered, fields: { ...offered.fields, number: '13800138000' } }, at(0));
    expect(codeOf(refusal)).toBe('timeline.personal-in-clear');
    expect(JSON.stringify(refusal)).not.toContain('13800138000');
  });

  it.each<[RefusalCode, NewEvent]>([
    ['timeline.unknown-type', { type: 'call.invented', occurredAt: at(0), fields: {} }],
    ['timeline.field-missing', { type: 'mute.on', occurredAt: at(0), fields: {} }],
    ['timeline.field-unknown', { type: 'mute.on', occurredAt: at(0), fields: { leg: 'a', loud: true } }],
    ['timeline.field-invalid', { type: 'mute.on', occurredAt: at(0), fields: { leg: '' } }],
    ['timeline.field-invalid', { ...offered, fields: { ...offered.fields, direction: 'up' } }],
    ['timeline.field-invalid', { ...ended, fields: { ...ended.fields, talk: 1.5 } }],
    ['timeline.field-invalid', { ...offered, fields: { ...offered.fields, called: 'x'.repeat(201) } }],
    ['timeline.unknown-role', { ...answered, by: 'neighbour' }],
    ['timeline.source-mismatch', { ...offered, source: 'desk' }],
    ['timeline.source-open', { type: 'source.gap-started', occurredAt: at(0), fields: { source: 'audio', reason: 'no-audio' } }],
    ['timeline.instant-invalid', { ...offered, occurredAt: 0.5 }],
    ['timeline.not-open', { type: 'hold.resumed', occurredAt: at(0), fields: { hold: 'h', leg: 'a', outcome: 'agent' } }],
  ])('refuses with %s and says in both languages what was expected', (code, event) => {
    const refusal = record(call(), event, at(0));
    expect(codeOf(refusal)).toBe(code);
    if (!isRefusal(refusal)) return;
    for (const language of ['zh', 'en'] as const) {
      const spoken = speak(refusal, language);
      expect(spoken.message + spoken.remedy).not.toMatch(/\{[a-zA-Z]+\}/);
    }
  });

  it('lets nothing precede the first event of an interaction or follow its closing (L1)', () => {
    const { state } = appendAll([offered, ringing, answered, ended, closed]);
    expect(codeOf(record(state, said(-1, 'agent'), at(91)))).toBe('timeline.before-first');
    const flag: NewEvent = { type: 'flag.set', occurredAt: at(91), fields: { flag: 'vip' } };
    expect(codeOf(record(state, flag, at(91)))).toBe('timeline.closed');
  });

  it('lets no telephony, speech or audio follow the end of the call, but work after the call and late speech (L1)', () => {
    const { state } = appendAll([offered, ringing, answered, ended]);
    expect(codeOf(record(state, { ...held, occurredAt: at(61) }, at(61)))).toBe('timeline.call-ended');
    expect(codeOf(record(state, said(61, 'agent'), at(61)))).toBe('timeline.call-ended');
    expect(codeOf(record(state, ended, at(61)))).toBe('timeline.call-ended');
    const wrapUp: NewEvent = { type: 'wrapup.started', occurredAt: at(60), fields: { agent: '1024' } };
    expect(record(state, wrapUp, at(61))).toHaveProperty('draft');
    expect(record(state, said(30, 'agent'), at(61))).toHaveProperty('draft');
  });

  it('drops a second start of an open hold and keeps two holds with different keys apart (L2)', () => {
    const { state } = appendAll([offered, answered, held]);
    expect(record(state, { ...held, occurredAt: at(21) }, at(21))).toEqual({ dropped: 'already-open' });
    const second = append(state, { ...held, occurredAt: at(22), fields: { ...held.fields, hold: 'h2' } });
    expect(openOf(second.state.open, 'hold')).toEqual([at(20), at(22)]);
  });

  it('closes every open interval of the call when it ends (L3)', () => {
    const { state } = appendAll([offered, answered, held, ended]);
    expect(state.open.since).toEqual({});
  });

  it('marks as receiver whoever took the conversation over (L5)', () => {
    const started: NewEvent = { type: 'transfer.started', occurredAt: at(20), fields: { transfer: 't', target: '1025', kind: 'warm' } };
    const done: NewEvent = { type: 'transfer.completed', occurredAt: at(25), fields: { transfer: 't', agent: '1025', target: '1025' } };
    const { state } = appendAll([offered, answered, started, done]);
    expect(append(state, said(26, 'agent')).event.by).toBe('receiver');
    const wrapUp: NewEvent = { type: 'wrapup.started', occurredAt: at(27), fields: { agent: '1024' } };
    expect(append(state, wrapUp).event.by).toBe('agent');
  });

  it('counts the rings of the leg that was answered, and the wait of the caller (L6)', () => {
    const second: NewEvent = { ...ringing, occurredAt: at(22), fields: { leg: 'b', target: 'agent', agent: '1025' } };
    const answer: NewEvent = { ...answered, occurredAt: at(32), fields: { leg: 'b', agent: '1025', rings: 9 } };
    const { events } = appendAll([offered, ringing, second, answer]);
    expect(events[3]?.fields).toMatchObject({ rings: 2, wait: 32_000 });
  });

  it('counts rings by the cadence of the hotline', () => {
    const { state } = appendAll([offered, ringing]);
    const recorded = record(state, answered, at(12), {}, { on: 1000, off: 1000, phase: 0 });
    expect('draft' in recorded && recorded.draft.event.fields['rings']).toBe(6);
  });

  it('says nothing about rings when no device acknowledged that it rang', () => {
    const { events } = appendAll([offered, answered]);
    expect(events[1]?.fields).not.toHaveProperty('rings');
  });

  it('numbers utterances by role and turns by side, in the order in which people spoke', () => {
    const first = appendAll([offered, answered, said(13, 'agent'), said(15, 'customer'), said(20, 'agent')]);
    expect(first.events.slice(2).map((event) => [event.fields['ordinal'], event.fields['turn']])).toEqual([
      [1, 1],
      [1, 2],
      [2, 3],
    ]);
    const late = append(first.state, said(14, 'agent')).event;
    expect([late.fields['ordinal'], late.fields['turn']]).toEqual([2, 1]);
  });

  it('rounds readings to three decimals', () => {
    const { events } = appendAll([offered, answered, said(13, 'agent')]);
    expect(events[2]?.fields['confidence']).toBe(0.912);
  });

  it('marks an event late when its source had promised to be past it', () => {
    const { state } = appendAll([offered, answered]);
    const event = said(13, 'agent');
    expect(append(state, event, { 'speech.agent': at(13) }).event.late).toBe(true);
    expect(append(state, event, { 'speech.agent': at(12), 'speech.customer': at(99) }).event.late).toBeUndefined();
  });

  it('corrects an instant that lies beyond the clock allowance, and only that', () => {
    const future = record(call(), { ...offered, occurredAt: at(2.001) }, at(0));
    expect('draft' in future && future.draft.event).toMatchObject({ occurredAt: at(0), clock: 'corrected' });
    const near = record(call(), { ...offered, occurredAt: at(2) }, at(0));
    expect('draft' in near && near.draft.event.occurredAt).toBe(at(2));
  });
});
