import { policyOfBulletin, type RequiredBriefing } from '@threerings/core/briefings/required';
import {
  alertOfUnanswered,
  decideEmergency,
  type Emergency,
  type EmergencyCommand,
  evolveEmergency,
  noEmergency,
  streamOfEmergency,
  unansweredAlert,
} from '@threerings/core/emergencies/lifecycle';
import { isRefusal } from '@threerings/core/errors/refusal';
import { decideOutage, evolveOutage, noOutage, type OutageCommand } from '@threerings/core/outages/lifecycle';
import { noticeDue, type OutageNotice, promiseOfNotice } from '@threerings/core/outages/notice';
import { leftToCall, messageTo, type Restored, restoredReasons, restoredText } from '@threerings/core/outages/restoration';
import { hasAcknowledged } from '@threerings/core/presence/lifecycle';
import { decidePromise, type PromiseCommand } from '@threerings/core/promises/lifecycle';
import { evolvePromise, isSettled, noPromise } from '@threerings/core/promises/state';
import { fact, textOf } from '@threerings/core/timeline/decider';
import type { EmergencyChange, EmergencyPlan } from '@threerings/core/wire/registers';
import type { SimClock } from '../../sim-clock.ts';
import { isCallOf } from '../interaction-ids.ts';
import type { SeenHouse } from '../seen.ts';
import { answeredOf } from '../stage.ts';
import type { DeskAnswered, Step } from '../steps.ts';
import type { CoreHotline } from './core-hotline.ts';

type InHouse = Extract<Step, { readonly kind: 'house' }>;
type Act<Does extends InHouse['act']['does']> = Extract<InHouse['act'], { readonly does: Does }>;

/** What people work on in no call, on the pure core: the lifecycles, and what becomes of what they decide. */
export class CoreHouse {
  readonly #core: CoreHotline;
  readonly #clock: SimClock;
  readonly #agents: readonly string[];
  readonly #briefings = new Map<string, RequiredBriefing>();
  readonly #plans = new Map<string, EmergencyPlan>();
  readonly #watched = new Set<string>();
  readonly #sent: { readonly to: string; readonly text: string }[] = [];
  readonly #unsettled = new Map<string, { readonly interaction: string; readonly about: string }>();
  /** newest call of each caller */
  readonly #calls: ReadonlyMap<string, string>;

  constructor(core: CoreHotline, clock: SimClock, agents: readonly string[], calls: ReadonlyMap<string, string>) {
    this.#core = core;
    this.#clock = clock;
    this.#agents = agents;
    this.#calls = calls;
  }

  perform({ agent, act }: InHouse): DeskAnswered {
    switch (act.does) {
      case 'publishes':
        return this.#publish(act);
      case 'reads': {
        const version = this.#briefings.get(act.bulletin)?.version ?? 0;
        return answeredOf(this.#core.tell({ kind: 'bulletin-read', agent, bulletin: act.bulletin, version, at: this.#clock.now() }));
      }
      case 'writes-plan':
        this.#plans.set(act.plan.plan, act.plan);
        return 'done';
      case 'works-emergency':
        return this.#works(agent, act);
      case 'opens-outage': {
        const { outage, title, restoredInMs } = act;
        const due = restoredInMs === undefined ? undefined : this.#clock.now() + restoredInMs;
        const facts = { title, areas: [], queues: [], numbers: [], announced: true, due };
        return this.#changesOutage({ kind: 'open', what: 'failure', facts, outage, agent, at: this.#clock.now() });
      }
      case 'notes-caller':
        return this.#notes(agent, act);
      case 'restores':
        return this.#restores(agent, act);
    }
  }

  /** Emergencies that were raised since: each goes up when nobody has it in hand in time. */
  watch(): void {
    for (const { event, interaction } of this.#core.kept) {
      const emergency = event.type === 'emergency.raised' ? textOf(event, 'emergency') : undefined;
      if (emergency === undefined || interaction === undefined || this.#watched.has(emergency)) continue;
      this.#watched.add(emergency);
      this.#unsettled.set(emergency, { interaction, about: textOf(event, 'kind') ?? '' });
      const due = event.occurredAt + this.#core.hotline.settings.emergencyAnswerMs;
      this.#clock.at(due, () => this.#unanswered(emergency));
    }
  }

  seen(): SeenHouse {
    const unread = [...this.#briefings.values()].map(({ bulletin, version }) => {
      const hasRead = (agent: string) => {
        const presence = this.#core.hotline.people.get(agent)?.presence;
        return presence !== undefined && hasAcknowledged(presence, policyOfBulletin(bulletin), version);
      };
      return [bulletin, this.#agents.filter((agent) => !hasRead(agent)).sort()] as const;
    });
    const emergencies = [...this.#unsettled].map(([emergency, { interaction }]) => {
      const { state, escalated, done } = this.#emergency(emergency);
      return { interaction, state, escalated, done };
    });
    return { unread: new Map(unread), emergencies, sent: [...this.#sent] };
  }

  #publish({ bulletin, lastsMs }: Act<'publishes'>): DeskAnswered {
    const version = (this.#briefings.get(bulletin)?.version ?? 0) + 1;
    const at = this.#clock.now();
    this.#briefings.set(bulletin, { bulletin, version, validFrom: at, validUntil: at + lastsMs, agents: this.#agents });
    return answeredOf(this.#core.tell({ kind: 'briefings', briefings: [...this.#briefings.values()], at }));
  }

  #emergency(emergency: string): Emergency {
    return this.#core.of(streamOfEmergency(emergency)).reduce(evolveEmergency, { ...noEmergency, state: 'raised' });
  }

  #works(agent: string, { of, change }: Act<'works-emergency'>): DeskAnswered {
    const [emergency] = [...this.#unsettled].findLast(([, { interaction }]) => isCallOf(of, interaction)) ?? [];
    if (emergency === undefined) return { refuses: 'emergency.gone' };
    const command = this.#commandOf(change, { emergency, agent, at: this.#clock.now() });
    return command === undefined ? { refuses: 'emergency.no-plan' } : this.#carryOut(command);
  }

  #commandOf(
    change: EmergencyChange,
    by: { readonly emergency: string; readonly agent: string; readonly at: number },
  ): EmergencyCommand | undefined {
    switch (change.do) {
      case 'plan': {
        const plan = this.#plans.get(change.plan);
        return plan && { kind: 'plan', plan: plan.plan, steps: plan.steps, ...by };
      }
      case 'register': {
        const subject = `customer-${this.#unsettled.get(by.emergency)?.interaction}`;
        return { kind: 'register', account: { subject, value: change.account }, told: change.told, ...by };
      }
      default: {
        const { do: kind, ...rest } = change;
        return { kind, ...rest, ...by } as EmergencyCommand;
      }
    }
  }

  #carryOut(command: EmergencyCommand): DeskAnswered {
    const { emergency } = command;
    const decided = decideEmergency(command, this.#emergency(emergency));
    if (isRefusal(decided)) return { refuses: decided.refused };
    this.#core.note(streamOfEmergency(emergency), this.#unsettled.get(emergency)?.interaction, decided);
    return 'done';
  }

  #unanswered(emergency: string): void {
    const { interaction, about = '' } = this.#unsettled.get(emergency) ?? {};
    if (this.#emergency(emergency).acknowledged) return;
    const at = this.#clock.now();
    this.#core.note(`alert-${alertOfUnanswered(emergency)}`, interaction, [unansweredAlert(emergency, about, at)]);
    this.#carryOut({ kind: 'unanswered', emergency, at });
  }

  #outage(outage: string) {
    return this.#core.of(`outage-${outage}`).reduce(evolveOutage, noOutage);
  }

  #changesOutage(command: OutageCommand): DeskAnswered {
    const { outage, at } = command;
    const decided = decideOutage(command, this.#outage(outage));
    if (isRefusal(decided)) return { refuses: decided.refused };
    this.#core.note(`outage-${outage}`, undefined, decided);
    const { state, due, ...facts } = this.#outage(outage);
    const notice: OutageNotice = { outage, ...facts, dueAt: due };
    return answeredOf(this.#core.tell({ kind: 'outages', outages: state === 'open' ? [notice] : [], at }));
  }

  #notes(agent: string, { outage, of }: Act<'notes-caller'>): DeskAnswered {
    const standing = this.#outage(outage);
    if (standing.state === 'none') return { refuses: 'outage.gone' };
    if (standing.state === 'restored') return { refuses: 'outage.restored' };
    const at = this.#clock.now();
    const interaction = this.#calls.get(of) ?? '';
    const due = noticeDue({ dueAt: standing.due }, this.#core.hotline.settings, at);
    const about = { subject: `customer-${interaction}`, value: standing.title };
    const who = { owner: agent, agent, by: 'agent', outage, about } as const;
    return this.#promise({ kind: 'make', what: 'notify', promise: promiseOfNotice(outage, interaction), due, at, ...who }, interaction);
  }

  #restores(agent: string, { outage, tell, owners }: Act<'restores'>): DeskAnswered {
    if (this.#outage(outage).state === 'restored') return 'done';
    const at = this.#clock.now();
    const prefix = `promise-notify-${outage}-`;
    const waiting = this.#core.streams.filter((stream) => stream.startsWith(prefix)).flatMap((stream) => this.#waiting(stream));
    const answer = this.#changesOutage({ kind: 'restore', outage, agent, callers: waiting.length, at });
    if (answer !== 'done') return answer;
    const restored: Restored = { restoredAt: at, by: agent, tell, owners };
    const told = new Set<string>();
    for (const [index, caller] of waiting.entries()) {
      const { number, promise, interaction } = caller;
      if (number !== undefined && told.has(number))
        this.#promise({ kind: 'withdraw', promise, by: 'system', byCustomer: false, reason: restoredReasons.toldBefore, at }, interaction);
      else this.#tell(caller, restored, { outage, index });
      if (number !== undefined) told.add(number);
    }
    return 'done';
  }

  #tell(
    { promise, interaction, owner, due, number, unsafe }: Waiting,
    restored: Restored,
    { outage, index }: { readonly outage: string; readonly index: number },
  ): void {
    const at = this.#clock.now();
    const event = fact('outage.restored', at, { outage, callers: 1 });
    this.#core.note(`promise-${promise}`, interaction, [event]);
    const to = messageTo({ number, unsafe }, restored, true);
    const { settings } = this.#core.hotline;
    if (to === undefined) {
      const left = leftToCall({ owner, due }, restored, { index, at, settings });
      const reason = restoredReasons.call;
      if (left.owner !== undefined) this.#promise({ kind: 'reassign', promise, by: 'leader', to: left.owner, reason, at }, interaction);
      if (left.due !== undefined)
        this.#promise({ kind: 'move', promise, due: left.due, told: false, reason, agent: restored.by, at }, interaction);
    } else {
      this.#sent.push({ to, text: restoredText(this.#outage(outage).title, '') });
      this.#promise({ kind: 'keep', promise, by: 'system', at }, interaction);
    }
  }

  #waiting(stream: string): Waiting[] {
    const state = this.#core.of(stream).reduce(evolvePromise, noPromise);
    if (isSettled(state)) return [];
    const interaction = this.#core.kept.find((kept) => kept.stream === stream)?.interaction ?? '';
    const own = this.#core.kept.filter((kept) => kept.interaction === interaction);
    const number = own.find(({ event }) => event.type === 'call.offered')?.event.personal?.['number']?.value;
    const unsafe = own.some(({ event }) => event.fields['flag'] === 'unsafe-to-call');
    return [{ promise: stream.slice('promise-'.length), interaction, owner: state.owner, due: state.due, number, unsafe }];
  }

  #promise(command: PromiseCommand, interaction: string): DeskAnswered {
    const stream = `promise-${command.promise}`;
    const decided = decidePromise(command, this.#core.of(stream).reduce(evolvePromise, noPromise));
    if (isRefusal(decided)) return { refuses: decided.refused };
    this.#core.note(stream, interaction, decided);
    return 'done';
  }
}

interface Waiting {
  readonly promise: string;
  readonly interaction: string;
  readonly owner: string;
  readonly due: number;
  readonly number: string | undefined;
  readonly unsafe: boolean;
}
