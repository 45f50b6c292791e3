import {
  type EventWanted,
  type Expectation,
  eventHappened,
  eventsInOrder,
  gaveGrade,
  normJudged,
  normJudgedSo,
  normSilent,
  nothingOwed,
  type PromiseWanted,
  promiseStands,
  type TicketWanted,
  ticketStands,
} from './expectations.ts';
import type { CallerAct, Step } from './steps.ts';

const until = (expectation: Expectation): Step => ({ kind: 'until', expectation, mostMs: 30_000 });

/** 工号 of who answers for something. */
interface Who {
  readonly number: string;
}

const by = (who: Who | undefined) => (who === undefined ? {} : { who: who.number });

/** A person on the telephone, and what is expected of their newest call. */
export class Caller {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  /** Dials the hotline, or another number of it. */
  dials(called?: string): Step {
    return { kind: 'caller', caller: this.name, act: { does: 'dials', ...(called === undefined ? {} : { called }) } };
  }

  /** Dials, and hears that the call is recorded. */
  calls(called?: string): readonly Step[] {
    return [this.dials(called), until(this.heard('recording-notice'))];
  }

  hangsUp(): Step {
    return this.#does('hangs-up');
  }

  lineDrops(): Step {
    return this.#does('line-drops');
  }

  /** The telephone of somebody whom we call. */
  rings(): Step {
    return this.#act({ does: 'rings' });
  }

  /** Answers a call of ours, and hears that it is recorded. */
  picksUp(): readonly Step[] {
    return [this.rings(), this.#act({ does: 'picks-up' }), until(this.heard('recording-notice'))];
  }

  /** The line refuses a call of ours with this SIP status. */
  refuses(status: number): Step {
    return this.#act({ does: 'refuses', status });
  }

  presses(key: string): Step {
    return { kind: 'caller', caller: this.name, act: { does: 'presses', key } };
  }

  says(text: string): Step {
    return { kind: 'caller', caller: this.name, act: { does: 'says', text } };
  }

  heard(prompt: string): Expectation {
    return eventHappened(this.name, 'prompt.played', { fields: { prompt, interrupted: false } });
  }

  has(type: string, wanted?: EventWanted): Expectation {
    return eventHappened(this.name, type, wanted);
  }

  never(type: string, wanted: Omit<EventWanted, 'times'> = {}): Expectation {
    return eventHappened(this.name, type, { ...wanted, times: 0 });
  }

  went(...types: readonly string[]): Expectation {
    return eventsInOrder(this.name, types);
  }

  isRecorded(): Expectation {
    return eventsInOrder(this.name, ['prompt.played', 'recording.started', 'recording.stopped']);
  }

  wasPromised(wanted: PromiseWanted): Expectation {
    return promiseStands(this.name, wanted);
  }

  hasTicket(wanted: TicketWanted): Expectation {
    return ticketStands(this.name, wanted);
  }

  kept(norm: string, who?: Who): Expectation {
    return normJudged(this.name, norm, { value: 'kept', ...by(who) });
  }

  /** Nothing that was promised is open. */
  isOwedNothing(): Expectation {
    return nothingOwed(this.name);
  }

  broke(norm: string, { who, missing }: { readonly who?: Who; readonly missing?: readonly string[] } = {}): Expectation {
    return normJudged(this.name, norm, { value: 'broken', ...(missing === undefined ? {} : { missing }), ...by(who) });
  }

  moot(norm: string, reason: string): Expectation {
    return normJudged(this.name, norm, { value: 'moot', reason });
  }

  unknown(norm: string, reason: string): Expectation {
    return normJudged(this.name, norm, { value: 'unknown', reason });
  }

  /** Broken once, although other judgements of this norm may say otherwise. */
  brokeOnce(norm: string, who: Who): Expectation {
    return normJudgedSo(this.name, norm, { value: 'broken', ...by(who) });
  }

  /** Kept once, although other judgements of this norm may say otherwise. */
  keptOnce(norm: string, who: Who): Expectation {
    return normJudgedSo(this.name, norm, { value: 'kept', ...by(who) });
  }

  /** Charged to nobody: among other judgements of this norm one could not be told, for this reason. */
  unknownOnce(norm: string, reason: string): Expectation {
    return normJudgedSo(this.name, norm, { value: 'unknown', reason });
  }

  /** The newest call was given this grade. */
  rated(score: number): Expectation {
    return gaveGrade(this.name, score);
  }

  notJudged(norm: string): Expectation {
    return normSilent(this.name, norm);
  }

  #act(act: CallerAct): Step {
    return { kind: 'caller', caller: this.name, act };
  }

  #does(does: 'hangs-up' | 'line-drops'): Step {
    return this.#act({ does });
  }
}
