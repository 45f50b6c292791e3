import type { WireEvent, WireVerdict } from '@threerings/core/wire/events';
import { describe, expect, it } from 'vitest';
import { extentOf, intervalsOf, neighbour, shareOf, witnessInstant } from './timeline.ts';
import { searchOf } from './use-interactions.ts';

const event = (type: string, occurredAt: number, id = type): WireEvent => ({
  id,
  type,
  source: 'telephony',
  occurredAt,
  seq: occurredAt,
  fields: {},
});
const verdict = (key: string, value: WireVerdict['value'], at: number, witness?: string): WireVerdict => ({
  norm: 'n',
  title: { zh: 'n', en: 'n' },
  pack: 'p',
  packVersion: 1,
  key,
  anchor: 0,
  value,
  at,
  cites: [],
  severity: 'minor',
  points: 1,
  nature: 'finding',
  witnesses: witness === undefined ? [] : [{ event: witness }],
  explanation: { zh: '', en: '' },
});

describe('the time axis', () => {
  const row = {
    interaction: 'i',
    startedAt: 1000,
    channel: 'phone',
    origin: 'live' as const,
    talkMs: 0,
    kept: 0,
    broken: 0,
    unknown: 0,
    moot: 0,
  };

  it('reaches from the first event to the end of the recording', () => {
    const extent = extentOf({ row, recording: { recording: 'r', startedAt: 2000, durationMs: 8000, audible: true } }, [
      event('call.queued', 1000),
    ]);
    expect(extent).toEqual({ from: 1000, to: 10_000 });
    expect(shareOf(extent, 5500)).toBe(0.5);
    expect(shareOf(extent, 99_000)).toBe(1);
  });

  it('is never empty, and reaches to the present while the call goes on', () => {
    expect(extentOf({ row }, [])).toEqual({ from: 1000, to: 2000 });
    expect(extentOf({ row }, [], 60_000)).toEqual({ from: 1000, to: 60_000 });
  });
});

describe('what the line did', () => {
  it('is cut into stretches; one still open reaches to the end', () => {
    const events = [
      event('call.queued', 0),
      event('call.ringing', 5),
      event('call.answered', 8),
      event('hold.started', 20),
      event('hold.resumed', 30),
      event('mute.on', 40),
    ];
    expect(intervalsOf(events, 100)).toEqual([
      { kind: 'queue', from: 0, to: 8 },
      { kind: 'ringing', from: 5, to: 8 },
      { kind: 'hold', from: 20, to: 30 },
      { kind: 'mute', from: 40, to: 100 },
    ]);
  });
});

describe('walking the verdicts', () => {
  const verdicts = [verdict('late', 'broken', 30), verdict('early', 'kept', 10), verdict('none', 'moot', 20)];

  it('goes through time, past what does not apply, and stays at the ends', () => {
    expect(neighbour(verdicts, undefined, 1)?.key).toBe('early');
    expect(neighbour(verdicts, 'p/n/early', 1)?.key).toBe('late');
    expect(neighbour(verdicts, 'p/n/late', 1)?.key).toBe('late');
    expect(neighbour(verdicts, undefined, -1)?.key).toBe('late');
  });

  it('hears a verdict from its first witness, else from where it settled', () => {
    const events = [event('a', 3), event('b', 7)];
    expect(witnessInstant({ ...verdict('k', 'kept', 9), witnesses: [{ event: 'b' }, { event: 'a' }] }, events)).toBe(3);
    expect(witnessInstant(verdict('k', 'kept', 9, 'gone'), events)).toBe(9);
  });
});

describe('the address of a page of calls', () => {
  it('leaves out empty filters', () => {
    expect(searchOf({ agent: '0217', origin: '' }, 50, undefined)).toBe('limit=50&agent=0217');
    expect(searchOf({}, 50, 7)).toBe('limit=50&before=7');
  });
});
