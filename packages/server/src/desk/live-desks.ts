import {
  callViewOf,
  consultViewOf,
  type DeskCall,
  dialViewOf,
  evolveDeskCall,
  handedOverView,
  noDeskCall,
  type RingRule,
  ringViewOf,
} from '@threerings/core/conversation/desk-view';
import { isAgentNumber } from '@threerings/core/hotline/agent-number';
import { callOf, type Hotline } from '@threerings/core/hotline/state';
import { monitoringPolicy } from '@threerings/core/monitoring/lifecycle';
import { hasAcknowledged } from '@threerings/core/presence/lifecycle';
import type { RestAsked } from '@threerings/core/presence/rest';
import { queueNamed } from '@threerings/core/routing/plan';
import { textOf } from '@threerings/core/timeline/decider';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import { type CallRecord, callRecord, type DeskView, type PromiseView, type ProposalView } from '@threerings/core/wire/desk';
import type { OpenDuty, WireVerdict } from '@threerings/core/wire/events';
import type { PackRules } from '../norm-packs/pack-rules.ts';
import { filled } from '../observance/guide.ts';

export interface LiveDesksParts {
  hotline(): Hotline;
  rules(): PackRules;
  verdicts(interaction: string): readonly WireVerdict[];
  duties(interaction: string): readonly OpenDuty[];
  promises(agent: string): readonly PromiseView[];
  proposals(agent: string): readonly ProposalView[];
  isPhoneConnected(agent: string): boolean;
  /** personal values by reference */
  read(references: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** something that this agent's desk shows has changed */
  changed(agent: string): void;
}

interface LiveCall {
  call: DeskCall;
  number?: string;
  /** what was prepared for a call of ours */
  note?: string;
  record?: CallRecord;
  /** of the newest transfer */
  brief?: string;
}

/** Personal values that desks show, by the event that brings them. */
const personalOf: Readonly<Record<string, 'number' | 'content' | 'brief' | 'note'>> = {
  'outbound.prepared': 'note',
  'call.offered': 'number',
  'record.saved': 'content',
  'transfer.started': 'brief',
};

/** What the desks show of the calls that are going on. */
export class LiveDesks {
  readonly #parts: LiveDesksParts;
  readonly #calls = new Map<string, LiveCall>();
  /** by agent: the last call of theirs, if it reached nobody */
  readonly #lastDials = new Map<string, DeskView['lastDial']>();

  constructor(parts: LiveDesksParts) {
    this.#parts = parts;
  }

  /** A reader of the live timelines. */
  readonly take = (interaction: string, events: readonly TimelineEvent[]): void => {
    const live = this.#calls.get(interaction) ?? { call: noDeskCall };
    this.#calls.set(interaction, live);
    const touched = new Set<string>();
    for (const event of events) {
      if (event.type === 'transfer.started') delete live.brief;
      const before = this.#agentsOf(live);
      live.call = evolveDeskCall(live.call, event);
      for (const agent of [...before, ...this.#agentsOf(live)]) touched.add(agent);
      this.#noteDial(interaction, live.call);
      void this.#readPersonal(interaction, live, event);
    }
    if (live.call.closed || (live.call.talk === undefined && live.call.ended !== undefined)) this.#calls.delete(interaction);
    for (const agent of touched) this.#parts.changed(agent);
  };

  #noteDial(interaction: string, { dial, talk }: DeskCall): void {
    if (dial?.failed !== undefined)
      this.#lastDials.set(dial.agent, { interaction, ...dial.failed, ...(dial.promise && { promise: dial.promise }) });
    else if (dial !== undefined || talk !== undefined) this.#lastDials.delete(dial?.agent ?? talk?.agent ?? '');
  }

  /** The agents whose desks show this call. */
  agentsOn(interaction: string): readonly string[] {
    const live = this.#calls.get(interaction);
    return live === undefined ? [] : this.#agentsOf(live);
  }

  numberOf(interaction: string): string | undefined {
    return this.#calls.get(interaction)?.number;
  }

  view(agent: string): DeskView {
    const hotline = this.#parts.hotline();
    const presence = hotline.people.get(agent)?.presence;
    const { policy, version } = monitoringPolicy;
    const own = callOf(hotline, agent);
    const live = own === undefined ? undefined : this.#calls.get(own.id);
    const base = {
      agent,
      presence: { state: presence?.state ?? 'offline', since: presence?.since ?? 0, reason: presence?.reason } as const,
      rest: restView(presence?.rest),
      acknowledge: presence === undefined || hasAcknowledged(presence, policy, version) ? undefined : { policy, version },
      promises: [...this.#parts.promises(agent)],
      proposals: [...this.#parts.proposals(agent)],
      lastDial: this.#lastDials.get(agent),
      supports: supportsOf(hotline, agent),
    };
    if (own === undefined || live === undefined) return base;
    const context = this.#contextOf(own.id, live, agent, hotline);
    const wrapUp = live.call.wrapUps.find((one) => one.agent === agent);
    const isOwn = live.call.talk?.agent === agent;
    const handedOver = isOwn || wrapUp === undefined ? undefined : handedOverView(live.call, agent, wrapUp.since, context);
    return {
      ...base,
      ring: live.call.ring?.agent === agent ? ringViewOf(live.call, context, this.#ringRule(agent)) : undefined,
      call: isOwn ? callViewOf(live.call, context) : handedOver,
      dialling: live.call.dial?.agent === agent ? dialViewOf(live.call, context) : undefined,
      consult: consultViewOf(live.call, agent, { ...context, brief: live.brief }),
      ...(wrapUp === undefined
        ? {}
        : { wrapUp: { interaction: own.id, since: wrapUp.since, limitMs: wrapUp.limitMs, extended: wrapUp.extended } }),
    };
  }

  #contextOf(interaction: string, live: LiveCall, agent: string, hotline: Hotline) {
    const rules = this.#parts.rules();
    return {
      interaction,
      number: live.number,
      note: live.note,
      survey: hotline.plan.survey !== undefined,
      queueName: (queue: string) => queueNamed(hotline.plan, queue)?.name,
      record: live.record,
      announcing: isAgentNumber(hotline.calls.get(interaction)?.playing ?? ''),
      mediaConnected: this.#parts.isPhoneConnected(agent),
      duties: this.#parts.duties(interaction),
      verdicts: this.#parts.verdicts(interaction),
      settings: hotline.settings,
      holdRule: { limitMs: rules.holdLimitMs, cites: [...rules.holdCites] },
    };
  }

  #ringRule(agent: string): RingRule {
    const { ringLimit, ringCites, openings } = this.#parts.rules();
    const said = (sentence: string | undefined) => (sentence === undefined ? undefined : filled(sentence, {}, { 工号: agent }));
    return { limitRings: ringLimit, cites: [...ringCites], say: { inTime: said(openings.inTime), late: said(openings.late) } };
  }

  #agentsOf({ call }: LiveCall): readonly string[] {
    const { ring, talk, transfers, wrapUps, dial } = call;
    const agents = [ring?.agent, talk?.agent, dial?.agent, transfers.open?.consulted?.agent, ...wrapUps.map(({ agent }) => agent)];
    return [...new Set(agents.filter((agent) => agent !== undefined))];
  }

  /** The caller's number and the record are personal: read here for the agent who has the call, kept until it is closed. */
  async #readPersonal(interaction: string, live: LiveCall, event: TimelineEvent): Promise<void> {
    const field = personalOf[event.type];
    const reference = field === undefined ? undefined : textOf(event, field);
    if (reference === undefined) return;
    const value = (await this.#parts.read([reference])).get(reference);
    if (value === undefined || this.#calls.get(interaction) !== live) return;
    if (field === 'number') live.number = value;
    else if (field === 'brief') live.brief = value;
    else if (field === 'note') live.note = value;
    else {
      const record = callRecord.safeParse(JSON.parse(value));
      if (record.success) live.record = record.data;
    }
    for (const agent of this.#agentsOf(live)) this.#parts.changed(agent);
  }
}

function restView(rest: RestAsked | undefined): DeskView['rest'] {
  return rest && { askedAt: rest.askedAt, wish: rest.wish, granted: rest.limitMs !== undefined, until: rest.until };
}

function supportsOf({ supports }: Hotline, agent: string): NonNullable<DeskView['supports']> {
  const own = [...supports].filter(([, support]) => support.agent === agent);
  return own.map(([interaction, { topic, requestedAt, dueAt, busy, late, helper }]) => ({
    ...{ interaction, topic, requestedAt, dueAt, busy, late },
    ...(helper === undefined ? {} : { helper: helper.agent }),
  }));
}
