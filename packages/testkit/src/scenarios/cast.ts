import type { CallFlag, CallRecord } from '@threerings/core/wire/desk';
import { Caller } from './caller.ts';
import { deskShows, type Expectation, presenceIs, proposalLies } from './expectations.ts';
import type { SeenDesk } from './seen.ts';
import type { ActingDeskAct, ChatDeskAct, DeskAct, DeskAnswered, DialAct, LeaderAct, MatterAct, Step } from './steps.ts';
import { type DialTerms, type HoldTerms, holdOf, type PromiseTerms, promiseOf, type TransferTerms, transferOf } from './terms.ts';
import { Visitor } from './visitor.ts';

type PromiseAct = Extract<MatterAct, { does: 'changes-promise' }>;
/** Seconds as the milliseconds that everything here counts in. */
export const s = (seconds: number): number => seconds * 1000;

/** So much time passes. */
export const after = (ms: number): Step => ({ kind: 'pause', ms });

/** The machine stands still for so long. */
export const theMachineSleeps = (ms: number): Step => ({ kind: 'pause', ms, asleep: true });

/** Time passes until this holds. */
export const until = (expectation: Expectation, mostMs = s(30)): Step => ({ kind: 'until', expectation, mostMs });

/** These hold now. */
export const check = (...expectations: readonly Expectation[]): Step => ({ kind: 'check', expectations });

export const theVoiceProcessCrashes: Step = { kind: 'fault', fault: 'voice-crashes' };
export const theServerIsKilled: Step = { kind: 'fault', fault: 'server-is-killed' };

const nothing: CallRecord = { who: '', when: '', where: '', what: '', why: '', how: '' };

/** A person at a desk. What is said of them reads as a sentence: `lin.answers()`, `lin.is('ready')`. */
export class Agent {
  readonly number: string;

  constructor(number: string) {
    this.number = number;
  }

  /** At the desk, signed in to the shift, 示闲. */
  isReady(): readonly Step[] {
    return [this.opensDesk(), this.signsIn(), this.goesReady()];
  }

  opensDesk(): Step {
    return { kind: 'page', agent: this.number, does: 'opens-desk' };
  }

  losesTheSocket(): Step {
    return { kind: 'page', agent: this.number, does: 'loses-socket' };
  }

  comesBack(): Step {
    return { kind: 'page', agent: this.number, does: 'comes-back' };
  }

  signsIn(): Step {
    return this.#does({ kind: 'sign-in-shift' });
  }

  signsOut(): Step {
    return this.#does({ kind: 'sign-out-shift' });
  }

  goesReady(): Step {
    return this.#does({ kind: 'set-presence', state: 'ready' });
  }

  goesBusy(): Step {
    return this.#does({ kind: 'set-presence', state: 'busy' });
  }

  /** A call is offered, and the device says that it rings. */
  isRung(): readonly Step[] {
    return [until(this.desk('ring')), this.#does({ kind: 'ringing' })];
  }

  answers(): Step {
    return this.#does({ kind: 'answer' });
  }

  answersAfter(ms: number): readonly Step[] {
    return [...this.isRung(), after(ms), this.answers()];
  }

  declines(reason: string): Step {
    return this.#does({ kind: 'decline', reason });
  }

  says(text: string): Step {
    return { kind: 'agent-says', agent: this.number, text };
  }

  holds(terms: HoldTerms = {}): Step {
    return this.#does(holdOf(terms));
  }

  /** Wants to hold, and is asked for a reason by this norm instead. */
  isAskedWhenHolding(norm: string, terms: HoldTerms = {}): Step {
    return this.#does(holdOf(terms), { asks: norm });
  }

  /** 回应: over the music, heard by the caller. */
  saysOverTheMusic(text: string): readonly Step[] {
    return [this.#does({ kind: 'speak-over', on: true }), this.says(text), this.#does({ kind: 'speak-over', on: false })];
  }

  resumes(): Step {
    return this.#does({ kind: 'resume' });
  }

  /** The caller waits with music, a colleague is rung and reads the summary. */
  transfers(terms: TransferTerms): Step {
    return this.#does(transferOf(terms));
  }

  isAskedWhenTransferring(norm: string, terms: TransferTerms): Step {
    return this.#does(transferOf(terms), { asks: norm });
  }

  isRefusedToTransfer(code: string, terms: TransferTerms): Step {
    return this.#does(transferOf(terms), { refuses: code });
  }

  /** Nobody answers: “hello, can you hear me?” */
  asksIntoTheSilence(): Step {
    return this.#does({ kind: 'ask-silent-line' });
  }

  /** The caller will not use self-service; these other ways were named. */
  marksSelfServiceRefused(reason: 'dispute' | 'difficult' | 'unwilling' | 'other', ...channels: readonly string[]): Step {
    return this.#does({ kind: 'refuse-self-service', reason, channels: [...channels] });
  }

  /** Looks at who is free at an expert seat. */
  checksExperts(seat: string): Step {
    return this.#does({ kind: 'check-experts', seat });
  }

  /** A colleague is rung about a caller, and answers. */
  isConsulted(): readonly Step[] {
    return [until(this.desk('consult')), this.answers()];
  }

  /** 接手: will take the caller over. */
  accepts(): Step {
    return this.#does({ kind: 'transfer-step', step: 'accept' });
  }

  /** Speaks to the colleague no longer, and does not take the caller. */
  leavesTheConsult(): Step {
    return this.#does({ kind: 'transfer-step', step: 'leave' });
  }

  /** 三方 */
  joinsThemAll(): Step {
    return this.#does({ kind: 'transfer-step', step: 'join' });
  }

  /** 放手: the caller is the colleague's. */
  letsGo(): Step {
    return this.#does({ kind: 'transfer-step', step: 'complete' });
  }

  takesBack(): Step {
    return this.#does({ kind: 'transfer-step', step: 'take-back' });
  }

  /** 阅知: has read that calls may be listened to. */
  acknowledgesMonitoring(): Step {
    return this.#does({ kind: 'acknowledge-policy', policy: 'monitoring', version: 1 });
  }

  /** As a leader, on the call that the other one has now. */
  monitors(other: Agent, mode: 'listen' | 'whisper' | 'barge'): Step {
    return this.#leads(other, { kind: 'monitor', mode });
  }

  isRefusedToMonitor(other: Agent, mode: 'listen' | 'whisper' | 'barge', code: string): Step {
    return this.#leads(other, { kind: 'monitor', mode }, { refuses: code });
  }

  stopsMonitoring(other: Agent): Step {
    return this.#leads(other, { kind: 'stop-monitoring' });
  }

  takesOverFrom(other: Agent): Step {
    return this.#leads(other, { kind: 'take-over' });
  }

  sets(other: Agent, state: 'ready' | 'busy'): Step {
    return this.#leads(other, { kind: 'set-state', state });
  }

  /** 申请小休, or somebody to talk to; why is asked of nobody. */
  asksForRest(wish: 'rest' | 'talk' = 'rest'): Step {
    return this.#does({ kind: 'ask-rest', wish });
  }

  /** As a leader: so long, or not now. */
  answersRestOf(other: Agent, limitMs?: number): Step {
    return this.#leads(other, { kind: 'answer-rest', ...(limitMs === undefined ? {} : { limitMs }) });
  }

  isRefusedToAnswerRestOf(other: Agent, code: string): Step {
    return this.#leads(other, { kind: 'answer-rest', limitMs: 600_000 }, { refuses: code });
  }

  mutes(on = true): Step {
    return this.#does({ kind: 'mute', on });
  }

  /** Stops the recording before a secret is said, or goes on with it. */
  pausesRecording(on = true): Step {
    return this.#does({ kind: 'pause-recording', on });
  }

  ticks(norm: string, part?: string): Step {
    return this.#does({ kind: 'tick', norm, part });
  }

  marksConsent(about: 'hold' | 'transfer' | 'callback' | 'recording', given = true): Step {
    return this.#does({ kind: 'mark-consent', about, given });
  }

  marksEmergency(about: string): Step {
    return this.#does({ kind: 'mark-emergency', about });
  }

  savesRecord(record: Partial<CallRecord>): Step {
    return this.#does({ kind: 'save-record', record: { ...nothing, ...record } });
  }

  /** 事项 */
  setsMatter(matter: string): Step {
    return this.#does({ kind: 'set-matter', matter });
  }

  /** Promises in the call; due so long from then. */
  promises(terms: PromiseTerms): Step {
    return this.#does(promiseOf(terms));
  }

  isRefusedToPromise(terms: PromiseTerms, code: string): Step {
    return this.#does(promiseOf(terms), { refuses: code });
  }

  /** So many proposals of this origin lie on the desk. */
  isProposed(origin: 'hold-declined' | 'hold-long' | 'norm' | 'transfer-long', times = 1): Expectation {
    return proposalLies(this.number, origin, times);
  }

  /** Calls somebody back as promised, having written down why. */
  callsBack(whom: Caller, terms: DialTerms = {}): Step {
    return this.#dials(whom, 'promise', terms);
  }

  /** One press after the line dropped. */
  redials(whom: Caller): Step {
    return this.#dials(whom, 'redial', { purpose: 'redial', note: '' });
  }

  calls(whom: Caller, terms: DialTerms = {}): Step {
    return this.#dials(whom, 'number', terms);
  }

  isRefusedToCall(whom: Caller, code: string, terms: DialTerms & { readonly by?: DialAct['by'] } = {}): Step {
    const { by = 'promise', ...rest } = terms;
    return this.#dials(whom, by, rest, { refuses: code });
  }

  isAskedWhenCalling(whom: Caller, norm: string, terms: DialTerms = {}): Step {
    return this.#dials(whom, 'promise', terms, { asks: norm });
  }

  /** What became of the call that reached somebody. */
  tellsResult(outcome: 'done' | 'reached' | 'absent' | 'wrong-number', message?: boolean): Step {
    return this.#does({ kind: 'settle-outbound', outcome, ...(message === undefined ? {} : { message }) });
  }

  /** Lets go of the caller, who is asked to rate the call. */
  offersSurvey(): Step {
    return this.#does({ kind: 'offer-survey' });
  }

  /** The caller asked not to be called. */
  marksUnsafe(): Step {
    return this.#does({ kind: 'mark-unsafe' });
  }

  finishesWrapUp(): Step {
    return this.#does({ kind: 'finish-wrap-up' });
  }

  extendsWrapUp(reason: string): Step {
    return this.#does({ kind: 'extend-wrap-up', reason });
  }

  /** Presses hang-up; the guard asks first (a second press, then a reason). */
  isAskedWhenReleasing(confirmed: boolean): Step {
    return this.#does({ kind: 'release', confirmed }, { asks: 'guard' });
  }

  releases(reason?: string): Step {
    return this.#does({ kind: 'release', confirmed: true, reason });
  }

  /** Opens the seat for chats; no headset is needed for it. */
  takesChats(): Step {
    return this.#chats({ kind: 'seat', open: true });
  }

  takesNoChats(reason?: string): Step {
    return this.#chats({ kind: 'seat', open: false, reason });
  }

  /** In the shift, with an open seat, and nothing more. */
  isInChat(): readonly Step[] {
    return [this.signsIn(), this.takesChats()];
  }

  writesTo(
    of: Visitor,
    text: string,
    more: { readonly despite?: string; readonly quickReply?: { reply: string; version: number; stale?: boolean } } = {},
  ): Step {
    return this.#chats({ kind: 'send', text, ...more }, of);
  }

  looksAt(of: Visitor): Step {
    return this.#chats({ kind: 'read' }, of);
  }

  endsChatOf(of: Visitor): Step {
    return this.#chats({ kind: 'end' }, of);
  }

  doesIn(of: Visitor, act: ChatDeskAct): Step {
    return this.#chats(act, of);
  }

  isRefusedIn(of: Visitor, act: ChatDeskAct, code: string): Step {
    return this.#chats(act, of, { refuses: code });
  }

  /** 标记情形 */
  marks(flag: CallFlag, more: { readonly ticket?: string } = {}): Step {
    return this.#does({ kind: 'set-flag', flag, ...more });
  }

  /** About the newest call of this caller. */
  writesTicket(of: Caller, ticket: Omit<Extract<MatterAct, { does: 'writes-ticket' }>, 'does'>): Step {
    return this.#matters(of, { does: 'writes-ticket', ...ticket });
  }

  /** The newest ticket of this caller. */
  changesTicket(of: Caller, change: Extract<MatterAct, { does: 'changes-ticket' }>['change'], inMs?: number): Step {
    return this.#matters(of, { does: 'changes-ticket', change, ...(inMs === undefined ? {} : { inMs }) });
  }

  isRefusedToChangeTicket(of: Caller, change: Extract<MatterAct, { does: 'changes-ticket' }>['change'], code: string, inMs?: number): Step {
    return this.#matters(of, { does: 'changes-ticket', change, ...(inMs === undefined ? {} : { inMs }) }, { refuses: code });
  }

  /** The newest open promise to this caller, as its owner or as a leader. */
  changesPromise(of: Caller, change: PromiseAct['change'], { inMs, refuses }: { inMs?: number; refuses?: string } = {}): Step {
    return this.#matters(of, { does: 'changes-promise', change, inMs }, refuses === undefined ? 'done' : { refuses });
  }

  /** Searches the knowledge base in vain, and says so. */
  findsNothing(of: Caller, words: string): Step {
    return this.#matters(of, { does: 'finds-nothing', words });
  }

  opensArticle(of: Caller, article: string, words: string): Step {
    return this.#matters(of, { does: 'opens-article', words, article });
  }

  marksAnswer(of: Caller, outcome: 'answered' | 'not-found' | 'refused' | 'out-of-scope', article?: string): Step {
    return this.#matters(of, { does: 'marks-answer', outcome, ...(article === undefined ? {} : { article }) });
  }

  /** In the call or chat with this customer. */
  actsFor(of: Caller, act: ActingDeskAct): Step {
    return { kind: 'acting', agent: this.number, caller: of.name, act, answered: 'done' };
  }

  isStopped(of: Caller, act: ActingDeskAct, code: string): Step {
    return { kind: 'acting', agent: this.number, caller: of.name, act, answered: { refuses: code } };
  }

  isRefused(act: DeskAct, code: string): Step {
    return this.#does(act, { refuses: code });
  }

  is(state: string, reason?: string): Expectation {
    return presenceIs(this.number, state, reason);
  }

  desk(shows: SeenDesk['shows'], of?: Caller): Expectation {
    return deskShows(this.number, shows, of?.name);
  }

  #chats(act: ChatDeskAct, of?: Visitor, answered: DeskAnswered = 'done'): Step {
    return { kind: 'chats', agent: this.number, act, of: of?.name, answered };
  }

  #matters(of: Caller, act: MatterAct, answered: DeskAnswered = 'done'): Step {
    return { kind: 'matter', agent: this.number, caller: of.name, act, answered };
  }

  #dials(whom: Caller, by: DialAct['by'], terms: DialTerms, answered: DeskAnswered = 'done'): Step {
    const { purpose = by === 'promise' ? 'promised' : 'other', note = '核查结果；问是否还有疑问', because, number } = terms;
    const act = { whom: whom.name, by, purpose, note, number, override: because };
    return { kind: 'dial', agent: this.number, caller: whom.name, act, answered };
  }

  #leads(other: Agent, act: LeaderAct, answered: DeskAnswered = 'done'): Step {
    return { kind: 'leader', agent: this.number, of: other.number, act, answered };
  }

  #does(act: DeskAct, answered: DeskAnswered = 'done'): Step {
    return { kind: 'desk', agent: this.number, act, answered };
  }
}

export const agent = (number: string): Agent => new Agent(number);
export const caller = (name: string): Caller => new Caller(name);
export const visitor = (name: string): Visitor => new Visitor(name);
