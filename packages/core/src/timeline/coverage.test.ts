import type { Source, TraceEvent } from '@threerings/norms/trace';
import { describe, expect, it } from 'vitest';
import { applyToCharge, inCharge } from './charge.ts';
import { applyToCoverage, type Coverage, endOfTime, gapIn, marksAt, raiseMark } from './coverage.ts';
import { stretchesOf, unionLength } from './open-intervals.ts';
import { cutToScope, talkBegins } from './scopes.ts';

function event(type: string, occurredAt: number, fields: TraceEvent['fields'] = {}, source: Source = 'telephony'): TraceEvent {
  return { id: `${type}@${occurredAt}`, type, source, by: 'agent', occurredAt, seq: occurredAt, fields };
}

describe('watermarks', () => {
  it('never go back', () => {
    const raised = raiseMark(raiseMark({}, 'telephony', 500), 'telephony', 400);
    expect(marksAt(raised, 1000).telephony).toBe(500);
  });

  it('stand a millisecond behind the clock for what the server keeps itself, and are unknown for who has not spoken', () => {
    expect(marksAt({}, 1000)).toEqual({ desk: 999, ledger: 999, ticket: 999, presence: 999, quality: 999, system: 999 });
  });

  it('hold nobody up when a source has no engine or has ended', () => {
    const none = applyToCoverage({}, event('source.gap-started', 0, { source: 'speech.agent', reason: 'no-engine' }, 'speech.agent'));
    expect(marksAt(none, 1000)['speech.agent']).toBe(endOfTime);
    const ended = applyToCoverage(raiseMark({}, 'audio', 5), event('source.ended', 9, { source: 'audio' }, 'audio'));
    expect(marksAt(ended, 1000).audio).toBe(endOfTime);
  });

  it('follow the clock by the declared lag while a source is down, and the gap is known', () => {
    const events = [
      event('source.started', 0, { source: 'audio', lag: 300 }, 'audio'),
      event('source.gap-started', 100, { source: 'audio', reason: 'engine-down' }, 'audio'),
    ];
    const down = events.reduce<Coverage>(applyToCoverage, {});
    expect(marksAt(down, 1000).audio).toBe(700);
    expect(gapIn(down, 'audio', 200, 300)?.reason).toBe('engine-down');
    const back = applyToCoverage(down, event('source.gap-ended', 250, { source: 'audio' }, 'audio'));
    expect(gapIn(back, 'audio', 250, 260)?.to).toBe(250);
    expect(gapIn(back, 'audio', 251, 260)).toBeUndefined();
    expect(gapIn(back, 'audio', 0, 99)).toBeUndefined();
  });
});

describe('intervals', () => {
  const events = [
    event('hold.started', 100, { hold: 'h1', leg: 'a' }),
    event('hold.started', 150, { hold: 'h2', leg: 'b' }),
    event('hold.resumed', 200, { hold: 'h1', leg: 'a', outcome: 'agent' }),
    event('call.ended', 300),
  ];

  it('with different keys run beside each other, end with the call, and are measured as their union', () => {
    const stretches = stretchesOf('hold', events, 400);
    expect(stretches).toEqual([
      { from: 100, to: 200 },
      { from: 150, to: 300 },
    ]);
    expect(unionLength(stretches)).toBe(200);
  });

  it('that are still open are measured up to the given end', () => {
    expect(stretchesOf('hold', events.slice(0, 1), 400)).toEqual([{ from: 100, to: 400 }]);
  });

  it('of ringing end for every leg when the caller gives up', () => {
    const rings = [event('call.ringing', 10, { leg: 'a' }), event('call.ringing', 20, { leg: 'b' }), event('call.abandoned', 50)];
    expect(unionLength(stretchesOf('ringing', rings, 99))).toBe(40);
  });

  it('of conversation begin once, with the first answer', () => {
    const talk = [event('call.answered', 10, { leg: 'a' }), event('call.answered', 20, { leg: 'b' }), event('call.ended', 50)];
    expect(stretchesOf('conversation', talk, 99)).toEqual([{ from: 10, to: 50 }]);
  });
});

describe('scope and charge', () => {
  const events = [
    event('call.offered', 0),
    event('call.answered', 10, { leg: 'a', agent: '1024' }),
    event('transfer.completed', 30, { agent: '1025' }),
    event('call.ended', 50),
    event('record.saved', 60),
    event('interaction.closed', 90),
  ];

  it('the call ends with the call, the handling with the interaction', () => {
    expect(cutToScope('call', events)).toHaveLength(4);
    expect(cutToScope('handling', events)).toHaveLength(6);
    expect(talkBegins('call', events)?.occurredAt).toBe(10);
    expect(talkBegins('chat', events)).toBeUndefined();
  });

  it('whoever took over is in charge until the interaction is closed, and talks until the call ends', () => {
    expect(inCharge(events.slice(0, 2))).toBe('1024');
    expect(inCharge(events.slice(0, 5))).toBe('1025');
    expect(inCharge(events)).toBeUndefined();
    expect(events.slice(0, 4).reduce(applyToCharge, {})).toEqual({ handling: '1025' });
  });
});
