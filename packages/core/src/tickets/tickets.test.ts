import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../errors/refusal.ts';
import type { Happened } from '../timeline/decider.ts';
import { countedPause, mostPauses, pauseRules, ticketDue } from './clock.ts';
import type { TicketCommand } from './commands.ts';
import { decideTicket } from './lifecycle.ts';
import { evolveTicket, noTicket, type Ticket } from './state.ts';

const day = 86_400_000;
const text = (value: string) => ({ subject: 'customer-1', value });
type Act = TicketCommand extends infer Each ? (Each extends TicketCommand ? Omit<Each, 'ticket'> : never) : never;

interface Played {
  readonly state: Ticket;
  readonly events: readonly Happened[];
  readonly refused: readonly string[];
}

function play(acts: readonly Act[]): Played {
  let state = noTicket;
  const played: Happened[] = [];
  const refused: string[] = [];
  for (const act of acts) {
    const decision = decideTicket({ ticket: 't', ...act } as TicketCommand, state);
    if (isRefusal(decision)) {
      refused.push(decision.refused);
      continue;
    }
    const events = decision.map((event): Happened => ({ by: 'agent', ...event }));
    state = events.reduce(evolveTicket, state);
    played.push(...events);
  }
  return { state, events: played, refused };
}

const by = (agent: string, at: number) => ({ agent, at });
const create = (what: 'request' | 'complaint' | 'suggestion' = 'request'): Act => ({
  ...by('0217', 1),
  kind: 'create',
  what,
  title: text('八月失业金未到账'),
  about: text('经过'),
});
const dispatch: Act = { ...by('0217', 2), kind: 'dispatch', department: 'benefits', due: 3 * day };
const accept: Act = { ...by('d1', 3), kind: 'acknowledge' };
const resolve: Act = { ...by('d1', 4), kind: 'resolve', result: 'solved', answer: text('已补发') };
const tell: Act = { ...by('0217', 5), kind: 'tell-customer', channel: 'phone' };
const close: Act = { ...by('0217', 7), kind: 'close' };
const revisit = (resolved: boolean): Act => ({ ...by('0217', 6), kind: 'revisit', resolved, reason: '仍未到账', due: 9 * day });

describe('a ticket', () => {
  it('goes from draft to closed, with one owner and its first receiver in view', () => {
    const { state, events, refused } = play([create(), dispatch, accept, resolve, tell, close]);
    expect(refused).toEqual([]);
    expect(state).toMatchObject({ stage: 'closed', owner: '0217', first: '0217', department: 'benefits', firstDue: 3 * day });
    expect(events.map(({ type }) => type)).toEqual(
      ['created', 'dispatched', 'acknowledged', 'resolved', 'customer-told', 'closed'].map((what) => `ticket.${what}`),
    );
  });

  it('of a complaint is closed only after a revisit that found it settled; not content brings it back to work', () => {
    const told = [create('complaint'), dispatch, accept, resolve, tell];
    expect(play([...told, close]).refused).toEqual(['ticket.revisit-first']);
    const again = play([...told, revisit(false)]);
    expect(again.state).toMatchObject({ stage: 'in-work', due: 9 * day, reopened: 1, firstDue: 3 * day });
    expect(again.events.map(({ type }) => type)).toContain('complaint.revisited');
    expect(play([...told, revisit(true), close]).events.at(-1)?.type).toBe('complaint.closed');
    expect(play([...told, { ...revisit(true), score: 6 } as Act]).refused).toEqual(['ticket.score-range']);
  });

  it('is returned as incomplete once, with all that is missing; a second time needs an approval by somebody else', () => {
    const back = (missing: readonly string[]): Act => ({
      ...by('d1', 4),
      kind: 'return',
      because: 'incomplete',
      reason: '缺材料',
      missing,
    });
    expect(play([create(), dispatch, accept, back([])]).refused).toEqual(['ticket.no-missing']);
    const returned = play([create(), dispatch, accept, back(['银行卡复印件', '身份证'])]);
    expect(returned.state).toMatchObject({ stage: 'returned', missing: ['银行卡复印件', '身份证'] });
    const twice: readonly Act[] = [create(), dispatch, accept, back(['身份证']), { ...dispatch, at: 9 }, accept, back(['户口本'])];
    expect(play(twice).refused).toEqual(['ticket.returned-before']);
    const asked: Act = { ...by('d1', 10), kind: 'ask-exception', exception: 'not-ours', reason: '属另一科室' };
    const decided = (agent: string): Act => ({ ...by(agent, 11), kind: 'decide-exception', approved: true, reason: '' });
    expect(play([create(), dispatch, accept, asked, decided('d1')]).refused).toEqual(['ticket.own-exception']);
    expect(play([create(), dispatch, accept, asked, decided('0103')]).state).toMatchObject({ stage: 'returned', returns: ['not-ours'] });
  });

  it('an extension moves the due time only when it is approved', () => {
    const asked: Act = { ...by('d1', 10), kind: 'ask-exception', exception: 'extension', reason: '等银行回执', due: 5 * day };
    const no: Act = { ...by('0103', 11), kind: 'decide-exception', approved: false, reason: '催银行' };
    expect(play([create(), dispatch, accept, asked, no]).state).toMatchObject({ due: 3 * day, exception: undefined });
    expect(play([create(), dispatch, accept, asked, { ...no, approved: true }]).state).toMatchObject({ due: 5 * day, firstDue: 3 * day });
    expect(play([create(), dispatch, accept, { ...asked, due: day }]).refused).toEqual(['ticket.not-later']);
  });

  it('a pause moves the due time, by no more than its reason allows, and visibly while it lasts', () => {
    const pause: Act = { ...by('d1', 10), kind: 'pause', reason: 'third-party' };
    const { state } = play([create(), dispatch, accept, pause]);
    expect(ticketDue(state, 10 + day)).toBe(4 * day);
    expect(ticketDue(state, 10 + 90 * day)).toBe(3 * day + pauseRules['third-party'].mostMs);
    expect(play([create(), dispatch, accept, pause, resolve]).refused).toEqual(['ticket.paused']);
    const after = play([create(), dispatch, accept, pause, { ...by('d1', 10 + day), kind: 'resume' }]).state;
    expect(after).toMatchObject({ due: 4 * day, pausedMs: day, paused: undefined });
    expect(countedPause('nothing', 0, day)).toBe(0);
  });

  it('can be urged and supervised only while a department has it', () => {
    const urge: Act = { ...by('0217', 3), kind: 'urge' };
    const supervise: Act = { ...by('0103', 4), kind: 'supervise', reason: '临近期限' };
    expect(play([create(), urge]).refused).toEqual(['ticket.not-with-department']);
    expect(play([create(), dispatch, urge, urge, supervise, supervise]).state).toMatchObject({ urged: 2, supervised: true });
  });

  it('of a suggestion says whether it was adopted', () => {
    const adopted: Act = { ...resolve, result: 'adopted' } as Act;
    expect(play([create('suggestion'), dispatch, accept, adopted]).events.at(-1)).toMatchObject({
      type: 'suggestion.decided',
      fields: { adopted: true },
    });
  });
});

const acts = fc.array(
  fc.constantFrom<(at: number) => Act>(
    (at) => ({ ...dispatch, at, due: at + 3 * day }) as Act,
    (at) => ({ ...accept, at }),
    (at) => ({ ...by('d1', at), kind: 'return', because: 'not-ours', reason: '不属本科室', missing: [] }),
    (at) => ({ ...by('d1', at), kind: 'pause', reason: 'customer-material' }),
    (at) => ({ ...by('d1', at), kind: 'resume' }),
    (at) => ({ ...resolve, at }),
    (at) => ({ ...tell, at }),
    (at) => ({ ...by('0217', at), kind: 'revisit', resolved: at % 2 === 0, reason: '未解决', due: at + day }),
    (at) => ({ ...close, at }),
    (at) => ({ ...by('0217', at), kind: 'reopen', reason: '再次来电', due: at + day }),
    (at) => ({ ...by('0103', at), kind: 'change-owner', to: at % 2 === 0 ? '0209' : '0217', approved: true }),
  ),
  { minLength: 3, maxLength: 120, size: 'max' },
);

it('whatever is done: one owner, the first receiver and first due time stay, and a closed ticket changes only by reopening', () => {
  const stages = new Map<string, number>();
  fc.assert(
    fc.property(acts, (drawn) => {
      let before = noTicket;
      const { state } = play([create('complaint')]);
      before = state;
      for (const [n, act] of drawn.entries()) {
        const decision = decideTicket({ ticket: 't', ...act(10 + n * 1000) } as TicketCommand, before);
        if (isRefusal(decision)) continue;
        const after = decision.map((event): Happened => ({ by: 'agent', ...event })).reduce(evolveTicket, before);
        if (before.stage === 'closed' && decision.length > 0) expect(after.stage).toBe('in-work');
        if (before.firstDue !== undefined) expect(after.firstDue).toBe(before.firstDue);
        expect(after.first).toBe('0217');
        expect(after.pauses).toBeLessThanOrEqual(mostPauses);
        if (after.stage === 'closed' && before.stage !== 'closed') expect(before.revisit?.resolved).toBe(true);
        before = after;
      }
      stages.set(before.stage, (stages.get(before.stage) ?? 0) + 1);
    }),
    { numRuns: 600 },
  );
  expect([...stages.keys()].sort()).toEqual(expect.arrayContaining(['closed', 'dispatched', 'in-work', 'resolved', 'returned', 'told']));
});

it('the same command again changes nothing', () => {
  const walk: readonly Act[] = [create(), dispatch, accept, resolve, tell, close];
  for (let upTo = 1; upTo <= walk.length; upTo += 1) {
    const { state } = play(walk.slice(0, upTo));
    const last = walk[upTo - 1];
    if (last === undefined) continue;
    expect(decideTicket({ ticket: 't', ...last } as TicketCommand, state)).toEqual([]);
  }
});

it('a suggestion is valued, and valued anew by a later word; nothing else is', () => {
  const value = (award?: string): Act => ({ ...by('2001', 3), kind: 'value', value: 'high', ...(award === undefined ? {} : { award }) });
  const played = play([create('suggestion'), value(), value(), value(' 感谢信 '), value('感谢信')]);
  expect(played.state).toMatchObject({ value: 'high', award: '感谢信' });
  expect(played.events.filter(({ type }) => type === 'suggestion.valued')).toHaveLength(2);
  expect(play([create('request'), value()]).refused).toEqual(['ticket.not-suggestion']);
});
