import { createHash } from 'node:crypto';
import { isRefusal } from '@threerings/core/errors/refusal';
import type { Effect } from '@threerings/core/hotline/effects';
import type { HotlineAnswer, HotlineInput, Planned } from '@threerings/core/hotline/inputs';
import { react } from '@threerings/core/hotline/react';
import {
  emptyHotline,
  type Hotline,
  type HotlineSetup,
  withInteractionEvent,
  withPresenceEvent,
  withSupportEvent,
} from '@threerings/core/hotline/state';
import { wakeUpOf } from '@threerings/core/hotline/wake-ups';
import { promiseWakeUp } from '@threerings/core/promises/clockwork';
import { decidePromise } from '@threerings/core/promises/lifecycle';
import { type CallerPromise, evolvePromise, isSettled, noPromise } from '@threerings/core/promises/state';
import { type NewEvent, streamOfInteraction, type TimelineEvent } from '@threerings/core/timeline/event';
import { inTimelineOrder } from '@threerings/core/timeline/order';
import { recordInMemory } from '@threerings/core/timeline/record-in-memory';
import { verdictsOf } from '@threerings/norms/judge';
import { advance, start, step } from '@threerings/norms/monitor/engine';
import { type Program, programPart } from '@threerings/norms/program';
import { sources, type Verdict } from '@threerings/norms/trace';
import { type BlockedNumber, Blocklist } from '@threerings/server/blocklist/blocklist';
import { RepeatCallers } from '@threerings/server/hotline/repeat-callers';
import type { NormWords } from '@threerings/server/norm-packs/norm-words';
import { CallWatch } from '@threerings/server/observance/call-watch';
import { deskAsks } from '@threerings/server/observance/desk-asks';
import { policyOf } from '@threerings/server/store/promise-rows';
import type { SimClock } from '../../sim-clock.ts';
import { isCallOf } from '../interaction-ids.ts';

export interface CoreHotlineParts {
  readonly clock: SimClock;
  readonly setup: HotlineSetup;
  readonly program: Program;
  readonly words: NormWords;
  readonly recogniser: boolean;
  readonly blocked?: readonly BlockedNumber[];
  perform(effect: Effect): void;
}

/** An event of a stream, in the order in which it was decided. */
export interface Kept extends Planned {
  /** when it was decided, ms UTC */
  readonly keptAt: number;
}

/** So long after its last step a scenario is looked at (`ServerDriver.patienceMs`): a case goes on when its calls are over, ms. */
const looksOnMs = 1000;

/** Streams that norms do not judge. */
const apart = /^(?:observance|alert|proposal)-/;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** The hotline as a pure reaction on a simulated clock: nothing is stored, and nothing happens between two instants. */
export class CoreHotline {
  readonly kept: Kept[] = [];
  readonly #parts: CoreHotlineParts;
  #hotline: Hotline;
  readonly #inputs: HotlineInput[] = [];
  #deciding = false;
  readonly #blocklist = new Blocklist();
  readonly #repeatCallers = new RepeatCallers(() => this.#hotline.settings.repeatCallerDays);
  #ids = 0;
  readonly #wakeUps = new Map<string, () => void>();
  /** recorded streams, by the number of events they were recorded from */
  readonly #recorded = new Map<string, { readonly from: number; readonly events: readonly TimelineEvent[] }>();

  constructor(parts: CoreHotlineParts) {
    this.#parts = parts;
    this.#hotline = emptyHotline(parts.setup);
    this.#blocklist.replace(parts.blocked ?? []);
  }

  get hotline(): Hotline {
    return this.#hotline;
  }

  /** Takes an input in. What its effects tell is taken in after it; then the answer is given. */
  tell(input: HotlineInput): HotlineAnswer {
    this.#inputs.push(this.#blocklist.known(this.#repeatCallers.known(input)));
    if (this.#deciding) return { ok: true };
    this.#deciding = true;
    const answers: HotlineAnswer[] = [];
    for (let next = this.#inputs.shift(); next !== undefined; next = this.#inputs.shift()) answers.push(this.#turn(next));
    this.#deciding = false;
    return answers[0] ?? { ok: true };
  }

  /** An event that needs no decision. */
  report(interaction: string, event: NewEvent): void {
    this.#keep([{ stream: streamOfInteraction(interaction), interaction, event }]);
  }

  /** Events of another stream, which may belong to an interaction. */
  note(stream: string, interaction: string | undefined, events: readonly NewEvent[]): void {
    this.#keep(events.map((event) => ({ stream, interaction, event })));
  }

  /** What happened in a stream so far. */
  of(stream: string) {
    return this.kept.filter((kept) => kept.stream === stream).map(({ event }) => ({ by: undefined, ...event }));
  }

  /** Stands where the kept events leave it, as after a restart; phones are unknown. Returns calls that go on and when they were last told of. */
  restart(): ReadonlyMap<string, number> {
    for (const [of, cancel] of this.#wakeUps) {
      if (of.startsWith('promise-')) continue;
      cancel();
      this.#wakeUps.delete(of);
    }
    let hotline = emptyHotline(this.#parts.setup);
    for (const { stream, interaction, event } of this.kept) {
      if (stream.startsWith('presence-')) hotline = withPresenceEvent(hotline, stream.slice('presence-'.length), event);
      else if (interaction !== undefined && stream.startsWith('support-')) hotline = withSupportEvent(hotline, interaction, event);
      else if (interaction !== undefined && stream === streamOfInteraction(interaction))
        hotline = withInteractionEvent(hotline, interaction, event);
    }
    this.#hotline = hotline;
    const open = [...hotline.calls.keys(), ...hotline.chats.keys()];
    for (const each of new Set([...open, ...hotline.supports.keys(), ...hotline.surveys.keys()])) this.#planWakeUp(each);
    const lastTold = (call: string) => Math.max(0, ...this.kept.filter((kept) => kept.interaction === call).map((kept) => kept.keptAt));
    return new Map(open.map((each) => [each, lastTold(each)]));
  }

  /** The promise to a caller that is open: the newest, or that of taking it up again. */
  openPromise(caller: string, redial: boolean): string | undefined {
    const made = this.kept.filter((kept) => isCallOf(caller, kept.interaction) && kept.event.type === 'promise.made');
    const ids = made.map(({ event }) => String(event.fields['promise'])).filter((id) => id.startsWith('redial-') === redial);
    return ids.findLast((id) => this.#promise(id) !== undefined);
  }

  /** The case to which a call of ours belongs: that of the call that it takes up, or in which it was promised. */
  caseOf(redials: string | undefined, promise: string | undefined): string | undefined {
    const source = redials ?? this.kept.find(({ stream }) => stream === `promise-${promise}`)?.interaction;
    const linked = this.kept.findLast(({ interaction, event }) => interaction === source && event.type === 'case.linked');
    return linked === undefined ? source : String(linked.event.fields['case']);
  }

  /** The caller asked not to be called. */
  isUnsafe(caller: string): boolean {
    return this.kept.some((kept) => isCallOf(caller, kept.interaction) && kept.event.fields['flag'] === 'unsafe-to-call');
  }

  #promise(promise: string): CallerPromise | undefined {
    const state = this.kept
      .filter(({ stream }) => stream === `promise-${promise}`)
      .reduce((before, { event }) => evolvePromise(before, { by: undefined, ...event }), noPromise);
    return state.state === 'none' || isSettled(state) ? undefined : state;
  }

  /** Streams in the order in which they began. */
  get streams(): readonly string[] {
    return [...new Set(this.kept.map(({ stream }) => stream))];
  }

  /** The recorded events of a stream, by position. Throws when the recorder refuses one: the hotline planned against the laws. */
  recorded(stream: string): readonly TimelineEvent[] {
    const own = this.kept.filter((kept) => kept.stream === stream);
    const known = this.#recorded.get(stream);
    if (known?.from === own.length) return known.events;
    const interaction = own[0]?.interaction;
    const events = own.map(({ event }) => event);
    const read = recordInMemory({ stream, interaction }, events, { sha256, id: (n) => `${stream}#${n}` });
    if ('refusal' in read) throw new Error(`${stream}: ${events[read.index]?.type} was refused: ${read.refusal.refused}`);
    this.#recorded.set(stream, { from: own.length, events: read.events });
    return read.events;
  }

  timeline(interaction: string): readonly TimelineEvent[] {
    return [...this.recorded(streamOfInteraction(interaction))].sort(inTimelineOrder);
  }

  /** What has settled by now: of the call, of a closed one everything, and of the case that it belongs to. */
  verdicts(interaction: string): readonly Verdict[] {
    return [...this.#ofCall(interaction), ...this.#ofCase(interaction)];
  }

  #ofCall(interaction: string): readonly Verdict[] {
    const { clock } = this.#parts;
    const program = programPart(this.#parts.program, (scope) => scope !== 'case');
    const own = this.timeline(interaction);
    const closed = own.some(({ type }) => type === 'interaction.closed');
    const events = [...own, ...this.#beside(interaction)].sort(inTimelineOrder);
    const mark = closed ? Number.MAX_SAFE_INTEGER : clock.now() - 1;
    const state = start(program);
    for (const event of events) step(program, state, event);
    return verdictsOf(advance(program, state, Object.fromEntries(sources.map((source) => [source, mark]))));
  }

  /** Verdicts of norms of scope 个案 that stand with this interaction: their duty began in it (see CaseBook). */
  #ofCase(interaction: string): readonly Verdict[] {
    const program = programPart(this.#parts.program, (scope) => scope === 'case');
    if (program.groups.length === 0) return [];
    const matter = this.caseOf(interaction, undefined) ?? interaction;
    const known = this.streams.flatMap((stream) => (stream.startsWith('interaction-') ? [stream.slice('interaction-'.length)] : []));
    const members = known.filter((each) => this.caseOf(each, undefined) === matter);
    const homes = new Map<string, string>();
    const events = members.flatMap((member) => {
      const all = [...this.timeline(member), ...this.#beside(member, /^(?:promise|case)-/)];
      for (const { id } of all) homes.set(id, member);
      return all;
    });
    const watch = new CallWatch(program, 'case.closed');
    watch.take(events.sort(inTimelineOrder));
    const goesOn = members.some((member) => !this.timeline(member).some(({ type }) => type === 'interaction.closed'));
    const mark = this.#parts.clock.now() + (goesOn ? -1 : looksOnMs);
    watch.advance(Object.fromEntries(sources.map((source) => [source, mark])));
    return watch.verdicts.filter(({ key }) => (homes.get(key) ?? members[0]) === interaction);
  }

  /** What other streams told of it until it was closed, as live judging hears it (see LiveTimelines); `later`: these streams also after it. */
  #beside(interaction: string, later?: RegExp): TimelineEvent[] {
    const stream = streamOfInteraction(interaction);
    const end = this.kept.findIndex((kept) => kept.stream === stream && kept.event.type === 'interaction.closed');
    const before = end === -1 ? this.kept : this.kept.slice(0, end);
    const counts = new Map<string, number>();
    const heard =
      later === undefined ? before : [...before, ...this.kept.slice(before.length).filter(({ stream: each }) => later.test(each))];
    for (const kept of heard)
      if (kept.interaction === interaction && kept.stream !== stream && !apart.test(kept.stream))
        counts.set(kept.stream, (counts.get(kept.stream) ?? 0) + 1);
    return [...counts].flatMap(([beside, count]) => this.recorded(beside).slice(0, count));
  }

  #turn(input: HotlineInput): HotlineAnswer {
    const { program, recogniser, setup, perform } = this.#parts;
    const world = {
      newId: () => `id-${++this.#ids}`,
      hangUpWaitMs: setup.settings.hangUpWaitMs,
      digest: sha256,
      recogniser,
      promise: (promise: string) => this.#promise(promise),
      promisedIn: (promise: string) => this.kept.find(({ stream }) => stream === `promise-${promise}`)?.interaction,
    };
    const asked = input.kind === 'desk' ? { ...input, asks: this.#asks(input, program) } : input;
    const reaction = react(this.#hotline, asked, world);
    this.#hotline = reaction.hotline;
    this.#keep(reaction.planned);
    for (const interaction of new Set(reaction.planned.flatMap((each) => each.interaction ?? []))) this.#planWakeUp(interaction);
    for (const effect of reaction.effects) perform(effect);
    this.#bring(reaction.planned, input.at);
    return reaction.answer;
  }

  /** What another house's channel is to bring arrives at once. */
  #bring(planned: readonly Planned[], at: number): void {
    for (const { interaction, event } of planned) {
      const { message, parts } = event.fields;
      if (event.type !== 'chat.sent' || parts === undefined || interaction === undefined) continue;
      this.#inputs.push({ kind: 'chat', interaction, told: { kind: 'delivered', message: String(message) }, at });
    }
  }

  #asks({ command, at }: Extract<HotlineInput, { kind: 'desk' }>, program: Program) {
    if (!('interaction' in command) || !this.#hotline.calls.has(command.interaction)) return [];
    const watch = new CallWatch(program);
    watch.take(this.timeline(command.interaction));
    return deskAsks(watch, this.#hotline, this.#parts.words, command, at);
  }

  #keep(planned: readonly Planned[]): void {
    const keptAt = this.#parts.clock.now();
    for (const each of planned) {
      this.kept.push({ ...each, keptAt });
      if (each.interaction !== undefined) this.#repeatCallers.take(each.interaction, { by: undefined, ...each.event });
    }
    for (const stream of new Set(planned.map((each) => each.stream))) if (stream.startsWith('promise-')) this.#planDue(stream);
  }

  /** Reminder, due time and report to others come by themselves. */
  #planDue(stream: string): void {
    const { clock, setup } = this.#parts;
    const policy = policyOf(setup.settings);
    const standing = () => this.of(stream).reduce(evolvePromise, noPromise);
    const at = promiseWakeUp(standing(), policy);
    this.#wakeUps.get(stream)?.();
    if (at === undefined) return;
    const promise = stream.slice('promise-'.length);
    const wake = () => {
      const decided = decidePromise({ kind: 'wake', promise, at: clock.now(), policy }, standing());
      if (isRefusal(decided) || decided.length === 0) return;
      this.note(stream, this.kept.find((kept) => kept.stream === stream)?.interaction ?? '', decided);
    };
    this.#wakeUps.set(stream, clock.at(at, wake));
  }

  #planWakeUp(interaction: string): void {
    const { clock } = this.#parts;
    this.#wakeUps.get(interaction)?.();
    this.#wakeUps.delete(interaction);
    const at = wakeUpOf(this.#hotline, interaction);
    if (at === undefined) return;
    const wake = () => void this.tell({ kind: 'wake', interaction, at: clock.now() });
    this.#wakeUps.set(interaction, clock.at(at, wake));
  }
}
