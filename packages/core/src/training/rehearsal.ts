import type { Instant } from '@threerings/norms/trace';
import { isRefusal, refuse } from '../errors/refusal.ts';
import type { HotlineAnswer } from '../hotline/inputs.ts';
import { wrapUpOf } from '../interactions/state.ts';
import type { KnowledgeAct } from '../knowledge/use.ts';
import { type Chance, chanceFrom } from '../simulation/chance.ts';
import type { TimelineEvent } from '../timeline/event.ts';
import type { CallRecord } from '../wire/desk.ts';
import type { TrainingAct, TrainingEnding } from '../wire/training.ts';
import { deskCommandOf } from './desk-acts.ts';
import { askingPlace, type CallerLine, linesAt, placeOfBranch, tiredLine } from './lines.ts';
import { holds, type Situation, tokensOf } from './occasion.ts';
import { ownEvents } from './own-acts.ts';
import { PrivateHotline, type PrivateWorld, trainingCall } from './private-hotline.ts';
import type { Branch, CallerState, Stop, TrainingScript } from './script.ts';
import { spokenMs, utterance } from './spoken.ts';
import { noSteps, type StepsDone, stepsAfter } from './steps.ts';

export interface TrainingWorld extends PrivateWorld {
  /** phrase families in what somebody who practises says */
  hears(text: string): ReadonlySet<string>;
}

export interface RehearsalSetup {
  readonly script: TrainingScript;
  /** 工号 of who practises */
  readonly agent: string;
  readonly startedAt: Instant;
  readonly seed: number;
}

/** A stop of the script: something comes first. */
export interface Stopped {
  readonly stopped: Stop;
}
export type RehearsalAnswer = HotlineAnswer | Stopped;

/** A line of the caller: said, or about to be. `id` as `CallerLine.line`. */
interface Line {
  readonly text: string;
  readonly id: string;
  readonly at: Instant;
}

/** A training ends after so long on its own clock, ms, and takes so many acts. */
export const longestMs = 40 * 60_000;
export const mostActs = 400;
/** between two lines of a caller who goes on speaking, ms */
const breathMs = 1500;
/** who is answered waits so long for the greeting before speaking, ms */
const greetingMs = 4000;
const hangUpMs = 900;
const wrapUpMs = 5 * 60_000;
/** turns of the clock that one step forward may take; beyond it something goes round in circles */
const mostTurns = 2000;

const nobodySpoke = { families: new Set<string>(), texts: [] as string[], did: new Set<string>() };

/**
 * One try at a script: the state machine of the caller around a private hotline, driven by acts and by time as an argument. The same
 * script, seed and acts at the same instants give the same events. INVARIANT (a training ends): whatever is put in, `over` holds once
 * `longestMs` has passed, and no input throws.
 */
export class Rehearsal {
  readonly house: PrivateHotline;
  readonly #setup: RehearsalSetup;
  readonly #world: TrainingWorld;
  readonly #chance: Chance;
  readonly visited = new Set<string>();
  readonly stops: { readonly at: Instant; readonly did: string; readonly stop: Stop }[] = [];
  readonly ownDone = new Set<string>();
  readonly opened = new Set<string>();
  found: readonly string[] = [];
  record: CallRecord | undefined;
  steps: StepsDone = noSteps;
  ending: TrainingEnding | undefined;
  over = false;
  /** the line that was spoken last */
  line: Line | undefined;
  speakingUntil: Instant;
  mood: number;
  #lines: Line[] = [];
  #turn = nobodySpoke;
  readonly #marked = new Set<string>();
  #place: string | undefined;
  #answered = false;
  #missed = 0;
  #acts = 0;
  #arrivesAt: Instant | undefined;
  #reactAt: Instant | undefined;
  #leavesAt: Instant | undefined;
  #colleagueAt: Instant | undefined;
  #quietSince: Instant;

  constructor(setup: RehearsalSetup, world: TrainingWorld) {
    const { script, agent, startedAt, seed } = setup;
    this.#setup = setup;
    this.#world = world;
    this.#chance = chanceFrom(seed);
    const settings = { ...world.settings, wrapUpMs };
    const asks = world.asks?.bind(world);
    this.house = new PrivateHotline(agent, script.colleagues, { settings, calendar: world.calendar, ...(asks && { asks }) }, startedAt);
    this.house.ready(agent);
    this.#arrivesAt = startedAt + 1000 + Math.floor(this.#chance() * 2000);
    this.mood = script.caller.mood;
    this.speakingUntil = startedAt;
    this.#quietSince = startedAt;
  }

  get now(): Instant {
    return this.house.now;
  }

  get script(): TrainingScript {
    return this.#setup.script;
  }

  get startedAt(): Instant {
    return this.#setup.startedAt;
  }

  /** The caller speaks, or will go on at once. */
  get callerSpeaks(): boolean {
    return this.#lines.length > 0;
  }

  get holdEndsAt(): Instant | undefined {
    const held = this.house.call?.hold.open;
    return held === undefined ? undefined : held.startedAt + this.script.caller.holds;
  }

  /** When something happens by itself next; undefined = it is over. */
  get next(): Instant | undefined {
    if (this.over) return undefined;
    const dues = [
      this.startedAt + longestMs,
      ...[this.house.next, this.#arrivesAt, this.#lines[0]?.at, this.#reactAt, this.#leavesAt, this.#colleagueAt],
      ...[this.#silenceAt(), this.#talks() ? this.holdEndsAt : undefined],
    ].filter((due) => due !== undefined);
    return Math.max(this.now, Math.min(...dues));
  }

  /** Time passes until `to`; an earlier instant changes nothing. */
  advance(to: Instant): void {
    for (let turns = 0; !this.over; turns++) {
      const due = this.next ?? Number.POSITIVE_INFINITY;
      if (due > to) break;
      this.house.moveTo(due);
      if (turns > mostTurns) this.#finish('time');
      else this.#happens();
    }
    if (!this.over) this.house.moveTo(to);
  }

  /** Does something at `at`, or at the end of what the caller is saying. A refusal changes nothing but the clock. */
  act(act: TrainingAct, at: Instant): RehearsalAnswer {
    this.advance(Math.max(at, this.now));
    if (this.over) return refuse('training.over');
    this.#acts += 1;
    if (act.do === 'give-up' || this.#acts > mostActs) {
      this.#finish(act.do === 'give-up' ? 'gave-up' : 'time');
      return { ok: true };
    }
    if (!this.callerSpeaks && this.now < this.speakingUntil) this.advance(this.speakingUntil);
    const stopped = this.#stopFor(tokensOf(act));
    if (stopped !== undefined) return { stopped };
    const answer = act.do === 'say' ? this.#say(act.text) : this.#do(act);
    if ('ok' in answer && act.do !== 'say') this.#did(tokensOf(act));
    this.#follow();
    return answer;
  }

  events(): readonly TimelineEvent[] {
    return this.house.events();
  }

  #stopFor(tokens: readonly string[]): Stop | undefined {
    const found = this.script.stops.find(({ did, undone }) => {
      return did.some((token) => tokens.includes(token)) && undone.some((step) => !this.steps.first.has(step));
    });
    if (found !== undefined) this.stops.push({ at: this.now, did: tokens.at(-1) ?? '', stop: found });
    return found;
  }

  #do(act: Exclude<TrainingAct, { do: 'say' | 'give-up' }>): HotlineAnswer {
    const { script, house } = { script: this.script, house: this.house };
    if (act.do === 'own') {
      const own = script.acts.find((each) => each.act === act.act);
      if (own === undefined) return refuse('training.not-in-script', { what: act.act });
      if (!this.#answered) return refuse('call.not-talking');
      for (const event of ownEvents(own, house.agent, this.now)) house.report(event);
      this.ownDone.add(own.act);
      return { ok: true };
    }
    if (act.do === 'search' || act.do === 'open' || act.do === 'mark-answer') return this.#reads(act);
    const command = deskCommandOf(act, house, script);
    if (isRefusal(command)) return command;
    const answer = house.desk(house.agent, command);
    if (act.do === 'record' && 'ok' in answer) this.record = act.record;
    return answer;
  }

  #reads(act: Extract<TrainingAct, { do: 'search' | 'open' | 'mark-answer' }>): HotlineAnswer {
    const told = (did: KnowledgeAct) =>
      this.house.tell({ kind: 'knowledge', agent: this.house.agent, interaction: trainingCall, act: did, at: this.now });
    if (act.do === 'mark-answer') return told({ kind: 'answered', outcome: act.outcome, article: act.article });
    if (act.do === 'open') {
      const article = this.script.articles.find((each) => each.article === act.article);
      if (article === undefined) return refuse('training.not-in-script', { what: act.article });
      const answer = told({ kind: 'opened', article: article.article, version: 1, long: article.text.length > 200, stale: false });
      if ('ok' in answer) this.opened.add(article.article);
      return answer;
    }
    const hits = this.script.articles.filter(({ title, keywords }) => [title, ...keywords].some((word) => related(word, act.keywords)));
    const answer = told({ kind: 'searched', keywords: act.keywords, hits: hits.length });
    if ('ok' in answer) this.found = hits.map(({ article }) => article);
    return answer;
  }

  #say(text: string): HotlineAnswer {
    const { house } = this;
    const call = house.call;
    const held = call?.hold.open !== undefined;
    if (!this.#talks() || call === undefined) return refuse('call.not-talking');
    if (call.muted || (held && call.hold.open?.speakingOver !== true)) return refuse('training.not-heard');
    if (call.transfers.open !== undefined && !call.transfers.open.joined) return refuse('training.not-heard');
    const families = this.#world.hears(text);
    const at = this.now;
    const end = at + spokenMs(text);
    const overlap = Math.min(this.speakingUntil, end) - at;
    if (this.callerSpeaks && overlap > 0 && !families.has('backchannel')) this.#interrupts(at, overlap);
    for (const event of utterance('agent', text, at, call.interaction.talk?.leg ?? '')) house.report(event);
    this.#turn = { ...this.#turn, families: new Set([...this.#turn.families, ...families]), texts: [...this.#turn.texts, text] };
    this.#notes({ families, texts: [text], did: new Set() }, at);
    this.#quietSince = end;
    this.#lines = this.#lines.map((line, n) => (n === 0 ? { ...line, at: Math.max(line.at, end + breathMs) } : line));
    this.#reactAt = undefined;
    this.advance(end);
    if (!this.callerSpeaks) this.#reactAt = end + this.#thinks();
    return { ok: true };
  }

  #interrupts(at: Instant, overlap: number): void {
    this.house.report({ type: 'speech.interrupted', by: 'agent', occurredAt: at, fields: { victim: 'customer', overlap } });
    this.mood = Math.max(-3, this.mood - 1);
  }

  #did(tokens: readonly string[]): void {
    this.#turn = { ...this.#turn, did: new Set([...this.#turn.did, ...tokens]) };
    this.#notes({ families: new Set(), texts: [], did: new Set(tokens) }, this.now);
    this.#quietSince = this.now;
    if (this.#place !== undefined && !this.callerSpeaks && this.#talks()) this.#reactAt ??= this.now + this.#thinks();
  }

  #notes(now: Pick<Situation, 'families' | 'texts' | 'did'>, at: Instant): void {
    const situation = { ...now, silentMs: 0, mood: this.mood, done: new Set(this.steps.first.keys()) };
    this.steps = stepsAfter(this.script.steps, this.steps, { situation, visited: this.visited, at });
  }

  #thinks(): number {
    return 600 + Math.floor(this.#chance() * 900);
  }

  /** The one who practises has the caller on the line. */
  #talks(): boolean {
    const call = this.house.call;
    return call?.interaction.phase === 'talking' && call.interaction.talk?.agent === this.house.agent;
  }

  #silenceAt(): Instant | undefined {
    const call = this.house.call;
    const waits = call?.hold.open !== undefined || call?.transfers.open !== undefined;
    if (!this.#talks() || waits || this.callerSpeaks || this.#reactAt !== undefined || this.#leavesAt !== undefined) return undefined;
    const since = Math.max(this.#quietSince, this.speakingUntil);
    if (this.#place === undefined) return since + greetingMs;
    const branches = this.#state()?.when ?? [];
    return since + Math.min(this.script.caller.patience, ...branches.flatMap(({ after }) => after ?? []));
  }

  #state(): CallerState | undefined {
    return this.#place === undefined ? undefined : this.script.states[this.#place];
  }

  /** Whatever is due at this instant. */
  #happens(): void {
    const { now } = this;
    const due = (at: Instant | undefined) => at !== undefined && at <= now;
    if (now >= this.startedAt + longestMs) this.#finish('time');
    else if (due(this.#arrivesAt)) this.#arrives();
    else if (due(this.#lines[0]?.at)) this.#speaks();
    else if (due(this.#leavesAt)) this.#leaves();
    else if (due(this.#colleagueAt)) this.#colleague();
    else if (due(this.#reactAt)) this.#reacts();
    else if (this.#talks() && due(this.holdEndsAt)) this.#hangsUp('held-too-long');
    else if (due(this.#silenceAt())) this.#silence();
    this.#follow();
  }

  #arrives(): void {
    this.#arrivesAt = undefined;
    const { number } = this.script.caller;
    this.house.tell({ kind: 'caller-arrived', interaction: trainingCall, channel: 'phone', called: 'training', number, at: this.now });
  }

  /** What follows from where the hotline stands now. */
  #follow(): void {
    if (this.over) return;
    const { house } = this;
    const call = house.call;
    const { offer, phase, passedOver = [] } = call?.interaction ?? {};
    if (offer?.agent === house.agent && offer.ringingAt === undefined)
      house.desk(house.agent, { kind: 'ringing', interaction: trainingCall, leg: offer.leg });
    if (!this.#answered && passedOver.includes(house.agent)) this.#finish('not-answered');
    if (!this.#answered && phase === 'talking') {
      this.#answered = true;
      this.#quietSince = this.now;
      for (const { colleague } of this.script.colleagues) house.ready(colleague);
    }
    if (!this.#answered) return;
    this.#followTransfer();
    if (call === undefined || wrapUpOf(call.interaction, house.agent) !== undefined || phase === 'ended') this.#silent();
    if (call === undefined || (phase !== 'talking' && house.own === undefined)) this.#finish(this.ending ?? 'released');
    else if (!this.#talks() && wrapUpOf(call.interaction, house.agent) === undefined && house.own === undefined)
      this.#finish(this.ending ?? 'handed-over');
    else if (!this.#talks() && call.transfers.completed > 0) this.ending ??= 'handed-over';
  }

  /** The caller is gone, or somebody else's. */
  #silent(): void {
    this.#lines = [];
    this.#reactAt = undefined;
    this.#leavesAt = undefined;
    this.ending ??= (this.house.call?.transfers.completed ?? 0) > 0 ? 'handed-over' : 'released';
  }

  #followTransfer(): void {
    const open = this.house.call?.transfers.open;
    const colleague = this.script.colleagues.find((each) => each.colleague === open?.consulted?.agent);
    const waits = open?.consulted !== undefined && open.acceptedAt === undefined && colleague?.answers !== 'silent';
    if (!waits || colleague === undefined) this.#colleagueAt = undefined;
    else this.#colleagueAt ??= this.now + 3000;
  }

  #colleague(): void {
    this.#colleagueAt = undefined;
    const { house } = this;
    const open = house.call?.transfers.open;
    const consulted = open?.consulted;
    if (open === undefined || consulted === undefined) return;
    const { agent, consult: leg, answeredAt } = consulted;
    if (agent === undefined) return;
    const takes = this.script.colleagues.find(({ colleague }) => colleague === agent)?.answers === 'takes';
    if (!takes) {
      house.desk(agent, { kind: 'decline', interaction: trainingCall, leg, reason: '正忙' });
      this.#did(['transfer-failed']);
    } else if (answeredAt === undefined) house.desk(agent, { kind: 'answer', interaction: trainingCall, leg });
    else {
      house.desk(agent, { kind: 'transfer-step', interaction: trainingCall, step: 'accept' });
      this.#did(['transfer-accepted']);
    }
  }

  #speaks(): void {
    const [line, ...others] = this.#lines;
    if (line === undefined) return;
    this.line = { ...line, at: this.now };
    for (const event of utterance('customer', line.text, this.now, 'caller')) this.house.report(event);
    this.speakingUntil = this.now + spokenMs(line.text);
    const [next, ...rest] = others;
    this.#lines = next === undefined ? [] : [{ ...next, at: this.speakingUntil + breathMs }, ...rest];
    this.#quietSince = this.speakingUntil;
    if (this.#lines.length > 0) return;
    if (this.#state()?.ends !== undefined || this.ending !== undefined) this.#leavesAt = this.speakingUntil + hangUpMs;
    else if (this.#turn.texts.length > 0 && this.#reactAt === undefined) this.#reactAt = this.speakingUntil + this.#thinks();
  }

  #reacts(): void {
    this.#reactAt = undefined;
    if (!this.#talks() || this.house.call?.hold.open !== undefined) return;
    if (this.#place === undefined) {
      this.#enter(this.script.start);
      return;
    }
    const { when = [], otherwise } = this.#state() ?? {};
    const situation = this.#situation(0);
    const taken = when.findIndex((each) => each.after === undefined && holds(each, situation));
    const spoke = this.#turn.texts.length > 0 && !(this.#turn.families.has('backchannel') && this.#turn.texts.join('').length <= 8);
    this.#turn = nobodySpoke;
    if (taken !== -1) this.#take(taken, when[taken]);
    if (taken !== -1 || !spoke) return;
    this.#misses();
    if (otherwise !== undefined && this.ending === undefined && holds(otherwise, situation)) this.#take('else', otherwise);
  }

  #silence(): void {
    if (this.#place === undefined) {
      this.#enter(this.script.start);
      return;
    }
    const { patience, asks } = this.script.caller;
    const silentMs = this.now - Math.max(this.#quietSince, this.speakingUntil);
    const when = this.#state()?.when ?? [];
    const taken = when.findIndex((each) => each.after !== undefined && holds(each, this.#situation(silentMs)));
    this.#quietSince = this.now;
    if (taken === -1 && silentMs < patience) return;
    this.#misses();
    if (this.ending !== undefined) return;
    if (taken !== -1) this.#take(taken, when[taken]);
    else this.#asks(asks);
  }

  #asks(asks: readonly string[]): void {
    const one = Math.floor(this.#chance() * asks.length);
    this.#says(linesAt(askingPlace, asks).slice(one, one + 1));
  }

  #situation(silentMs: number): Situation {
    return { ...this.#turn, silentMs, mood: this.mood, done: new Set(this.steps.first.keys()) };
  }

  /** Something that fits nothing, or silence: after some of them the caller has had enough. */
  #misses(): void {
    this.#missed += 1;
    if (this.#missed < this.script.caller.tries) return;
    this.ending = 'tired';
    this.#says([tiredLine]);
  }

  #take(branch: number | 'else', { mood = 0, says = [], go }: Branch = {}): void {
    this.mood = Math.min(3, Math.max(-3, this.mood + mood));
    this.#says(linesAt(placeOfBranch(this.#place ?? '', branch), says));
    if (go !== undefined) this.#enter(go);
  }

  #enter(place: string): void {
    this.#place = place;
    this.#missed = 0;
    this.visited.add(place);
    this.#turn = nobodySpoke;
    const { says, ends, marks } = this.script.states[place] ?? { says: [], ends: 'settled' as const, marks: [] };
    for (const flag of marks) if (!this.#marked.has(flag)) this.#marks(flag);
    this.#says(linesAt(place, says));
    if (ends === undefined) return;
    this.ending = ends;
    if (this.#lines.length === 0) this.#leavesAt = this.now + hangUpMs;
  }

  #marks(flag: string): void {
    this.#marked.add(flag);
    this.house.report({ type: 'flag.set', by: 'agent', occurredAt: this.now, fields: { flag } });
  }

  #says(lines: readonly CallerLine[]): void {
    this.#lines = [...this.#lines, ...lines.map(({ line, says }) => ({ text: says, id: line, at: this.now }))];
  }

  #leaves(): void {
    this.#leavesAt = undefined;
    this.#hangsUp(this.ending ?? 'settled');
  }

  #hangsUp(ending: TrainingEnding): void {
    this.ending = ending;
    this.#lines = [];
    this.#leavesAt = undefined;
    this.house.tell({ kind: 'caller-left', interaction: trainingCall, cause: 'bye', at: this.now });
  }

  /** Ends the call and the work after it, so that everything about it is judged. */
  #finish(ending: TrainingEnding): void {
    this.ending = ending;
    this.over = true;
    this.#lines = [];
    const { house } = this;
    if (house.call?.interaction.phase !== 'wrap-up' && house.call !== undefined)
      house.tell({ kind: 'caller-left', interaction: trainingCall, cause: 'bye', at: this.now });
    for (let turns = 0; house.call !== undefined && turns < 50; turns++) house.moveTo(house.next ?? this.now + wrapUpMs);
  }
}

/** Either holds the other; what is typed is short. */
function related(word: string, typed: string): boolean {
  const one = word.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .some((part) => part !== '' && (one.includes(part) || part.includes(one)));
}
