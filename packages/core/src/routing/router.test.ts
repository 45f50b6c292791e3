import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fact } from '../timeline/decider.ts';
import { isFenced, isFree, nextOffers, type Offer, placeInQueue, unattended } from './choose.ts';
import { emptyRouter, evolveRouter, type RoutedEvent, type Router, withStaff } from './router.ts';

const queues = [{ queue: 'general' }, { queue: 'dialect', skill: 'dialect' }];
const staff = [
  { agent: '1', skills: [] },
  { agent: '2', skills: ['dialect'] },
  { agent: '3', skills: [] },
];

const fold = (router: Router, ...events: readonly RoutedEvent[]) => events.reduce(evolveRouter, router);
const presence = (agent: string, state: string, at: number): RoutedEvent => ({ event: fact('presence.changed', at, { agent, state }) });
const queuedAt = (interaction: string, at: number, queue = 'general'): RoutedEvent => ({
  interaction,
  event: fact('call.queued', at, { queue }),
});
const offeredTo = (offer: Offer, at: number): RoutedEvent => ({
  interaction: offer.interaction,
  event: fact('call.agent-offered', at, { agent: offer.agent, leg: `${offer.interaction}-${offer.agent}-${at}`, epoch: offer.epoch }),
});
const start = () => emptyRouter(queues, staff, 1);

describe('the router', () => {
  it('rings the longest idle agent for the longest waiting caller', () => {
    const router = fold(start(), presence('1', 'ready', 20), presence('3', 'ready', 10), queuedAt('b', 40), queuedAt('a', 30));
    expect(nextOffers(router).map(({ interaction, agent }) => [interaction, agent])).toEqual([
      ['a', '3'],
      ['b', '1'],
    ]);
  });

  it('rings only who has the skill, and does not let that caller hold up the next', () => {
    const router = fold(start(), presence('1', 'ready', 10), queuedAt('a', 30, 'dialect'), queuedAt('b', 40));
    expect(nextOffers(router).map(({ interaction, agent }) => [interaction, agent])).toEqual([['b', '1']]);
    const skilled = fold(router, presence('2', 'ready', 50));
    expect(nextOffers(skilled).map(({ interaction, agent }) => [interaction, agent])).toEqual([
      ['a', '2'],
      ['b', '1'],
    ]);
  });

  it('goes on to the next agent when a ring is not answered, and the caller keeps the place', () => {
    const ready = fold(start(), presence('1', 'ready', 10), presence('3', 'ready', 20), queuedAt('a', 30), queuedAt('b', 31));
    const [first, second] = nextOffers(ready);
    if (first === undefined || second === undefined) throw new Error('two offers were expected');
    const rung = fold(ready, offeredTo(first, 32), offeredTo(second, 32));
    expect(nextOffers(rung)).toEqual([]);
    const noAnswer = { interaction: 'a', event: fact('call.ring-stopped', 52, { leg: 'a-1-32', outcome: 'no-answer' }) };
    const missed = fold(rung, noAnswer);
    expect(nextOffers(missed)).toEqual([]);
    const withdrawn = fold(missed, { interaction: 'b', event: fact('call.ring-stopped', 53, { leg: 'b-3-32', outcome: 'cancelled' }) });
    expect(nextOffers(withdrawn)).toEqual([{ interaction: 'a', agent: '3', epoch: 1 }]);
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
    expect(nextOffers(fenced)).toEqual([]);
    expect(nextOffers({ ...fenced, epoch: 3 })).toEqual([{ interaction: 'a', agent: '1', epoch: 3 }]);
  });

  it('keeps who is with a caller when the staff list changes', () => {
    const router = fold(start(), presence('1', 'ready', 10), queuedAt('a', 30));
    const [offer] = nextOffers(router);
    if (offer === undefined) throw new Error('an offer was expected');
    const changed = withStaff(fold(router, offeredTo(offer, 31)), [{ agent: '4', skills: ['dialect'] }], () => undefined);
    expect(changed.agents.map(({ agent, call, state }) => [agent, call, state])).toEqual([
      ['4', undefined, 'offline'],
      ['1', 'a', 'offline'],
    ]);
  });
});

type Move = { readonly kind: 'arrive' | 'ready' | 'away' | 'answer' | 'miss' | 'leave' | 'finish' | 'decline'; readonly pick: number };

/** The hotline as a naive list of facts, beside the router. */
class Hotline {
  router = start();
  readonly calls = new Map<string, 'waiting' | 'talking' | 'over'>();
  now = 0;
  served = 0;

  tell(...events: readonly RoutedEvent[]) {
    this.router = fold(this.router, ...events);
  }

  play(move: Move) {
    this.now += 1;
    const { agents, waiting } = this.router;
    const agent = agents[move.pick % agents.length];
    const ringing = waiting.filter((call) => call.offered !== undefined);
    const rung = ringing[move.pick % Math.max(1, ringing.length)];
    const call = waiting[move.pick % Math.max(1, waiting.length)];
    const stop = (outcome: string): RoutedEvent[] =>
      rung?.offered === undefined
        ? []
        : [{ interaction: rung.interaction, event: fact('call.ring-stopped', this.now, { leg: rung.offered.leg, outcome }) }];
    switch (move.kind) {
      case 'arrive': {
        const interaction = `call-${this.now}`;
        this.calls.set(interaction, 'waiting');
        return this.tell(queuedAt(interaction, this.now, move.pick % 3 === 0 ? 'dialect' : 'general'));
      }
      case 'ready':
      case 'away':
        if (agent !== undefined && agent.call === undefined)
          this.tell(presence(agent.agent, move.kind === 'ready' ? 'ready' : 'rest', this.now));
        return;
      case 'miss':
        return this.tell(...stop('no-answer'));
      case 'decline':
        return this.tell(...stop('declined'));
      case 'answer':
        if (rung?.offered === undefined) return;
        this.calls.set(rung.interaction, 'talking');
        this.served += 1;
        return this.tell(...stop('answered'), {
          interaction: rung.interaction,
          event: fact('call.answered', this.now, { agent: rung.offered.agent, leg: rung.offered.leg }, { by: 'agent' }),
        });
      case 'leave': {
        if (call === undefined) return;
        this.calls.set(call.interaction, 'over');
        const cancelled =
          call.offered === undefined ? [] : [fact('call.ring-stopped', this.now, { leg: call.offered.leg, outcome: 'cancelled' })];
        const gone = [...cancelled, fact('call.ended', this.now, { outcome: 'abandoned', side: 'customer', talk: 0 })];
        return this.tell(...gone.map((event) => ({ interaction: call.interaction, event })));
      }
      case 'finish': {
        const talking = agents.filter((one) => one.call !== undefined && this.calls.get(one.call) === 'talking');
        const done = talking[move.pick % Math.max(1, talking.length)];
        if (done?.call === undefined) return;
        this.calls.set(done.call, 'over');
        const { call: interaction } = done;
        this.tell(
          { interaction, event: fact('wrapup.ended', this.now, { agent: done.agent }) },
          presence(done.agent, 'rest', this.now),
          presence(done.agent, 'ready', this.now),
        );
      }
    }
  }

  route() {
    const before = this.router;
    const offers = nextOffers(before);
    expect(new Set(offers.map((offer) => offer.agent)).size).toBe(offers.length);
    for (const offer of offers) {
      const agent = before.agents.find((one) => one.agent === offer.agent);
      expect(agent !== undefined && isFree(agent)).toBe(true);
    }
    this.tell(...offers.map((offer) => offeredTo(offer, this.now)));
    return offers;
  }
}

const moves = fc.array(
  fc.record({
    kind: fc.constantFrom<Move['kind']>(
      'arrive',
      'arrive',
      'ready',
      'ready',
      'away',
      'answer',
      'answer',
      'miss',
      'decline',
      'leave',
      'finish',
      'finish',
    ),
    pick: fc.nat(20),
  }),
  { minLength: 20, maxLength: 120 },
);

describe('under any sequence of events the router', () => {
  it('gives no agent two callers, loses no caller, and leaves no free agent beside a caller that he could take', () => {
    let served = 0;
    fc.assert(
      fc.property(moves, (sequence) => {
        const hotline = new Hotline();
        for (const move of sequence) {
          hotline.play(move);
          hotline.route();
          const { agents, waiting } = hotline.router;
          const held = agents.flatMap((one) => (one.call === undefined ? [] : [one.call]));
          expect(new Set(held).size).toBe(held.length);
          const known = new Set([...waiting.map((call) => call.interaction), ...held]);
          const open = [...hotline.calls].filter(([, state]) => state !== 'over').map(([interaction]) => interaction);
          expect(open.filter((interaction) => !known.has(interaction))).toEqual([]);
          expect(nextOffers(hotline.router)).toEqual([]);
        }
        served += hotline.served;
      }),
      { numRuns: 300 },
    );
    expect(served).toBeGreaterThan(300);
  });

  it('never lets a later caller of the same queue go before an earlier one', () => {
    let compared = 0;
    fc.assert(
      fc.property(moves, (sequence) => {
        const hotline = new Hotline();
        for (const [at, move] of sequence.entries()) {
          hotline.play(move);
          if (at % 5 !== 4) continue;
          const before = hotline.router.waiting.filter((call) => call.offered === undefined);
          const offered = new Set(hotline.route().map((offer) => offer.interaction));
          for (const call of before.filter((one) => offered.has(one.interaction))) {
            const earlier = before.filter((one) => one.queue === call.queue && one.since < call.since);
            compared += earlier.length;
            expect(earlier.filter((one) => !offered.has(one.interaction))).toEqual([]);
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(0);
  });
});
