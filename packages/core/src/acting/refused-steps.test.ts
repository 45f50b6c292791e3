import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { actingRefusals } from '../errors/acting.ts';
import { isRefusal } from '../errors/refusal.ts';
import type { Happened } from '../timeline/decider.ts';
import type { ActingAct } from '../wire/acting.ts';
import type { ActingScene } from './commands.ts';
import { decideActing } from './lifecycle.ts';
import { evolveActing, noActing } from './state.ts';
import { deliveredTemplates, planText } from './templates.ts';

const values = { positions: '店长 2 条', product: '首页推广', budget: '500', duration: '7 天', mode: 'normal' };
const owner = { name: '周敏', contact: '13800000001' };
const verified = { kind: 'verify', customer: 'acme', method: 'asked', result: 'owner' } as const;

/** A conversation in which an operation is begun: its acts, and the code of the refusal of the last one. */
class Talk {
  scene: ActingScene;
  #acting = noActing;
  #ids = 0;
  #last: string | undefined;

  constructor(scene: Partial<ActingScene> = {}) {
    this.scene = {
      ...{ interaction: 'call-1', agent: '0217', at: 1000, medium: 'call', holder: '0217', handlers: ['0217'], away: false },
      ...{ templates: deliveredTemplates, subject: 'customer-call-1', digest: (text) => `#${text}`, newId: () => `id-${++this.#ids}` },
      ...scene,
    };
  }

  get proxy(): string {
    return this.#acting.operations.at(-1)?.proxy ?? 'none';
  }

  digest(of: Readonly<Record<string, string>> = values): string {
    return `#${planText(this.proxy, 'promotion', of)}`;
  }

  does(act: ActingAct): this {
    const decision = decideActing(act, this.#acting, this.scene);
    this.#last = isRefusal(decision) ? decision.refused : 'because' in decision ? decision.because.refused : undefined;
    const events = isRefusal(decision) ? [] : 'because' in decision ? decision.events : decision;
    for (const event of events) this.#acting = evolveActing(this.#acting, { by: undefined, ...event } as Happened);
    return this;
  }

  now(scene: Partial<ActingScene>): this {
    this.scene = { ...this.scene, ...scene };
    return this;
  }

  happens(type: string, fields: Happened['fields']): this {
    this.#acting = evolveActing(this.#acting, { type, occurredAt: 2000, fields, by: undefined });
    return this;
  }

  requests = (template = 'promotion') => this.does({ kind: 'request', template });
  right = (right: 'owner' | 'authorised' = 'owner') => this.does({ kind: 'confirm-right', proxy: this.proxy, right });
  fills = (of: Readonly<Record<string, string>> = values) => this.does({ kind: 'fill-plan', proxy: this.proxy, values: of });
  reads = (of = values) => this.does({ kind: 'read-back', proxy: this.proxy, digest: this.digest(of) });
  agrees = () => this.does({ kind: 'consent', proxy: this.proxy, digest: this.digest() });
  tells = () => this.does({ kind: 'tell-result', proxy: this.proxy, outcome: 'done' });
  asksContact = () => this.does({ kind: 'ask-contact', contact: 'wx-1' });

  executes(of = values, consent = this.#acting.operations.at(-1)?.consent?.consent ?? 'none'): this {
    return this.does({ kind: 'execute', proxy: this.proxy, consent, values: of });
  }

  get refused(): string | undefined {
    return this.#last;
  }
}

const entitled = () => new Talk().does(verified).requests().right();
const planned = () => entitled().fills();
const agreed = () => planned().reads().agrees();
const strict = deliveredTemplates.map((template) => ({ ...template, rights: ['owner' as const] }));
const times = (count: number, talk: Talk, act: (talk: Talk, n: number) => void) => {
  for (let n = 0; n < count; n += 1) act(talk, n);
  return talk;
};

/** The wrong step that each refusal stops. `acting.norm-stops` is the server's, which asks the norms. */
const provoked: Readonly<Record<Exclude<keyof typeof actingRefusals, 'acting.norm-stops'>, () => Talk>> = {
  'acting.unknown': () => new Talk().does(verified).executes(),
  'acting.template-unknown': () => new Talk().requests('loan'),
  'acting.too-many': () => times(21, new Talk(), (talk) => talk.requests()),
  'acting.too-many-plans': () => times(201, entitled(), (talk, n) => talk.fills({ ...values, budget: String(n) })),
  'acting.conversation-over': () => agreed().now({ holder: undefined }).executes(),
  'acting.not-yours': () => agreed().now({ agent: '0999' }).executes(),
  'acting.customer-away': () => planned().reads().now({ away: true }).agrees(),
  'acting.identity-unknown': () => new Talk().requests().fills().executes(),
  'acting.not-entitled': () =>
    new Talk({ templates: strict })
      .does({ ...verified, result: 'authorised' })
      .requests()
      .right('authorised'),
  'acting.right-unconfirmed': () => new Talk().does(verified).requests().fills().executes(),
  'acting.no-plan': () => entitled().executes(),
  'acting.plan-incomplete': () =>
    entitled()
      .fills({ ...values, budget: ' ' })
      .executes(),
  'acting.strange-field': () => entitled().fills({ ...values, gift: '1' }),
  'acting.extras-untold': () => {
    const dear = { ...values, mode: 'accelerated' };
    return entitled().fills(dear).reads(dear);
  },
  'acting.not-read-back': () => planned().agrees(),
  'acting.plan-changed': () => planned().reads({ ...values, budget: '1' }),
  'acting.no-consent': () => planned().reads().executes(),
  'acting.consent-outdated': () =>
    agreed()
      .fills({ ...values, budget: '800' })
      .executes({ ...values, budget: '800' }),
  'acting.consent-of-colleague': () =>
    agreed()
      .happens('transfer.completed', { transfer: 't', target: '0300', agent: '0300' })
      .now({ agent: '0300', holder: '0300', handlers: ['0217', '0300'] })
      .executes(),
  'acting.consent-elsewhere': () => agreed().executes(values, 'consent-of-another-call'),
  'acting.differs': () => agreed().executes({ ...values, budget: '5000' }),
  'acting.done-already': () => agreed().executes().executes(),
  'acting.declined': () => {
    const talk = agreed();
    return talk.does({ kind: 'decline', proxy: talk.proxy, reason: '核实不了' }).executes();
  },
  'acting.not-executed': () => agreed().tells(),
  'acting.no-reason': () => {
    const talk = agreed();
    return talk.does({ kind: 'decline', proxy: talk.proxy, reason: ' ' });
  },
  'owner.company-unchecked': () => new Talk().does(verified).does({ kind: 'update-owner', owner }),
  'owner.unverified': () =>
    new Talk().does({ kind: 'check-owner', company: '宏远公司', outcome: 'matches' }).does({ kind: 'update-owner', owner }),
  'contact.owner-unconfirmed': () => new Talk().asksContact(),
  'contact.not-asked': () => new Talk().does(verified).does({ kind: 'contact-accepted', contact: 'wx-1' }),
  'contact.not-accepted': () =>
    new Talk().does(verified).asksContact().does({ kind: 'name-contact', contact: 'wx-1', user: 'acme', name: 'acme 王' }),
};

it.each(Object.entries(provoked))('%s stops the step that it is about', (code, wrong) => {
  expect(wrong().refused).toBe(code);
});

it('the guide names every refusal in its place', () => {
  const guide = readFileSync(new URL('../../../../docs/guides/acting.md', import.meta.url), 'utf8');
  const named = [...guide.matchAll(/`((?:acting|owner|contact)\.[a-z-]+)`/g)].map(([, code]) => code);
  expect([...new Set(named)].sort()).toEqual(Object.keys(actingRefusals).sort());
});
