import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../errors/refusal.ts';
import { readPlan } from '../routing/plan.ts';
import type { Happened } from '../timeline/decider.ts';
import type { NewEvent } from '../timeline/event.ts';
import type { ActingAct, PlanValues } from '../wire/acting.ts';
import type { ActingScene } from './commands.ts';
import { decideActing, whyBlocked } from './lifecycle.ts';
import { evolveActing, noActing } from './state.ts';
import { deliveredTemplates, planText, strangeIn } from './templates.ts';

const plan = { positions: '店长 2 条', product: '首页推广', budget: '500', duration: '7 天', mode: 'normal' };
const digestOf = (proxy: string, values: PlanValues, template = 'promotion') => `#${planText(proxy, template, values)}`;

/** One conversation: what an agent does in it, and what became of it. */
class Told {
  acting = noActing;
  readonly events: (NewEvent & { readonly in: string })[] = [];
  scene: ActingScene;
  #ids = 0;

  constructor(interaction = 'call-1', scene: Partial<ActingScene> = {}) {
    this.scene = {
      ...{ interaction, agent: '0217', at: 1000, medium: 'call', holder: '0217', handlers: ['0217'], away: false },
      ...{ templates: deliveredTemplates, subject: `customer-${interaction}` },
      ...{ digest: (text: string) => `#${text}`, newId: () => `${interaction}-${++this.#ids}`, ...scene },
    };
  }

  /** The code of the refusal, or undefined. */
  act(act: ActingAct): string | undefined {
    const decision = decideActing(act, this.acting, this.scene);
    if (isRefusal(decision)) return decision.refused;
    const events = 'because' in decision ? decision.events : decision;
    for (const event of events) this.happens(event);
    return 'because' in decision ? decision.because.refused : undefined;
  }

  happens(event: NewEvent): void {
    this.events.push({ ...event, in: this.scene.interaction });
    this.acting = evolveActing(this.acting, { by: undefined, ...event } as Happened);
  }

  get proxy(): string {
    return this.acting.operations.at(-1)?.proxy ?? '';
  }

  get consent(): string {
    return this.acting.operations.at(-1)?.consent?.consent ?? 'none';
  }

  get types(): readonly string[] {
    return this.events.map(({ type }) => type);
  }
}

const owner = { kind: 'verify', customer: 'acme', method: 'asked', result: 'owner' } as const;

function upTo(step: 'right' | 'plan' | 'read-back' | 'consent', told = new Told(), values: PlanValues = plan): Told {
  told.act(owner);
  told.act({ kind: 'request', template: 'promotion' });
  const { proxy } = told;
  told.act({ kind: 'confirm-right', proxy, right: 'owner' });
  if (step === 'right') return told;
  told.act({ kind: 'fill-plan', proxy, values });
  if (step === 'plan') return told;
  told.act({ kind: 'read-back', proxy, digest: digestOf(proxy, values) });
  if (step === 'consent') told.act({ kind: 'consent', proxy, digest: digestOf(proxy, values) });
  return told;
}

function executes(told: Told, values: PlanValues = plan): string | undefined {
  return told.act({ kind: 'execute', proxy: told.proxy, consent: told.consent, values });
}

describe('an operation for a customer', () => {
  it('is carried out as agreed, once, and its result is told', () => {
    const told = upTo('consent');
    expect(executes(told)).toBeUndefined();
    expect(told.act({ kind: 'tell-result', proxy: told.proxy, outcome: 'done' })).toBeUndefined();
    expect(told.types).toEqual([
      ...['identity.verified', 'proxy.requested', 'proxy.right-confirmed', 'proxy.plan-filled'],
      ...['proxy.read-back', 'proxy.consented', 'proxy.executed', 'proxy.result-told'],
    ]);
    expect(executes(told)).toBe('acting.done-already');
  });

  it('is refused step by step, with the code of the first step that is missing', () => {
    const told = new Told();
    told.act({ kind: 'request', template: 'promotion' });
    expect(executes(told)).toBe('acting.identity-unknown');
    told.act({ ...owner, result: 'unknown' });
    expect(executes(told)).toBe('acting.identity-unknown');
    told.act(owner);
    expect(executes(told)).toBe('acting.right-unconfirmed');
    told.act({ kind: 'confirm-right', proxy: told.proxy, right: 'owner' });
    expect(executes(told)).toBe('acting.no-plan');
    told.act({ kind: 'fill-plan', proxy: told.proxy, values: { ...plan, duration: ' ' } });
    expect(executes(told)).toBe('acting.plan-incomplete');
    told.act({ kind: 'fill-plan', proxy: told.proxy, values: plan });
    const { proxy } = told;
    const digest = digestOf(proxy, plan);
    expect(told.act({ kind: 'consent', proxy, digest })).toBe('acting.not-read-back');
    expect(executes(told)).toBe('acting.no-consent');
    told.act({ kind: 'read-back', proxy, digest });
    told.act({ kind: 'consent', proxy, digest });
    expect(executes(told)).toBeUndefined();
  });

  it('is stopped and the attempt written down when it differs from the plan in one field', () => {
    const told = upTo('consent');
    expect(executes(told, { ...plan, budget: '5000' })).toBe('acting.differs');
    expect(executes(told, { ...plan, note: '加一条' })).toBe('acting.differs');
    expect(told.events.at(-1)).toMatchObject({ type: 'proxy.blocked', fields: { reason: 'acting.differs' } });
    expect(executes(told)).toBeUndefined();
  });

  it('needs a new consent after the plan was changed, and none after it was filled in the same again', () => {
    const told = upTo('consent');
    told.act({ kind: 'fill-plan', proxy: told.proxy, values: { ...plan, budget: ' 500 ' } });
    expect(told.consent).not.toBe('none');
    told.act({ kind: 'fill-plan', proxy: told.proxy, values: { ...plan, budget: '800' } });
    expect(executes(told, { ...plan, budget: '800' })).toBe('acting.consent-outdated');
    told.act({ kind: 'fill-plan', proxy: told.proxy, values: plan });
    expect(executes(told)).toBe('acting.consent-outdated');
  });

  it('asks for consent to the plan that stands on the screen and to no other', () => {
    const told = upTo('read-back');
    expect(told.act({ kind: 'consent', proxy: told.proxy, digest: '#old' })).toBe('acting.plan-changed');
  });

  it('never goes by the consent of another conversation, or of another operation', () => {
    const before = upTo('consent', new Told('call-1'));
    const now = upTo('read-back', new Told('call-2'));
    expect(now.act({ kind: 'execute', proxy: now.proxy, consent: before.consent, values: plan })).toBe('acting.no-consent');
    expect(now.act({ kind: 'execute', proxy: before.proxy, consent: before.consent, values: plan })).toBe('acting.unknown');
    now.act({ kind: 'consent', proxy: now.proxy, digest: digestOf(now.proxy, plan) });
    expect(now.act({ kind: 'execute', proxy: now.proxy, consent: before.consent, values: plan })).toBe('acting.consent-elsewhere');
  });

  it('ends its consent when the conversation is over, goes to a colleague, or the identity is looked at again', () => {
    const over = upTo('consent');
    over.scene = { ...over.scene, holder: undefined };
    expect(executes(over)).toBe('acting.conversation-over');
    const passed = upTo('consent');
    passed.happens({ type: 'transfer.completed', occurredAt: 2000, fields: { transfer: 't', target: '0300', agent: '0300' } });
    passed.scene = { ...passed.scene, agent: '0300', holder: '0300', handlers: ['0217', '0300'] };
    expect(executes(passed)).toBe('acting.consent-of-colleague');
    const doubted = upTo('consent');
    doubted.act({ ...owner, result: 'authorised' });
    expect(executes(doubted)).toBe('acting.right-unconfirmed');
  });

  it('waits for what the customer has to be told: a surcharge in the accelerated mode, what is left and when it ends', () => {
    const told = upTo('plan', new Told(), { ...plan, mode: 'accelerated' });
    const { proxy } = told;
    const digest = digestOf(proxy, { ...plan, mode: 'accelerated' });
    expect(told.act({ kind: 'read-back', proxy, digest })).toBe('acting.extras-untold');
    told.act({ kind: 'tell-extra', proxy, item: 'surcharge' });
    expect(told.act({ kind: 'read-back', proxy, digest })).toBeUndefined();
    const extras = (medium: 'call' | 'chat') => {
      const talk = new Told('one', { medium });
      talk.act({ kind: 'request', template: 'clear-balance' });
      talk.act({ kind: 'fill-plan', proxy: talk.proxy, values: { positions: '1', product: '置顶', duration: '3 天' } });
      return talk.acting.operations[0]?.plan?.extras;
    };
    expect(extras('call')).toEqual(['balance', 'expiry']);
    expect(extras('chat')).toEqual(['expiry']);
  });

  it('is agreed to by nobody who hears music', () => {
    const told = upTo('read-back');
    told.scene = { ...told.scene, away: true };
    expect(told.act({ kind: 'consent', proxy: told.proxy, digest: digestOf(told.proxy, plan) })).toBe('acting.customer-away');
  });

  it('is refused to a colleague and to who may not ask for it', () => {
    const told = upTo('consent');
    told.scene = { ...told.scene, agent: '0999' };
    expect(executes(told)).toBe('acting.not-yours');
    const [first] = deliveredTemplates;
    if (first === undefined) throw new Error('no template');
    const strict = new Told('one', { templates: [{ ...first, rights: ['owner'] }] });
    strict.act({ ...owner, result: 'authorised' });
    strict.act({ kind: 'request', template: first.template });
    expect(strict.act({ kind: 'confirm-right', proxy: strict.proxy, right: 'authorised' })).toBe('acting.not-entitled');
    expect(strict.act({ kind: 'confirm-right', proxy: strict.proxy, right: 'owner' })).toBe('acting.not-entitled');
  });

  it('is declined with a reason, and then over', () => {
    const told = upTo('consent');
    expect(told.act({ kind: 'decline', proxy: told.proxy, reason: ' ' })).toBe('acting.no-reason');
    told.act({ kind: 'decline', proxy: told.proxy, reason: '核实不了' });
    expect(executes(told)).toBe('acting.declined');
  });

  it('says why it is blocked, the first missing step first, until it could be carried out', () => {
    const blocked = (told: Told) => {
      const [operation] = told.acting.operations;
      return operation && whyBlocked(told.acting, operation, told.scene)?.refused;
    };
    expect(blocked(upTo('right'))).toBe('acting.no-plan');
    expect(blocked(upTo('plan'))).toBe('acting.not-read-back');
    expect(blocked(upTo('read-back'))).toBe('acting.no-consent');
    expect(blocked(upTo('consent'))).toBeUndefined();
  });
});

describe('the templates that ship', () => {
  it('hold the field lists of S1h, product by product', () => {
    expect(deliveredTemplates.map(({ fields }) => fields.map(({ name }) => name.zh))).toEqual([
      ['职位及条数', '精品天数', '刷新次数', '消耗资源量'],
      ['职位', '推广产品', '预算', '时长', '推广模式'],
      ['职位', '增值产品', '增值时长'],
      ['使用点数', '消耗方式', '剩余有效期'],
    ]);
  });

  it('take no field and no choice that they do not list', () => {
    const promotion = deliveredTemplates.find(({ template }) => template === 'promotion');
    if (promotion === undefined) throw new Error('no promotion');
    expect(strangeIn(promotion, plan)).toBeUndefined();
    expect(strangeIn(promotion, { ...plan, mode: 'turbo' })).toBe('mode');
    expect(strangeIn(promotion, { card: '1' })).toBe('card');
  });
});

it('a hotline’s own products are read with the plan, and every fault is told with its place', () => {
  const queues = [{ queue: 'general', name: { zh: '综合', en: 'General' } }];
  const name = { zh: '退费', en: 'Refund' };
  const amount = { field: 'amount', name };
  const good = { template: 'refund', name, rights: ['owner'], fields: [amount] };
  expect(readPlan({ queues, acting: [good] })).toMatchObject({ acting: [{ template: 'refund', extras: [] }] });
  expect(readPlan({ queues, acting: deliveredTemplates })).not.toHaveProperty('faults');
  const places = (acting: unknown) => {
    const read = readPlan({ queues, acting });
    return 'faults' in read ? read.faults.map(({ place }) => place) : [];
  };
  expect(places([good, good])).toEqual(['acting.1.template']);
  expect(places([{ ...good, fields: [amount, amount] }])).toEqual(['acting.0.fields.1.field']);
  expect(places([{ ...good, extras: [{ item: 'a', name, when: { field: 'mode', is: 'x' } }] }])).toEqual(['acting.0.extras.0.when.field']);
  expect(places([{ ...good, rights: [] }])).toEqual(['acting.0.rights']);
});

describe('who is in charge of an account', () => {
  const data = { name: '周敏', contact: '13800000001' };

  it('is changed once the company is checked and that person is verified in this conversation', () => {
    const told = new Told();
    expect(told.act({ kind: 'name-owner', owner: data })).toBe('owner.company-unchecked');
    told.act({ kind: 'check-owner', company: '宏远公司', outcome: 'matches' });
    expect(told.act({ kind: 'name-owner', owner: data })).toBeUndefined();
    expect(told.act({ kind: 'update-owner', owner: data })).toBe('owner.unverified');
    told.act({ ...owner, result: 'authorised' });
    expect(told.act({ kind: 'update-owner', owner: data })).toBe('owner.unverified');
    told.act(owner);
    expect(told.act({ kind: 'update-owner', owner: data })).toBeUndefined();
    expect(told.types.filter((type) => type.startsWith('owner.'))).toEqual(['owner.checked', 'owner.named', 'owner.updated']);
  });

  it('is not changed where the company differs', () => {
    const told = new Told();
    told.act(owner);
    told.act({ kind: 'check-owner', company: '别的公司', outcome: 'differs' });
    expect(told.act({ kind: 'update-owner', owner: data })).toBe('owner.company-unchecked');
  });
});

describe('a contact in WeChat', () => {
  it('is asked for once the owner is confirmed, then accepted, then named by the account', () => {
    const told = new Told();
    expect(told.act({ kind: 'ask-contact', contact: 'wx-1' })).toBe('contact.owner-unconfirmed');
    told.act(owner);
    expect(told.act({ kind: 'contact-accepted', contact: 'wx-1' })).toBe('contact.not-asked');
    told.act({ kind: 'ask-contact', contact: 'wx-1' });
    const named = (name: string) => told.act({ kind: 'name-contact', contact: 'wx-1', user: 'acme', name });
    expect(named('acme')).toBe('contact.not-accepted');
    told.act({ kind: 'contact-accepted', contact: 'wx-1' });
    named('王总');
    expect(told.acting.contact).toBe('misnamed');
    named('ACME 王总');
    expect(told.acting.contact).toBe('named');
  });
});

type Move =
  | { readonly does: 'request' | 'tell' | 'hands-over' | 'holds' | 'ends' }
  | { readonly does: 'verify' | 'right'; readonly as: 'owner' | 'authorised' | 'unknown' }
  | { readonly does: 'fill' | 'read' | 'agree' | 'changes-and-back'; readonly values: PlanValues }
  | { readonly does: 'execute'; readonly values: PlanValues; readonly foreign: boolean };

const someValues = fc.constantFrom<PlanValues>(plan, { ...plan, budget: '800' }, { ...plan, mode: 'accelerated' }, { positions: '店长' });
const disturbance: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ does: fc.constantFrom('request' as const, 'tell' as const, 'hands-over' as const, 'holds' as const, 'ends' as const) }),
  fc.record({ does: fc.constantFrom('verify' as const, 'right' as const), as: fc.constantFrom('owner', 'authorised', 'unknown') }),
  fc.record({ does: fc.constantFrom('fill' as const, 'read' as const, 'agree' as const, 'changes-and-back' as const), values: someValues }),
  fc.record({ does: fc.constant('execute' as const), values: someValues, foreign: fc.boolean() }),
);

/** The order that leads to an operation, of which one step may be missing, and something else may come in between. */
const nearlyRight = fc
  .record({
    values: someValues,
    as: fc.constantFrom('owner' as const, 'authorised' as const),
    without: fc.nat(20),
    at: fc.nat(9),
    also: fc.option(disturbance),
  })
  .map(({ values, as, without, at, also }): readonly Move[] => {
    const right: readonly Move[] = [
      ...[{ does: 'verify', as } as const, { does: 'request' } as const, { does: 'right', as } as const, { does: 'fill', values } as const],
      ...[{ does: 'tell' } as const, { does: 'read', values } as const, { does: 'agree', values } as const],
      { does: 'execute', values, foreign: false },
    ];
    const kept = right.filter((_, n) => n !== without);
    return also === null ? kept : kept.toSpliced(at, 0, also);
  });

/** The consent that an execution names: of this conversation, or of the other one. */
function namedBy(move: Extract<Move, { readonly does: 'execute' }>, talk: Told, other: Told): string {
  return move.foreign ? other.consent : talk.consent;
}

function moves(talk: Told, other: Told, move: Move): string | undefined {
  const { proxy } = talk;
  switch (move.does) {
    case 'request':
      return talk.act({ kind: 'request', template: 'promotion' });
    case 'verify':
      return talk.act({ ...owner, result: move.as });
    case 'right':
      return talk.act({ kind: 'confirm-right', proxy, right: move.as === 'authorised' ? 'authorised' : 'owner' });
    case 'fill':
      return talk.act({ kind: 'fill-plan', proxy, values: move.values });
    case 'changes-and-back':
      talk.act({ kind: 'fill-plan', proxy, values: { ...move.values, budget: '900' } });
      return talk.act({ kind: 'fill-plan', proxy, values: move.values });
    case 'tell':
      return talk.act({ kind: 'tell-extra', proxy, item: 'surcharge' });
    case 'read':
      return talk.act({ kind: 'read-back', proxy, digest: digestOf(proxy, move.values) });
    case 'agree':
      return talk.act({ kind: 'consent', proxy, digest: digestOf(proxy, move.values) });
    case 'execute':
      return talk.act({ kind: 'execute', proxy, consent: namedBy(move, talk, other), values: move.values });
    case 'hands-over': {
      const next = talk.scene.agent === '0217' ? '0300' : '0217';
      talk.happens({ type: 'transfer.completed', occurredAt: 1, fields: { transfer: 't', target: next, agent: next } });
      talk.scene = { ...talk.scene, agent: next, holder: next, handlers: ['0217', '0300'] };
      return undefined;
    }
    case 'holds':
      talk.scene = { ...talk.scene, away: !talk.scene.away };
      return undefined;
    case 'ends':
      talk.scene = { ...talk.scene, holder: undefined };
      return undefined;
  }
}

it('no sequence of commands ever carries out anything but the plan that was agreed to in the same conversation', () => {
  const seen = { carriedOut: 0, stopped: 0 };
  const talk = fc.array(fc.tuple(fc.nat(1), nearlyRight), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(talk, (runs) => {
      const talks = [new Told('call-1'), new Told('call-2', { medium: 'chat' })] as const;
      for (const [n, run] of runs) {
        for (const move of run) {
          const [own, other] = n === 0 ? talks : [talks[1], talks[0]];
          const before = own.events.length;
          const named = move.does === 'execute' ? namedBy(move, own, other) : undefined;
          moves(own, other, move);
          const added = own.events.slice(before);
          seen.stopped += added.filter(({ type }) => type === 'proxy.blocked').length;
          if (added.every(({ type }) => type !== 'proxy.executed')) continue;
          seen.carriedOut += 1;
          expect(move.does).toBe('execute');
          if (move.does === 'execute') expectAgreed(own, own.proxy, move.values, named);
        }
      }
    }),
    { numRuns: 300 },
  );
  expect(seen.carriedOut).toBeGreaterThan(50);
  expect(seen.stopped).toBeGreaterThan(50);
});

/** By the events alone, and by what was sent: nothing of the code under test is asked. */
function expectAgreed(talk: Told, proxy: string, values: PlanValues, named: string | undefined): void {
  const events = talk.events;
  const last = (wanted: (event: NewEvent) => boolean) => events.findLastIndex(wanted);
  const of = (type: string) => (event: NewEvent) => event.type === type && event.fields['proxy'] === proxy;
  const agreed = last(of('proxy.consented'));
  const filled = last(of('proxy.plan-filled'));
  const identity = last(({ type }) => type === 'identity.verified');
  const right = last(of('proxy.right-confirmed'));
  const handed = last(({ type }) => type === 'transfer.completed');
  const digest = digestOf(proxy, values);
  expect(events[agreed]?.fields).toMatchObject({ digest, consent: named, interaction: talk.scene.interaction });
  expect(events[filled]?.fields).toMatchObject({ digest, missing: [] });
  expect(events[identity]?.fields['result']).toBe(events[right]?.fields['kind']);
  expect(identity).toBeGreaterThanOrEqual(0);
  expect(right).toBeGreaterThan(identity);
  expect(agreed).toBeGreaterThan(Math.max(filled, right, identity, handed));
  expect(talk.scene.holder).toBe(talk.scene.agent);
  expect(events.filter(of('proxy.executed')).length).toBe(1);
}
