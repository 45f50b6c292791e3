import { isOver } from '@threerings/core/chats/lifecycle';
import { isRefusal } from '@threerings/core/errors/refusal';
import { beforeSending } from '@threerings/core/hotline/before-sending';
import type { WordsChecked } from '@threerings/core/hotline/chat-inputs';
import type { Effect } from '@threerings/core/hotline/effects';
import type { HotlineInput } from '@threerings/core/hotline/inputs';
import { callerSubject } from '@threerings/core/hotline/inputs';
import { callOf } from '@threerings/core/hotline/state';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import type { Verdict } from '@threerings/norms/trace';
import { settingsOf } from '@threerings/server/composition/hotline-parts';
import type { NormsInForce } from '@threerings/server/composition/norms-in-force';
import { programOf } from '@threerings/server/norm-packs/live-pack';
import { SimClock } from '../../sim-clock.ts';
import { ActingPages } from '../acting-stage.ts';
import { chatActOf, MessageIds, toldBy } from '../chat-stage.ts';
import { interactionOf } from '../interaction-ids.ts';
import type { Driver } from '../run.ts';
import type { LookupAnswer, Scenario } from '../scenario.ts';
import type { Seen } from '../seen.ts';
import {
  answeredOf,
  blockedNumbers,
  commandOf,
  dialledBy,
  flowsOf,
  leaderCommandOf,
  opening,
  planOf,
  supportAskedBy,
  utterance,
} from '../stage.ts';
import { type CallerAct, type DeskAnswered, type PageAct, type Step, spokenMs, type VisitorAct } from '../steps.ts';
import { CoreHotline } from './core-hotline.ts';
import { CoreHouse } from './core-house.ts';
import { CoreMatters } from './core-matters.ts';
import { openProposals, seenFrom } from './look.ts';
import { SimMedium } from './sim-medium.ts';

/** A page that is reloaded comes back within this time; until then its phone counts as there, ms (see AgentPhones). */
const patienceMs = 6000;
const instantly = async () => {};

/** As much of a scenario as the house is built from. */
type CoreScene = Pick<Scenario, 'agents' | 'spoken' | 'plan' | 'skills'> &
  Partial<Pick<Scenario, 'flow' | 'lookups' | 'outages' | 'blocked' | 'departments' | 'house'>>;

/** The pure core on a simulated clock: the hotline's reaction and the judge, in milliseconds and without any I/O. */
export class CoreDriver implements Driver {
  readonly transcribed: boolean;
  readonly patienceMs = 0;
  readonly #clock = new SimClock(opening);
  readonly #norms: NormsInForce;
  readonly #core: CoreHotline;
  readonly #medium: SimMedium;
  readonly #matters: CoreMatters;
  readonly #house: CoreHouse | undefined;
  readonly #agents: readonly string[];
  /** newest call of each caller */
  readonly #calls = new Map<string, string>();
  readonly #dialled = new Map<string, number>();
  readonly #phones = new Set<string>();
  readonly #messages = new MessageIds();
  readonly #actingPages = new ActingPages();
  readonly #missing = new Map<string, () => void>();

  /** `transcribed` false: nobody writes down what is said, as on a hotline without a recogniser. */
  constructor(scenario: CoreScene, norms: NormsInForce, transcribed: boolean = scenario.spoken) {
    this.transcribed = transcribed;
    this.#norms = norms;
    this.#agents = scenario.agents;
    this.#medium = new SimMedium(this.#clock, (input) => this.#tell(input));
    const { outages = [] } = scenario;
    const plan = planOf(scenario.plan);
    this.#core = new CoreHotline({
      clock: this.#clock,
      setup: {
        settings: settingsOf(plan, norms),
        plan,
        calendar: norms.calendar.table,
        staff: scenario.agents.map((agent) => ({ agent, skills: scenario.skills[agent] ?? {} })),
        epoch: Math.floor(opening / 1000),
        flows: flowsOf(scenario.flow),
      },
      program: programOf([norms.book.pack], norms.calendar.table),
      words: norms.book.words,
      recogniser: transcribed,
      blocked: blockedNumbers(scenario.blocked ?? {}),
      perform: (effect) =>
        effect.kind === 'look-up' ? this.#looksUp(effect, scenario.lookups?.[effect.url]) : this.#medium.perform(effect),
    });
    this.#matters = new CoreMatters(this.#core, scenario.departments ?? {}, () => this.#clock.now());
    this.#house = scenario.house === true ? new CoreHouse(this.#core, this.#clock, scenario.agents, this.#calls) : undefined;
    if (outages.length > 0) this.#tell({ kind: 'outages', outages, at: opening });
  }

  async perform(step: Parameters<Driver['perform']>[0]): Promise<DeskAnswered> {
    const answered = await this.#carryOut(step);
    this.#house?.watch();
    return answered;
  }

  async #carryOut(step: Parameters<Driver['perform']>[0]): Promise<DeskAnswered> {
    switch (step.kind) {
      case 'desk':
        return this.#desk(step);
      case 'dial':
        return this.#dial(step);
      case 'leader': {
        const command = leaderCommandOf(step.act, step.of, this.#core.hotline, callOf(this.#core.hotline, step.of)?.id);
        return answeredOf(this.#core.tell({ kind: 'leader', leader: step.agent, command, at: this.#clock.now() }));
      }
      case 'page':
        this.#page(step.agent, step.does);
        return 'done';
      case 'agent-says':
        await this.#said('agent', callOf(this.#core.hotline, step.agent)?.id, `staff-${step.agent}`, step.text);
        return 'done';
      case 'caller':
        await this.#caller(step.caller, step.act);
        return 'done';
      case 'visitor':
        return this.#visitor(step.caller, step.act);
      case 'chats':
        return this.#chats(step);
      case 'acting':
        return this.#acts(step);
      case 'matter':
        return this.#matters.perform(step, this.#calls.get(step.caller) ?? '');
      case 'house':
        return this.#house?.perform(step) ?? 'done';
      case 'fault':
        if (step.fault === 'voice-crashes') this.#voiceCrashes();
        else this.#serverIsKilled();
        return 'done';
    }
  }

  async wait(ms: number): Promise<void> {
    await this.#clock.advance(ms, instantly);
  }

  async sleep(ms: number): Promise<void> {
    await this.#clock.sleep(ms, instantly);
  }

  async look(): Promise<Seen> {
    const seen = seenFrom(this.#core, { norms: this.#norms, agents: this.#agents, calls: this.#calls, opening, now: this.#clock.now() });
    return { ...seen, tickets: this.#matters.seen(), house: this.#house?.seen() };
  }

  async close(): Promise<void> {}

  /** Every event that was recorded, stream by stream. */
  timeline(): readonly TimelineEvent[] {
    return this.#core.streams.flatMap((stream) => this.#core.recorded(stream));
  }

  /** Verdicts by interaction, in the order in which the calls came. */
  verdicts(): ReadonlyMap<string, readonly Verdict[]> {
    const calls = this.#core.streams
      .filter((stream) => stream.startsWith('interaction-'))
      .map((stream) => stream.slice('interaction-'.length));
    return new Map(calls.map((call) => [call, this.#core.verdicts(call)]));
  }

  #tell(input: HotlineInput): void {
    this.#core.tell(input);
  }

  #desk({ agent, act }: Extract<Step, { kind: 'desk' }>): DeskAnswered {
    const call = callOf(this.#core.hotline, agent);
    const { offer, talk } = call?.interaction ?? {};
    const consulted = call?.transfers.open?.consulted;
    const leg = offer?.agent === agent ? offer.leg : consulted?.agent === agent ? consulted.consult : (talk?.leg ?? '');
    const proposal = openProposals(this.#core).findLast((open) => open.agent === agent)?.proposal;
    const command = commandOf(act, {
      ...{ call: call && { interaction: call.id, leg }, now: this.#clock.now(), proposal },
      support: supportAskedBy(this.#core.hotline, agent),
    });
    return answeredOf(this.#core.tell({ kind: 'desk', agent, command, asks: [], at: this.#clock.now() }));
  }

  #visitor(caller: string, act: VisitorAct): DeskAnswered {
    if (act.does === 'opens-chat') this.#begins(caller);
    if (act.does === 'writes-over') this.#beginsOver(caller, act.channel);
    const interaction = this.#calls.get(caller) ?? '';
    const again = 'again' in act && act.again === true;
    const told = toldBy(act, {
      thread: interaction,
      message: () => this.#messages.of(caller, again),
      newest: this.#newestIn(interaction),
      now: this.#clock.now(),
    });
    return answeredOf(this.#core.tell({ kind: 'chat', interaction, told, at: this.#clock.now() }));
  }

  #chats({ agent, act, of = '' }: Extract<Step, { kind: 'chats' }>): DeskAnswered {
    const interaction = this.#calls.get(of) ?? '';
    const now = this.#clock.now();
    const asked = chatActOf(act, { interaction, message: () => this.#messages.of(agent), newest: this.#newestIn(interaction), now });
    const does = (each: typeof asked | WordsChecked) => this.#core.tell({ kind: 'chat-desk', agent, act: each, at: now });
    if (asked.kind !== 'send') return answeredOf(does(asked));
    const { noted, outcome } = beforeSending(asked, (text) => this.#norms.book.checkWords(text));
    const answer = noted === undefined ? undefined : does(noted);
    if (answer !== undefined && 'refused' in answer) return answeredOf(answer);
    return answeredOf(isRefusal(outcome) ? outcome : does(outcome));
  }

  #acts({ agent, caller, act }: Extract<Step, { kind: 'acting' }>): DeskAnswered {
    const interaction = this.#calls.get(caller) ?? '';
    const asked = this.#actingPages.actOf(act, {
      of: caller,
      interaction,
      acting: this.#core.hotline.acting.get(interaction),
      now: this.#clock.now(),
    });
    const answer = this.#core.tell({ kind: 'acting', agent, interaction, act: asked, at: this.#clock.now() });
    this.#actingPages.note(caller, interaction, this.#core.hotline.acting.get(interaction));
    return answeredOf(answer);
  }

  /** Words to which no chat belongs begin one, as the channel's intake does. */
  #beginsOver(caller: string, channel: 'wecom'): void {
    const chat = this.#core.hotline.chats.get(this.#calls.get(caller) ?? '');
    if (chat !== undefined && !isOver(chat)) return;
    const interaction = this.#begins(caller);
    this.#tell({ kind: 'chat', interaction, told: { kind: 'opens', channel, thread: 'kf-0000000000000000' }, at: this.#clock.now() });
  }

  #newestIn(interaction: string): string {
    return this.#core.hotline.chats.get(interaction)?.messages.at(-1) ?? 'none';
  }

  #begins(caller: string): string {
    const n = (this.#dialled.get(caller) ?? 0) + 1;
    this.#dialled.set(caller, n);
    this.#calls.set(caller, interactionOf(caller, n));
    return interactionOf(caller, n);
  }

  #looksUp({ interaction, step }: Extract<Effect, { kind: 'look-up' }>, answer: LookupAnswer | undefined): void {
    if (answer === undefined) return;
    const at = this.#clock.now() + answer.afterMs;
    this.#clock.at(at, () => this.#tell({ kind: 'looked-up', interaction, step, result: answer.result, at }));
  }

  /** What the server looks up, from what was kept. */
  #dial({ agent, caller, act }: Extract<Step, { kind: 'dial' }>): DeskAnswered {
    const before = this.#calls.get(caller);
    const n = (this.#dialled.get(caller) ?? 0) + 1;
    const interaction = interactionOf(caller, n);
    const { by, purpose, note, override, number = dialledBy(caller).number } = act;
    const promise = by === 'number' ? undefined : this.#core.openPromise(caller, by === 'redial');
    const redials = by === 'redial' ? before : undefined;
    const unsafe = this.#core.isUnsafe(caller);
    const order = { interaction, number, purpose, note, promise, redials, case: this.#core.caseOf(redials, promise), unsafe, override };
    const answer = answeredOf(this.#core.tell({ kind: 'place-call', agent, order, at: this.#clock.now() }));
    if (answer === 'done') {
      this.#dialled.set(caller, n);
      this.#calls.set(caller, interaction);
    }
    return answer;
  }

  #page(agent: string, does: PageAct): void {
    const at = this.#clock.now();
    if (does === 'loses-socket') {
      this.#missing.set(
        agent,
        this.#clock.at(at + patienceMs, () => this.#phoneLost(agent)),
      );
      return;
    }
    this.#missing.get(agent)?.();
    if (this.#phones.has(agent)) return;
    this.#phones.add(agent);
    this.#tell({ kind: 'agent-phone', agent, connected: true, at });
  }

  #phoneLost(agent: string): void {
    if (this.#phones.delete(agent)) this.#tell({ kind: 'agent-phone', agent, connected: false, at: this.#clock.now() });
  }

  async #caller(caller: string, act: CallerAct): Promise<void> {
    const interaction = this.#calls.get(caller) ?? '';
    switch (act.does) {
      case 'dials':
        return this.#medium.arrive(this.#begins(caller), dialledBy(caller, act.called));
      case 'rings':
        return this.#medium.rings(interaction);
      case 'picks-up':
        return this.#medium.picksUp(interaction);
      case 'refuses':
        return this.#medium.refuses(interaction, act.status);
      case 'outside-answers':
        return this.#medium.outsideAnswers(interaction);
      case 'outside-hangs-up':
        return this.#medium.outsideEnds(interaction, undefined);
      case 'outside-refuses':
        return this.#medium.outsideEnds(interaction, act.status);
      case 'hangs-up':
        return this.#medium.hangUp(interaction);
      case 'line-drops':
        return this.#medium.drop(interaction);
      case 'presses':
        return this.#medium.press(interaction, act.key);
      case 'says':
        return this.#said('customer', interaction, callerSubject(interaction), act.text);
    }
  }

  /** The recogniser tells when the sentence is over. */
  async #said(by: 'agent' | 'customer', interaction: string | undefined, subject: string, text: string): Promise<void> {
    const begun = this.#clock.now();
    await this.wait(spokenMs(text));
    if (!this.transcribed || interaction === undefined) return;
    this.#core.report(interaction, utterance({ by, subject, text, start: begun, end: this.#clock.now() }));
  }

  #voiceCrashes(): void {
    this.#medium.crash();
    for (const agent of [...this.#phones]) this.#phoneLost(agent);
  }

  /** The calls live on in the medium, which tells its phones; what happened meanwhile was not watched. */
  #serverIsKilled(): void {
    const at = this.#clock.now();
    const goingOn = this.#core.restart();
    for (const agent of this.#phones) this.#tell({ kind: 'agent-phone', agent, connected: true, at });
    this.#medium.tellStanding();
    for (const [interaction, since] of goingOn) this.#tell({ kind: 'unwatched', interaction, since, at });
  }
}
