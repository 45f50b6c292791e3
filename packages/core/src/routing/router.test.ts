import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fact } from '../timeline/decider.ts';
import {
  agentIn,
  expectedWait,
  isFenced,
  nextOffer,
  type Offer,
  placeInQueue,
  queuesOf,
  staffOn,
  unattended,
  waitingIn,
} from './choose.ts';
import { emptyRouter, evolveRouter, forkRouter, type RoutedEvent, type Router, withLayout } from './router.ts';

const queues = [{ queue: 'general' }, { queue: 'dialect', skill: 'dialect' }];
const staff = [
  { agent: '1', skills: {} },
  { agent: '2', skills: { dialect: 5 } },
  { agent: '3', skills: {} },
];

const fold = (router: Router, ...events: readonly RoutedEvent[]) => events.reduce(evolveRouter, router);
const presence = (agent: string, state: string, at: number): RoutedEvent => ({ event: fact('presence.changed', at, { agent, state }) });
const queuedAt = (interaction: string, at: number, queue = 'general', more: Record<string, string> = {}): RoutedEvent => ({
  interaction,
  event: fact('call.queued', at, { queue, ...more }),
});
const offeredTo = (offer: Offer, at: number): RoutedEvent => ({
  interaction: offer.interaction,
  event: fact('call.agent-offered', at, { agent: offer.agent, leg: `${offer.interaction}-${offer.agent}-${at}`, epoch: offer.epoch }),
});
const start = () => emptyRouter(queues, staff, 1);

/** All reservations that are due now, each folded in before the next is asked for. */
function route(router: Router, at: number): { readonly router: Router; readonly offers: readonly Offer[] } {
  const offers: Offer[] = [];
  let next = router;
  for (let offer = nextOffer(next); offer !== undefined; offer = nextOffer(next)) {
    offers.push(offer);
    next = fold(next, offeredTo(offer, at));
  }
  return { router: next, offers };
}
const pairs = (router: Router, at = 100) => route(router, at).offers.map(({ interaction, agent }) => [interaction, agent]);

describe('the router', () => {
  it('rings the longest idle agent for the longest waiting caller', () => {
    const router = fold(start(), presence('1', 'ready', 20), presence('3', 'ready', 10), queuedAt('b', 40), queuedAt('a', 30));
    expect(pairs(router)).toEqual([
      ['a', '3'],
      ['b', '1'],
    ]);
  });

  it('rings only who has the skill, and does not let that caller hold up the next', () => {
    const router = fold(start(), presence('1', 'ready', 10), queuedAt('a', 30, 'dialect'), queuedAt('b', 40));
    expect(pairs(router)).toEqual([['b', '1']]);
    expect(pairs(fold(router, presence('2', 'ready', 50)))).toEqual([
      ['a', '2'],
      ['b', '1'],
    ]);
  });

  it('wants the level of the skill that the queue wants', () => {
    const strict = emptyRouter([{ queue: 'dialect', skill: 'dialect', level: 6 }], staff, 1);
    expect(pairs(fold(strict, presence('2', 'ready', 1), queuedAt('a', 2, 'dialect')))).toEqual([]);
    expect([staffOn(start(), 'dialect'), queuesOf(start(), '2'), queuesOf(start(), '1')]).toEqual([0, ['general', 'dialect'], ['general']]);
  });

  it('takes the queue of the higher priority first, and in it the longest wait', () => {
    const router = emptyRouter([{ queue: 'general' }, { queue: 'urgent', priority: 5 }], staff, 1);
    const waiting = fold(router, queuedAt('a', 1), queuedAt('b', 2, 'urgent'), queuedAt('c', 3, 'urgent'), presence('1', 'ready', 4));
    expect(pairs(waiting)).toEqual([['b', '1']]);
  });

  it('brings a caller who calls again to the first receiver where free, and else to anybody', () => {
    const both = fold(start(), presence('1', 'ready', 1), presence('3', 'ready', 2));
    const again = queuedAt('a', 5, 'general', { prefers: '3', reason: 'first-receiver' });
    expect(nextOffer(fold(both, again))).toMatchObject({ agent: '3', reason: 'first-receiver' });
    expect(nextOffer(fold(both, presence('3', 'talking', 4), again))).toMatchObject({ agent: '1' });
  });

  it('keeps a caller who asked for an agent by name for that agent, until the caller goes to the queue', () => {
    const named = queuedAt('a', 5, 'general', { prefers: '3', reason: 'named' });
    const waiting = fold(start(), presence('1', 'ready', 1), presence('3', 'talking', 2), named, queuedAt('b', 6));
    expect(nextOffer(waiting)).toMatchObject({ interaction: 'b', agent: '1' });
    expect(nextOffer(fold(waiting, presence('3', 'ready', 9)))).toMatchObject({ interaction: 'a', agent: '3', reason: 'named' });
    const moved = fold(waiting, { interaction: 'a', event: fact('call.dequeued', 20, { queue: 'general', outcome: 'overflow' }) });
    expect(nextOffer(fold(moved, queuedAt('a', 20)))).toMatchObject({ interaction: 'a', agent: '1' });
  });

  it('counts the whole wait of a caller who was sent on to another queue', () => {
    const over = { interaction: 'a', event: fact('call.dequeued', 60, { queue: 'dialect', outcome: 'overflow' }) };
    const router = fold(start(), queuedAt('a', 10, 'dialect'), queuedAt('b', 20), over, queuedAt('a', 60));
    expect([placeInQueue(router, 'a'), placeInQueue(router, 'b'), waitingIn(router, 'dialect')]).toEqual([1, 2, 0]);
  });

  it('goes on to the next agent when a ring is not answered, and the caller keeps the place', () => {
    const ready = fold(start(), presence('1', 'ready', 10), presence('3', 'ready', 20), queuedAt('a', 30), queuedAt('b', 31));
    const { router: rung } = route(ready, 32);
    expect(nextOffer(rung)).toBeUndefined();
    const noAnswer = { interaction: 'a', event: fact('call.ring-stopped', 52, { leg: 'a-1-32', outcome: 'no-answer' }) };
    const missed = fold(rung, noAnswer);
    expect(nextOffer(missed)).toBeUndefined();
    const withdrawn = fold(missed, { interaction: 'b', event: fact('call.ring-stopped', 53, { leg: 'b-3-32', outcome: 'cancelled' }) });
    expect(nextOffer(withdrawn)).toEqual({ interaction: 'a', agent: '3', epoch: 1 });
    expect([placeInQueue(withdrawn, 'a'), placeInQueue(withdrawn, 'b'), placeInQueue(withdrawn, 'c')]).toEqual([1, 2, undefined]);
  });

  it('names the callers for whom nobody is signed in', () => {
    const waiting = fold(start(), queuedAt('a', 30, 'dialect'), queuedAt('b', 31), presence('1', 'busy', 32));
    expect(unattended(waiting).map((call) => call.interaction)).toEqual(['a']);
    expect(unattended(fold(waiting, presence('2', 'rest', 33)))).toEqual([]);
  });

  it('reserves nobody once a later epoch has been seen', () => {
    const router = fold(start(), presence('1', 'ready', 10), queuedAt('a', 30), queuedAt('b', 31));
    const fenced = fold(router, offeredTo({ interaction: 'b', agent: '3', epoch: 2 }, 32));
    expect(isFenced(fenced)).toBe(true);
    expect(nextOffer(fenced)).toBeUndefined();
    expect(nextOffer({ ...fenced, epoch: 3 })).toEqual({ interaction: 'a', agent: '1', epoch: 3 });
  });

  it('keeps who is with a caller and who waits when queues and staff change', () => {
    const waiting = fold(start(), presence('1', 'ready', 10), queuedAt('a', 30), queuedAt('b', 31, 'dialect'), queuedAt('c', 32));
    const { router } = route(waiting, 33);
    const changed = withLayout(router, [{ queue: 'general' }], [{ agent: '4', skills: {} }], () => undefined);
    expect([...changed.agents.values()].map(({ agent, call, state }) => [agent, call, state])).toEqual([
      ['4', undefined, 'offline'],
      ['1', 'a', 'offline'],
    ]);
    // Its queue is no more: the caller waits in the first one, behind who waits longer.
    expect(pairs(fold(changed, presence('4', 'ready', 40)))).toEqual([['b', '4']]);
    expect(placeInQueue(changed, 'c')).toBe(3);
    const ended = fold(changed, { interaction: 'a', event: fact('interaction.closed', 50, { reason: 'finished' }) });
    expect(agentIn(ended, '1')?.call).toBeUndefined();
  });

  it('expects the wait by the answers of the last hour, once there are enough of them', () => {
    const answers = (n: number, apart: number) =>
      Array.from({ length: n }, (_, i): readonly RoutedEvent[] => [
        queuedAt(`c${i}`, i * apart),
        { interaction: `c${i}`, event: fact('call.answered', i * apart, { agent: '1', leg: 'l' }, { by: 'agent' }) },
      ]).flat();
    const at = 40 * 60_000;
    const router = fold(start(), ...answers(40, 60_000));
    expect(expectedWait(router, 'general', 3, { at, least: 41 })).toBeUndefined();
    expect(expectedWait(router, 'general', 3, { at, least: 30 })).toBe(3 * 60_000);
    expect(expectedWait(router, 'dialect', 1, { at, least: 1 })).toBeUndefined();
    expect(expectedWait(router, 'general', 3, { at: at + 3_600_000, least: 1 })).toBeUndefined();
  });

  it('changes no copy of itself', () => {
    const router = fold(start(), presence('1', 'ready', 10), queuedAt('a', 30));
    const copy = forkRouter(router);
    const later = fold(router, queuedAt('b', 40), presence('3', 'ready', 41), presence('1', 'rest', 42));
    expect([waitingIn(copy, 'general'), waitingIn(router, 'general'), waitingIn(later, 'general')]).toEqual([1, 1, 2]);
    expect([pairs(copy), pairs(router), pairs(later)]).toEqual([[['a', '1']], [['a', '1']], [['a', '3']]]);
  });
});

interface NaiveCall {
  readonly interaction: string;
  readonly queue: string;
  readonly since: number;
  readonly prefers: string | undefined;
  readonly named: boolean;
  offered: Offer | undefined;
  leg: string;
}
interface NaiveAgent {
  readonly agent: string;
  state: string;
  idleSince: number;
  call: string | undefined;
}

const wide = [
  { queue: 'general' },
  { queue: 'dialect', skill: 'dialect' },
  { queue: 'law', skill: 'law', level: 3, priority: 2 },
  { queue: 'urgent', priority: 5 },
];
const people = [
  { agent: '1', skills: {} },
  { agent: '2', skills: { dialect: 1 } },
  { agent: '3', skills: { law: 2 } },
  { agent: '4', skills: { law: 3, dialect: 2 } },
  { agent: '5', skills: { law: 9 } },
];

/** The same hotline as lists that are gone through from end to end, beside the router. Instants never repeat. */
class Naive {
  router: Router = emptyRouter(wide, people, 1);
  readonly agents: NaiveAgent[] = people.map(({ agent }) => ({ agent, state: 'offline', idleSince: 0, call: undefined }));
  waiting: NaiveCall[] = [];
  readonly talking = new Map<string, string>();
  now = 1000;
  served = 0;

  tell(interaction: string | undefined, type: Parameters<typeof fact>[0], fields: Parameters<typeof fact>[2], by?: string) {
    this.router = evolveRouter(this.router, { interaction, event: fact(type, this.now, fields, { by }) });
  }

  serves({ agent }: NaiveAgent, queue: string): boolean {
    const { skill, level = 1 } = wide.find((one) => one.queue === queue) ?? {};
    const skills: Record<string, number> = people.find((one) => one.agent === agent)?.skills ?? {};
    return skill === undefined || (skills[skill] ?? 0) >= level;
  }

  wanted(): Offer | undefined {
    const free = this.agents.filter((one) => one.state === 'ready' && one.call === undefined);
    const open = this.waiting.filter((call) => call.offered === undefined);
    for (const call of open.filter((one) => one.named))
      if (free.some(({ agent }) => agent === call.prefers))
        return { interaction: call.interaction, agent: call.prefers ?? '', epoch: 1, reason: 'named' };
    const priority = (call: NaiveCall) => wide.find(({ queue }) => queue === call.queue)?.priority ?? 0;
    const inOrder = open.filter((one) => !one.named).sort((one, other) => priority(other) - priority(one) || one.since - other.since);
    for (const call of inOrder) {
      const able = free.filter((one) => this.serves(one, call.queue)).sort((one, other) => one.idleSince - other.idleSince);
      const first = able.find(({ agent }) => agent === call.prefers);
      if (first !== undefined) return { interaction: call.interaction, agent: first.agent, epoch: 1, reason: 'first-receiver' };
      if (able[0] !== undefined) return { interaction: call.interaction, agent: able[0].agent, epoch: 1 };
    }
    return undefined;
  }

  play({ kind, pick, queue }: Move) {
    this.now += 1;
    const agent = this.agents[pick % this.agents.length];
    const call = this.waiting[pick % Math.max(1, this.waiting.length)];
    const rung = this.waiting.filter((one) => one.offered !== undefined)[0];
    if (kind === 'arrive' || kind === 'again' || kind === 'named') {
      const interaction = `call-${this.now}`;
      const prefers = kind === 'arrive' ? undefined : agent?.agent;
      const named = kind === 'named';
      const name = wide[queue]?.queue ?? 'general';
      this.waiting.push({ interaction, queue: name, since: this.now, prefers, named, offered: undefined, leg: '' });
      this.tell(interaction, 'call.queued', { queue: name, prefers, reason: prefers && (named ? 'named' : 'first-receiver') });
    } else if (kind === 'ready' || kind === 'away') {
      if (agent === undefined || agent.call !== undefined) return;
      const state = kind === 'ready' ? 'ready' : 'rest';
      if (state === 'ready' && agent.state !== 'ready') agent.idleSince = this.now;
      agent.state = state;
      this.tell(undefined, 'presence.changed', { agent: agent.agent, state });
    } else if (kind === 'overflow') this.overflow(call, wide[queue]?.queue ?? 'general');
    else if (kind === 'leave') this.leave(call);
    else if (kind === 'finish') this.finish(pick);
    else if (rung?.offered !== undefined) this.ringEnds(rung, rung.offered, kind);
  }

  overflow(call: NaiveCall | undefined, queue: string) {
    if (call === undefined || call.offered !== undefined) return;
    this.waiting = this.waiting.map((one) => (one === call ? { ...one, queue, prefers: undefined, named: false } : one));
    this.tell(call.interaction, 'call.dequeued', { queue: call.queue, outcome: 'overflow' });
    this.tell(call.interaction, 'call.queued', { queue });
  }

  leave(call: NaiveCall | undefined) {
    if (call === undefined) return;
    if (call.offered !== undefined) {
      this.free(call.interaction);
      this.tell(call.interaction, 'call.ring-stopped', { leg: call.leg, outcome: 'cancelled' });
    }
    this.waiting = this.waiting.filter((one) => one !== call);
    this.tell(call.interaction, 'call.ended', { outcome: 'abandoned', side: 'customer', talk: 0 });
  }

  ringEnds(call: NaiveCall, { agent }: Offer, kind: 'answer' | 'miss') {
    this.tell(call.interaction, 'call.ring-stopped', { leg: call.leg, outcome: kind === 'answer' ? 'answered' : 'no-answer' });
    if (kind === 'miss') {
      this.free(call.interaction);
      for (const one of this.agents) if (one.agent === agent) one.state = 'paused';
      call.offered = undefined;
      // Who waits for a name begins to wait anew.
      if (call.named) this.waiting = [...this.waiting.filter((one) => one !== call), call];
      return;
    }
    this.waiting = this.waiting.filter((one) => one !== call);
    this.talking.set(call.interaction, agent);
    this.served += 1;
    this.tell(call.interaction, 'call.answered', { agent, leg: call.leg }, 'agent');
  }

  finish(pick: number) {
    const [interaction, agent] = [...this.talking][pick % Math.max(1, this.talking.size)] ?? [];
    if (interaction === undefined || agent === undefined) return;
    this.talking.delete(interaction);
    this.free(interaction);
    this.tell(interaction, 'wrapup.ended', { agent });
    for (const one of this.agents) if (one.agent === agent) Object.assign(one, { state: 'ready', idleSince: this.now });
    this.tell(undefined, 'presence.changed', { agent, state: 'rest' });
    this.tell(undefined, 'presence.changed', { agent, state: 'ready' });
  }

  free(interaction: string) {
    for (const one of this.agents) if (one.call === interaction) one.call = undefined;
  }

  offer({ interaction, agent }: Offer) {
    for (const one of this.agents) if (one.agent === agent) one.call = interaction;
    const call = this.waiting.find((one) => one.interaction === interaction);
    if (call === undefined) throw new Error(`${interaction} does not wait`);
    Object.assign(call, { offered: { interaction, agent, epoch: 1 }, leg: `${interaction}-${this.now}` });
    this.tell(interaction, 'call.agent-offered', { agent, leg: call.leg, epoch: 1 });
  }
}

type Kind = 'arrive' | 'again' | 'named' | 'ready' | 'away' | 'answer' | 'miss' | 'leave' | 'finish' | 'overflow';
type Move = { readonly kind: Kind; readonly pick: number; readonly queue: number };
const often: Kind[] = ['arrive', 'arrive', 'ready', 'ready', 'answer', 'answer', 'finish', 'finish'];
const moves = fc.array(
  fc.record({
    kind: fc.constantFrom<Kind>(...often, 'again', 'named', 'away', 'miss', 'leave', 'overflow'),
    pick: fc.nat(20),
    queue: fc.nat(3),
  }),
  { minLength: 20, maxLength: 120 },
);

describe('under any sequence of events the router', () => {
  it('chooses as one that goes through all callers and all agents', () => {
    let served = 0;
    fc.assert(
      fc.property(moves, (sequence) => {
        const naive = new Naive();
        for (const move of sequence) {
          naive.play(move);
          for (;;) {
            const wanted = naive.wanted();
            expect(nextOffer(naive.router)).toEqual(wanted);
            if (wanted === undefined) break;
            naive.offer(wanted);
          }
          for (const { interaction, queue } of naive.waiting) {
            const line = naive.waiting.filter((call) => call.queue === queue).sort((one, other) => one.since - other.since);
            expect(placeInQueue(naive.router, interaction)).toBe(line.findIndex((call) => call.interaction === interaction) + 1);
          }
        }
        served += naive.served;
      }),
      { numRuns: 300 },
    );
    expect(served).toBeGreaterThan(300);
  });

  it('stands the same when queues and people are configured again in between', () => {
    fc.assert(
      fc.property(moves, (sequence) => {
        const naive = new Naive();
        for (const [at, move] of sequence.entries()) {
          naive.play(move);
          if (at % 5 === 0) naive.router = withLayout(naive.router, wide, people, () => undefined);
          // The order of those who wait for a name is not kept.
          if (naive.waiting.filter(({ named }) => named).length > 1) return;
          for (let wanted = naive.wanted(); wanted !== undefined; wanted = naive.wanted()) {
            expect(nextOffer(naive.router)).toEqual(wanted);
            naive.offer(wanted);
          }
          expect(nextOffer(naive.router)).toBeUndefined();
        }
      }),
      { numRuns: 100 },
    );
  });
});
