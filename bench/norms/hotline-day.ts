import { sourceOf } from '@threerings/core/timeline/vocabulary';
import type { PhraseFamily } from '@threerings/norms/phrases';
import type { FieldValue, TraceEvent } from '@threerings/norms/trace';
import { pick, type Random } from '@threerings/testkit/norms/random';
import { customerSays, figures, staffSays } from './small-talk.ts';

/** A call as the engine gets it, and how many utterances it has. */
export interface GeneratedCall {
  readonly events: readonly TraceEvent[];
  readonly utterances: number;
}

export interface DayOptions {
  readonly calls: number;
  /** also when each side spoke and how loud: what listening adds to a call that is not imported */
  readonly acoustics?: boolean;
}

const dayBegins = Date.UTC(2026, 2, 2, 0, 0);
const openFor = 12 * 3_600_000;
const agents = Array.from({ length: 40 }, (_, i) => String(1001 + i));
const matters = ['咨询', '查询', '投诉', '报修', '办理'];

/**
 * Twelve hours of a hotline (08:00–20:00 in Beijing), made by chance: calls of one to fifteen minutes with queue, ringing, greeting, ordinary
 * talk, knowledge searches, record, wrap-up; one in four is held, one in twelve transferred, one in ten gets a promise, one in fifteen
 * complains, and one in fifty agents forgets himself. Ordinary sentences are most of what is said.
 */
export function hotlineDay(families: readonly PhraseFamily[], random: Random, options: DayOptions): readonly GeneratedCall[] {
  const table = new Map(families.map((family) => [family.id, family]));
  return Array.from({ length: options.calls }, (_, n) =>
    new CallInTheMaking(table, random, options.acoustics === true).call(n, dayBegins + Math.floor((n * openFor) / options.calls)),
  );
}

class CallInTheMaking {
  readonly #families: ReadonlyMap<string, PhraseFamily>;
  readonly #random: Random;
  readonly #acoustics: boolean;
  readonly #events: TraceEvent[] = [];
  #at = 0;
  #id = '';
  #utterances = 0;

  constructor(families: ReadonlyMap<string, PhraseFamily>, random: Random, acoustics: boolean) {
    this.#families = families;
    this.#random = random;
    this.#acoustics = acoustics;
  }

  call(n: number, begins: number): GeneratedCall {
    this.#id = `c${n}`;
    this.#at = begins;
    const agent = pick(this.#random, agents);
    this.#arrives(agent);
    this.#talks(agent);
    this.#ends(agent);
    return { events: this.#events, utterances: this.#utterances };
  }

  #arrives(agent: string): void {
    this.#note('call.offered', 0, 'customer', {
      direction: 'in',
      channel: 'phone',
      number: `1380013${this.#below(9999)}`,
      called: '12333',
    });
    this.#note('call.queued', 3000, 'customer', { queue: 'q1' });
    this.#note('call.dequeued', this.#chance(0.2) ? this.#below(40_000) : 500, 'system', { queue: 'q1', outcome: 'offered' });
    this.#note('call.agent-offered', 10, 'system', { agent, leg: 'a' });
    this.#note('call.ringing', 90, 'system', { agent, leg: 'a', target: 'agent' });
    this.#note('call.answered', 1500 + this.#below(this.#chance(0.1) ? 20_000 : 6000), 'agent', { agent, leg: 'a', rings: 1 });
    this.#note('recording.started', 5, 'system', { recording: 'r' });
    this.#note('record.opened', 200, 'agent', { record: 'r' });
  }

  #talks(agent: string): void {
    const { greeting, closing, thanking } = this.#formulas();
    this.#says('agent', greeting(agent));
    const turns = 8 + this.#below(40);
    for (let turn = 0; turn < turns; turn++) {
      this.#says('customer', this.#customer());
      if (this.#chance(0.3)) this.#says('customer', this.#customer());
      this.#says('agent', this.#agent());
      if (this.#chance(0.3)) this.#says('agent', this.#agent());
      if (turn === 2) this.#looksUp();
      if (turn === 4 && this.#chance(0.25)) this.#holds();
      if (turn === 6 && this.#chance(1 / 12)) this.#transfers();
    }
    if (this.#chance(0.1)) this.#says('agent', this.#phrase('callback_promise'));
    this.#says('customer', thanking);
    this.#says('agent', closing);
  }

  #formulas() {
    const greeting = (agent: string) => (this.#chance(0.9) ? `您好，${agent}号为您服务，请问有什么可以帮您？` : '喂，你说');
    const closing = this.#chance(0.8) ? '请问还有其他需要吗？感谢您的来电，祝您生活愉快，再见' : '行，那就这样';
    return { greeting, closing, thanking: this.#chance(0.7) ? '没有了，谢谢你啊' : '嗯，知道了' };
  }

  #customer(): string {
    if (this.#chance(1 / 300)) return this.#phrase('complaint_words');
    return this.#ordinary(customerSays);
  }

  #agent(): string {
    const k = this.#random();
    if (k < 0.004) return this.#phrase('forbidden_ignorance');
    if (k < 0.06) return `${this.#phrase('apology')}，${this.#ordinary(staffSays)}`;
    if (k < 0.1) return this.#phrase('backchannel');
    return this.#ordinary(staffSays);
  }

  #ordinary(sentences: readonly string[]): string {
    return pick(this.#random, sentences).replace('#', () => pick(this.#random, figures));
  }

  /** An example of a phrase family; an ordinary sentence where no pack has the family. */
  #phrase(family: string): string {
    const examples = this.#families.get(family)?.hit ?? [];
    return examples.length === 0 ? this.#ordinary(staffSays) : pick(this.#random, examples);
  }

  #looksUp(): void {
    this.#note('knowledge.searched', 500, 'agent', { keywords: '转移', hits: 4 });
    this.#note('knowledge.opened', 1500, 'agent', { article: 'k1', version: 2 });
    this.#note('matter.set', 800, 'agent', { matter: pick(this.#random, matters) });
  }

  #holds(): void {
    this.#says('agent', '我帮您核实一下，大概需要一分钟，请您稍等，可以吗');
    this.#says('customer', '好的');
    this.#note('hold.started', 600, 'agent', { hold: 'h', leg: 'a' });
    this.#note('hold.resumed', 10_000 + this.#below(60_000), 'agent', { hold: 'h', leg: 'a', outcome: 'agent' });
    this.#says('agent', '让您久等了，感谢您的等待');
  }

  #transfers(): void {
    this.#says('agent', '这个问题我帮您转到专席，请不要挂机');
    this.#note('transfer.started', 800, 'agent', { transfer: 't', target: 'q2', kind: 'warm' });
    this.#note('transfer.failed', 9000, 'system', { transfer: 't', outcome: 'busy' });
  }

  #ends(agent: string): void {
    this.#note('answer.marked', 300, 'agent', { outcome: 'answered' });
    this.#note('call.released', 900, this.#chance(0.8) ? 'customer' : 'agent', { leg: 'a' });
    this.#note('call.ended', 2, 'system', { outcome: 'normal', side: 'customer', talk: 60_000 });
    this.#note('recording.stopped', 2, 'system', { recording: 'r', duration: 60_000 });
    this.#note('wrapup.started', 1, 'agent', { agent });
    this.#note('record.saved', 6000 + this.#below(30_000), 'agent', { record: 'r', filled: ['what', 'who'], missing: [] });
    this.#note('wrapup.ended', 1000, 'agent', { agent });
    this.#note('interaction.closed', 1, 'system', { reason: 'done' });
  }

  #says(by: 'agent' | 'customer', text: string): void {
    const length = text.length * 220;
    this.#at += 300 + this.#below(this.#chance(0.05) ? 6000 : 1200);
    if (this.#acoustics) {
      this.#note('speech.activity-started', 0, by, { leg: by });
      this.#note('speech.level', length, by, { level: -25 - this.#below(8), peak: -12, window: length });
      this.#note('speech.activity-ended', 1, by, { leg: by, speech: length });
      this.#at -= length + 1;
    }
    const start = this.#at;
    this.#utterances++;
    const fields = { chars: text.length, start, end: start + length, ordinal: this.#utterances, turn: this.#utterances, confidence: 0.93 };
    this.#note('speech.said', this.#acoustics ? length + 2 : 0, by, fields, text);
    if (!this.#acoustics) this.#at += length;
  }

  #note(type: string, after: number, by: string, fields: Record<string, FieldValue>, text?: string): void {
    this.#at += after;
    const seq = this.#events.length + 1;
    // in one piece, as stored events are: an object made by spreading another would have a hidden class of its own
    this.#events.push({
      id: `${this.#id}-${seq}`,
      type,
      source: sourceOf({ type, by }) ?? 'system',
      by,
      occurredAt: this.#at,
      seq,
      fields,
      text,
    });
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }
}
