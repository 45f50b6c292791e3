import type { CalendarTable } from '@threerings/norms/match/calendar';
import type { Instant } from '@threerings/norms/trace';
import type { Effect } from '../hotline/effects.ts';
import type { HotlineAnswer, HotlineInput, NormAsk } from '../hotline/inputs.ts';
import { react } from '../hotline/react.ts';
import { type Call, callOf, emptyHotline, type Hotline } from '../hotline/state.ts';
import { wakeUpOf } from '../hotline/wake-ups.ts';
import { evolvePromise, isSettled, noPromise } from '../promises/state.ts';
import type { Settings } from '../settings/defaults.ts';
import type { NewEvent, TimelineEvent } from '../timeline/event.ts';
import { inTimelineOrder } from '../timeline/order.ts';
import { recordInMemory } from '../timeline/record-in-memory.ts';
import type { DeskCommand } from '../wire/desk.ts';
import type { HotlinePlan } from '../wire/hotline-plan.ts';
import type { TrainingScript } from './script.ts';

/** The one call of a training; no call of a hotline has this id. */
export const trainingCall = 'training';
const queue = 'training';
const noticeMs = 1500;

export interface PrivateWorld {
  readonly settings: Settings;
  readonly calendar: CalendarTable;
  /** what norms want explained before a desk act, from what has happened */
  asks?(events: readonly TimelineEvent[], hotline: Hotline, command: DeskCommand, at: Instant): readonly NormAsk[];
}

const plan: HotlinePlan = {
  queues: [{ queue, name: { zh: '培训', en: 'Training' }, priority: 0 }],
  numbers: {},
  testNumbers: [],
  settings: {},
};

/**
 * A hotline of its own with one caller, in memory alone: the reaction that runs the real one, a medium without sound, and a clock that
 * stands where it is put. Nothing that happens here can be stored as what happened to a caller: there is no store.
 */
export class PrivateHotline {
  readonly agent: string;
  readonly #world: PrivateWorld;
  readonly #kept: NewEvent[] = [];
  readonly #experts: ReadonlySet<string>;
  readonly #waiting: HotlineInput[] = [];
  #hotline: Hotline;
  #now: Instant;
  #ids = 0;
  #deciding = false;
  #prompt: { readonly name: Extract<Effect, { kind: 'announce' }>['prompt']; readonly ends: Instant } | undefined;
  #recorded: { readonly from: number; readonly events: readonly TimelineEvent[] } | undefined;

  constructor(agent: string, colleagues: TrainingScript['colleagues'], world: PrivateWorld, now: Instant) {
    this.agent = agent;
    this.#world = world;
    this.#now = now;
    this.#experts = new Set(colleagues.flatMap(({ colleague, events }) => (events === 'expert' ? [colleague] : [])));
    const people = [agent, ...colleagues.map(({ colleague }) => colleague)];
    const staff = people.map((each) => ({ agent: each, skills: {} }));
    this.#hotline = emptyHotline({ settings: world.settings, plan, calendar: world.calendar, staff, epoch: 1 });
    for (const each of people) {
      this.tell({ kind: 'desk', agent: each, command: { kind: 'sign-in-shift' }, asks: [], at: now });
      this.tell({ kind: 'agent-phone', agent: each, connected: true, at: now });
    }
  }

  get now(): Instant {
    return this.#now;
  }

  get hotline(): Hotline {
    return this.#hotline;
  }

  /** The call, until it is closed. */
  get call(): Call | undefined {
    return this.#hotline.calls.get(trainingCall);
  }

  /** The call as long as it is this agent's to do something in. */
  get own(): Call | undefined {
    return callOf(this.#hotline, this.agent);
  }

  ready(agent: string): void {
    this.tell({ kind: 'desk', agent, command: { kind: 'set-presence', state: 'ready' }, asks: [], at: this.#now });
  }

  desk(agent: string, command: DeskCommand): HotlineAnswer {
    const asks = agent === this.agent ? (this.#world.asks?.(this.events(), this.#hotline, command, this.#now) ?? []) : [];
    return this.tell({ kind: 'desk', agent, command, asks, at: this.#now });
  }

  /** Takes an input in, and what its effects tell after it. */
  tell(input: HotlineInput): HotlineAnswer {
    this.#waiting.push(input);
    if (this.#deciding) return { ok: true };
    this.#deciding = true;
    const answers: HotlineAnswer[] = [];
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) answers.push(this.#turn(next));
    this.#deciding = false;
    return answers[0] ?? { ok: true };
  }

  /** An event that needs no decision: what is said, and what only this training has. */
  report(event: NewEvent): void {
    this.#kept.push(event);
  }

  /** When the hotline does something by itself next. */
  get next(): Instant | undefined {
    const dues = [this.#prompt?.ends, wakeUpOf(this.#hotline, trainingCall)].filter((due) => due !== undefined);
    return dues.length === 0 ? undefined : Math.max(this.#now, Math.min(...dues));
  }

  /** Puts the clock forward; what is due by then has happened when the caller of this has asked `next` in between. */
  moveTo(at: Instant): void {
    this.#now = Math.max(this.#now, at);
    if (this.#prompt !== undefined && this.#prompt.ends <= this.#now) this.#promptEnds(false);
    const due = wakeUpOf(this.#hotline, trainingCall);
    if (due !== undefined && due <= this.#now) this.tell({ kind: 'wake', interaction: trainingCall, at: this.#now });
  }

  /** What happened, in order, as it would stand in a timeline; texts beside what was said. */
  events(): readonly TimelineEvent[] {
    if (this.#recorded?.from === this.#kept.length) return this.#recorded.events;
    const lawful: NewEvent[] = [...this.#kept];
    for (;;) {
      const read = recordInMemory(identity, lawful, { sha256: () => '', id: (n) => `t${n}` });
      if ('refusal' in read) {
        // What the laws of a timeline refuse did not happen, as in the store.
        lawful.splice(read.index, 1);
        continue;
      }
      const events = [...read.events].sort(inTimelineOrder);
      this.#recorded = { from: this.#kept.length, events };
      return events;
    }
  }

  #turn(input: HotlineInput): HotlineAnswer {
    const world = {
      newId: () => `id-${++this.#ids}`,
      hangUpWaitMs: this.#world.settings.hangUpWaitMs,
      recogniser: true,
      measures: true,
      // Nothing is agreed for a customer in a training.
      digest: (text: string) => text,
      promise: (promise: string) => this.#promise(promise),
    };
    const reaction = react(this.#hotline, input, world);
    this.#hotline = reaction.hotline;
    for (const { interaction, event } of reaction.planned) if (interaction === trainingCall) this.#kept.push(this.#asMeant(event));
    for (const effect of reaction.effects) this.#perform(effect);
    return reaction.answer;
  }

  /** A transfer to a colleague who plays an expert's seat is one to an expert's seat. */
  #asMeant(event: NewEvent): NewEvent {
    const { target } = event.fields;
    const expert = event.type.startsWith('transfer.') && typeof target === 'string' && this.#experts.has(target);
    return expert && 'kind' in event.fields ? { ...event, fields: { ...event.fields, kind: 'expert' } } : event;
  }

  #promise(promise: string) {
    const made = this.#kept
      .filter(({ fields }) => fields['promise'] === promise)
      .reduce((before, event) => evolvePromise(before, { by: undefined, ...event }), noPromise);
    return made.state === 'none' || isSettled(made) ? undefined : made;
  }

  #perform(effect: Effect): void {
    const at = this.#now;
    if (effect.kind === 'accept') this.tell({ kind: 'caller-connected', interaction: trainingCall, at });
    else if (effect.kind === 'announce') this.#prompt = { name: effect.prompt, ends: at + noticeMs };
    else if (effect.kind === 'queue-music' || effect.kind === 'connect' || effect.kind === 'end') this.#promptEnds(true);
  }

  #promptEnds(interrupted: boolean): void {
    if (this.#prompt === undefined) return;
    const { name } = this.#prompt;
    this.#prompt = undefined;
    this.tell({ kind: 'prompt-ended', interaction: trainingCall, prompt: name, playedMs: noticeMs, interrupted, at: this.#now });
  }
}

const identity = { stream: 'training', interaction: trainingCall };
