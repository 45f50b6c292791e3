import { recordsIn, withNames } from '@threerings/core/acting/records';
import { noActing } from '@threerings/core/acting/state';
import { deliveredTemplates } from '@threerings/core/acting/templates';
import { actingViewOf } from '@threerings/core/acting/view';
import { isRefusal } from '@threerings/core/errors/refusal';
import { conversationOf } from '@threerings/core/hotline/acting';
import type { NormAsk } from '@threerings/core/hotline/inputs';
import type { Hotline } from '@threerings/core/hotline/state';
import { textOf } from '@threerings/core/timeline/decider';
import { type ActingAct, type ActingRecord, type ActingView, planValues } from '@threerings/core/wire/acting';
import { v7 as uuidv7 } from 'uuid';
import type { CustomerDesk } from '../customers/customer-desk.ts';
import type { FloorAnswer } from '../hotline/floor.ts';
import type { AboutToAct } from '../observance/acting-stops.ts';
import type { Audit } from '../people/people-store.ts';
import { contactOf, writeContact, writeCustomer } from '../store/customer-rows.ts';
import type { Database } from '../store/database.ts';
import type { EventStore } from '../store/event-store.ts';
import type { Vault } from '../store/vault.ts';

export interface ActingDeskParts {
  readonly db: Database;
  readonly vault: Vault;
  readonly events: Pick<EventStore, 'loadInteraction' | 'loadInteractions' | 'withTexts'>;
  readonly customers: CustomerDesk;
  readonly audit: Audit;
  readonly now: () => number;
  hotline(): Hotline;
  /** the digest of the hotline's world */
  digest(text: string): string;
  /** carries out an act; answers after the commit */
  tell(agent: string, interaction: string, act: ActingAct, command: string, stops: readonly NormAsk[]): Promise<FloorAnswer>;
  /** what norms in force forbid of an act for which the customer's yes counts */
  stops(about: AboutToAct): readonly NormAsk[];
}

/** Acts of which the audit keeps who did them, beside the events. */
const audited: readonly ActingAct['kind'][] = ['verify', 'execute', 'update-owner'];

/** Acting for customers, in calls and chats. */
export class ActingDesk {
  readonly parts: ActingDeskParts;

  constructor(parts: ActingDeskParts) {
    this.parts = parts;
  }

  async act(agent: string, interaction: string, act: ActingAct, command: string): Promise<FloorAnswer> {
    const { audit, now } = this.parts;
    const answer = await this.parts.tell(agent, interaction, act, command, await this.#stops(interaction, act));
    const stopped = isRefusal(answer) ? answer.refused : undefined;
    if (audited.includes(act.kind) && (stopped === undefined || act.kind === 'execute')) {
      const facts = { ...('proxy' in act ? { proxy: act.proxy } : {}), ...(stopped === undefined ? {} : { refused: stopped }) };
      await audit.record({ at: now(), action: `acting.${act.kind}`, actor: agent, about: interaction, facts });
    }
    if (stopped === undefined && !('refused' in answer)) await this.#follow(agent, interaction, act);
    return answer;
  }

  async #stops(interaction: string, act: ActingAct): Promise<readonly NormAsk[]> {
    if (act.kind !== 'consent' && act.kind !== 'execute') return [];
    const { hotline, events, now, stops } = this.parts;
    const operation = hotline()
      .acting.get(interaction)
      ?.operations.find(({ proxy }) => proxy === act.proxy);
    if (operation === undefined) return [];
    const told = await events.withTexts(await events.loadInteraction(interaction));
    return stops({ act, interaction, agreed: operation.consent?.digest, events: told, at: now() });
  }

  /** Undefined when there is no such conversation, or this agent never had its customer. */
  async view(agent: string, interaction: string, language: 'zh' | 'en'): Promise<ActingView | undefined> {
    const hotline = this.parts.hotline();
    const conversation = conversationOf(hotline, interaction);
    if (conversation === undefined || !conversation.handlers.includes(agent)) return undefined;
    const acting = hotline.acting.get(interaction) ?? noActing;
    const plans = acting.operations.some(({ plan }) => plan !== undefined) ? await this.#plans(interaction) : new Map<string, string>();
    const scene = { ...conversation, agent, at: this.parts.now(), digest: this.parts.digest, newId: uuidv7 };
    const values = (proxy: string) => {
      const stored = plans.get(proxy);
      return stored === undefined ? undefined : planValues.parse(JSON.parse(stored));
    };
    return actingViewOf(acting, scene, values, language);
  }

  /** What was done for customers in these interactions, newest first. */
  async records(interactions: readonly string[]): Promise<ActingRecord[]> {
    const { db, vault, events } = this.parts;
    const timelines = await events.loadInteractions(interactions);
    const kept = [...timelines].flatMap(([interaction, own]) => recordsIn(interaction, own));
    const plans = await vault.read(
      db,
      kept.flatMap(({ plan }) => plan ?? []),
    );
    const templates = this.parts.hotline().plan.acting ?? deliveredTemplates;
    return kept.map((record) => withNames(record, plans.get(record.plan ?? ''), templates)).sort((one, other) => other.at - one.at);
  }

  /** The newest plan of each operation, as the vault has it. */
  async #plans(interaction: string): Promise<ReadonlyMap<string, string>> {
    const { db, vault, events } = this.parts;
    const filled = (await events.loadInteraction(interaction)).filter(({ type }) => type === 'proxy.plan-filled');
    const newest = new Map(filled.map((event) => [textOf(event, 'proxy') ?? '', textOf(event, 'plan') ?? '']));
    const texts = await vault.read(db, [...newest.values()]);
    return new Map(
      [...newest].flatMap(([proxy, reference]): [string, string][] => {
        const text = texts.get(reference);
        return text === undefined ? [] : [[proxy, text]];
      }),
    );
  }

  /** What follows outside of the timeline: the file of the customer opens, and holds who is in charge now. */
  async #follow(agent: string, interaction: string, act: ActingAct): Promise<void> {
    const { db, customers, vault, now } = this.parts;
    if (act.kind === 'verify' && (act.result === 'owner' || act.result === 'authorised')) {
      const row = await customers.find(act.customer);
      if (row === undefined) return;
      await writeContact(db, { interaction, customer: row.customer, result: act.result, agent, at: now() });
      await customers.joinCase(row.customer, interaction, agent, uuidv7);
    }
    if (act.kind !== 'update-owner') return;
    const contact = await contactOf(db, interaction);
    const row = contact === undefined ? undefined : await customers.find(contact.customer);
    if (row === undefined) return;
    const known = await vault.read(db, row.number_refs);
    const numbers = [...new Set([act.owner.contact, ...known.values()])].slice(0, 10);
    const { tokens } = customers.parts;
    const personal = { name: act.owner.name, numbers, tokens: tokens.of(act.owner.name, numbers) };
    await db.transaction().execute((tx) => writeCustomer(tx, vault, row.customer, personal, { agent, at: now() }));
    await this.parts.audit.record({ at: now(), action: 'customer.owner-changed', actor: agent, about: row.customer });
  }
}
