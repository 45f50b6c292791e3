import { describe, expect, it } from 'vitest';
import { isRefusal } from '../errors/refusal.ts';
import { shippedSettings } from '../settings/defaults.ts';
import { fact } from '../timeline/decider.ts';
import type { NewEvent } from '../timeline/event.ts';
import { recordInMemory } from '../timeline/record-in-memory.ts';
import { callView, ringView } from '../wire/desk.ts';
import { emptyRecord } from './call-record.ts';
import { callViewOf, type DeskCall, evolveDeskCall, noDeskCall, ringViewOf } from './desk-view.ts';
import { type Conversation, type ConversationCommand, decideConversation, evolveConversation, noConversation } from './lifecycle.ts';

const answered = evolveConversation(noConversation, { by: 'agent', ...fact('call.answered', 0, { agent: '1', leg: 'a' }) });
const save = (content: Partial<typeof emptyRecord>): ConversationCommand => ({
  kind: 'save-record',
  at: 10,
  agent: '1',
  record: 'r',
  content: { ...emptyRecord, ...content },
  subject: 'customer-7',
});

function decide(command: ConversationCommand, state: Conversation = answered) {
  const decision = decideConversation(command, state);
  return isRefusal(decision) ? decision.refused : decision;
}

function after(command: ConversationCommand, state: Conversation = answered): Conversation {
  const decision = decideConversation(command, state);
  if (isRefusal(decision)) throw new Error(decision.refused);
  return decision.reduce((next, event) => evolveConversation(next, { by: 'agent', ...event }), state);
}

describe('the call record', () => {
  it('says which parts are filled and which are missing, and keeps the words out of the event', () => {
    const events = decide(save({ who: '王先生', what: '社保卡补办', why: '  ' }));
    expect(events).toEqual([
      fact('record.opened', 10, { record: 'r' }),
      fact(
        'record.saved',
        10,
        { record: 'r', filled: ['who', 'what'], missing: ['when', 'where', 'why', 'how'] },
        { personal: { content: { subject: 'customer-7', value: expect.stringContaining('社保卡') } } },
      ),
    ]);
  });

  it('stays one record however often it is saved', () => {
    const events = decide({ ...save({ who: '王' }), record: 'other' } as ConversationCommand, after(save({ who: '王' })));
    expect(events).toMatchObject([{ type: 'record.saved', fields: { record: 'r' } }]);
  });

  it('is refused when it is empty, when the call is closed or not answered, and to who never had the caller', () => {
    const closed = evolveConversation(answered, { by: 'system', ...fact('interaction.closed', 9, { reason: 'finished' }) });
    expect(decide(save({}))).toBe('record.empty');
    expect(decide(save({ who: '王' }), closed)).toBe('record.closed');
    expect(decide(save({ who: '王' }), noConversation)).toBe('call.not-talking');
    expect(decide({ ...save({ who: '王' }), agent: '2' })).toBe('call.not-yours');
  });
});

describe('marks of the agent', () => {
  it('are claims of their own kind: consent, tick, emergency, reason for going on', () => {
    expect(decide({ kind: 'mark-consent', at: 5, agent: '1', consent: 'c', about: 'hold', given: false })).toMatchObject([
      { type: 'consent.marked', fields: { given: false } },
    ]);
    expect(decide({ kind: 'tick', at: 5, agent: '1', norm: 'hold-three-parts', part: '原因' })).toMatchObject([{ type: 'duty.ticked' }]);
    expect(decide({ kind: 'override-stop', at: 5, agent: '1', norm: 'n', reason: ' ' })).toBe('stop.no-reason');
    expect(decide({ kind: 'override-stop', at: 5, agent: '1', norm: 'n', reason: '紧急' })).toMatchObject([{ type: 'stop.overridden' }]);
  });

  it('raise an emergency once, and can take it back', () => {
    const raise: ConversationCommand = { kind: 'mark-emergency', at: 5, agent: '1', emergency: 'e', about: '起火' };
    const raised = after(raise);
    expect(raised).toMatchObject({ emergency: true, flags: ['emergency'] });
    expect(decide(raise, raised)).toEqual([]);
    expect(after({ kind: 'unmark-emergency', at: 6, agent: '1' }, raised)).toMatchObject({ emergency: false, flags: [] });
    const told = decideConversation({ kind: 'flag', at: 6, agent: '1', flag: 'escalation', alert: { alert: 'a1', ticket: 't1' } }, raised);
    expect(told).toMatchObject([
      { type: 'flag.set', fields: { flag: 'escalation' } },
      { type: 'alert.raised', fields: { alert: 'a1', kind: 'escalation', to: 'leader', agent: '1', about: 't1' } },
    ]);
    expect(after({ kind: 'flag', at: 6, agent: '1', flag: 'unsafe-to-call' }, raised).flags).toEqual(['emergency', 'unsafe-to-call']);
  });
});

describe('the desk view of a call', () => {
  const said = (at: number, by: string, text: string): NewEvent =>
    fact(
      'speech.said',
      at,
      { chars: 2, start: at, end: at + 500, confidence: 1, engine: 'test' },
      { by, personal: { text: { subject: 's', value: text } } },
    );
  const offered = fact('call.offered', 0, { direction: 'in', channel: 'web-call', called: '12333', queue: 'general' });
  const toAgent = fact('call.agent-offered', 2000, { agent: '1', leg: 'a' });
  const ringing = fact('call.ringing', 2300, { agent: '1', leg: 'a', target: 'agent' });
  const answer = fact('call.answered', 8000, { agent: '1', leg: 'a' }, { by: 'agent' });
  const context = { interaction: 'i', mediaConnected: true, duties: [], verdicts: [], settings: shippedSettings };

  const rule = { limitRings: 2, cites: ['S1a-15'], say: { late: '对不起，让您久等了' } };

  function fold(events: readonly NewEvent[]): DeskCall {
    const recorded = recordInMemory({ stream: 'interaction-i', interaction: 'i' }, events, {
      sha256: (text) => `${text.length}`,
      id: (n) => `e${n}`,
    });
    if ('refusal' in recorded) throw new Error(JSON.stringify(recorded));
    return recorded.events.reduce(evolveDeskCall, noDeskCall);
  }

  it('shows both clocks of a ring, the one of the agent only once the device acknowledged', () => {
    const before = ringViewOf(fold([offered, toAgent]), context, rule);
    expect(before).toMatchObject({ callerSince: 0, ringMs: 5000, limitRings: 2, cites: ['S1a-15'] });
    expect(before?.agentSince).toBeUndefined();
    const view = ringViewOf(fold([offered, toAgent, ringing]), context, rule);
    expect(ringView.parse(view)).toMatchObject({ agentSince: 2300, caller: { channel: 'web-call', queue: 'general' } });
    expect(ringViewOf(fold([offered, toAgent, ringing, answer]), context, rule)).toBeUndefined();
  });

  it('shows hold, mute, recording and the words in the order in which they were said', () => {
    const events = [
      offered,
      toAgent,
      answer,
      fact('recording.started', 8000, { recording: 'rec' }),
      said(8100, 'agent', '您好'),
      said(12_000, 'agent', '请讲'),
      said(10_000, 'customer', '你好'),
      fact('mute.on', 13_000, { leg: 'a' }),
      fact('hold.started', 20_000, { hold: 'h', leg: 'a', reason: 'lookup', limit: 60_000 }),
      fact('hold.speak-started', 25_000, { hold: 'h', leg: 'a' }),
    ];
    const view = callView.parse(callViewOf(fold(events), context));
    expect(view).toMatchObject({ muted: true, recording: true, speakingOver: true, transcribed: true, answeredAt: 8000 });
    expect(view.hold).toEqual({ hold: 'h', reason: 'lookup', startedAt: 20_000, limitMs: 60_000, repromptMs: 30_000 });
    expect(view.transcript.map((one) => one.text)).toEqual(['您好', '你好', '请讲']);
  });

  it('says when there is no recogniser, who ended the call, and what work remains', () => {
    const gap: NewEvent = { ...fact('source.gap-started', 8000, { source: 'speech.agent', reason: 'no-engine' }), source: 'speech.agent' };
    const ended = fact('call.ended', 30_000, { outcome: 'normal', side: 'customer', talk: 22_000 });
    const wrapUp = fact('wrapup.started', 30_000, { agent: '1', limit: 45_000 });
    const extended = fact('wrapup.extended', 60_000, { agent: '1', limit: 105_000, reason: '补记' });
    const call = fold([offered, toAgent, answer, gap, ended, wrapUp, extended]);
    expect(callView.parse(callViewOf(call, context))).toMatchObject({ transcribed: false, endedAt: 30_000, endedBy: 'customer' });
    expect(call.wrapUps).toEqual([{ agent: '1', since: 30_000, limitMs: 105_000, extended: 1 }]);
    expect(callViewOf(fold([offered, toAgent]), context)).toBeUndefined();
  });
});
