import type { Refusal } from '@threerings/core/errors/refusal';
import type { Effect } from '@threerings/core/hotline/effects';
import type { HotlineAnswer, HotlineInput, HotlineWorld, NormAsk, Planned } from '@threerings/core/hotline/inputs';
import { react } from '@threerings/core/hotline/react';
import type { Hotline } from '@threerings/core/hotline/state';
import { wakeUpOf } from '@threerings/core/hotline/wake-ups';
import type { DeskCommand } from '@threerings/core/wire/desk';
import type { Instant } from '@threerings/norms/trace';
import type { ChannelAnswer } from '../channels/channel.ts';
import type { Clock } from '../clock.ts';
import { WakeUps } from '../runtime/wakeups.ts';
import type { AppendRequest } from '../store/append-request.ts';
import type { AppendRefusal } from '../store/stream-refusals.ts';

/** What was touched by a turn, for those who show it. */
export interface Touched {
  readonly calls: ReadonlySet<string>;
  readonly people: ReadonlySet<string>;
}

export interface FloorLog {
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export interface FloorParts {
  readonly clock: Clock;
  readonly world: HotlineWorld;
  readonly log: FloorLog;
  /** All or nothing. Resolves after the commit; rejects when it is not known whether it happened. */
  append(requests: readonly AppendRequest[], answered: readonly AnsweredCommand[]): Promise<readonly unknown[] | AppendRefusal>;
  perform(effect: Effect): Promise<ChannelAnswer>;
  /** what norms want explained before this command; asked when the command's turn has come */
  asks(agent: string, command: DeskCommand, at: Instant): readonly NormAsk[];
  /** an input with what only the shell knows; absent = as it came */
  known?(input: HotlineInput): HotlineInput;
  /** after the commit of a turn */
  changed(hotline: Hotline, touched: Touched): void;
}

export type FloorAnswer = HotlineAnswer | AppendRefusal;

/** A desk command under the id that its page chose, and the answer that it got: kept in the commit of what it led to. */
export interface AnsweredCommand {
  readonly command: string;
  readonly agent: string;
  readonly answer: HotlineAnswer;
}

interface Waiting {
  readonly input: HotlineInput;
  /** id of the desk command */
  readonly command?: string | undefined;
  readonly settle: (answer: FloorAnswer) => void;
}

interface DecidedTurn {
  readonly waiting: Waiting;
  readonly answer: HotlineAnswer;
  readonly planned: readonly Planned[];
  readonly effects: readonly Effect[];
}

/** Most inputs that share one commit, and the waits before a commit is tried again, ms. */
const mostInOneCommit = 64;
const retryMs = [200, 500, 1000, 2000, 2000, 2000, 2000];

/**
 * The hotline as it runs in this process. Inputs are decided one after the other on the state that the inputs before them
 * left; those that came meanwhile share one commit; effects begin and answers are given after it. INVARIANT
 * (acknowledged): whoever was answered, heard or saw something, finds it in the database after a crash.
 */
export class Floor {
  readonly #parts: FloorParts;
  #hotline: Hotline;
  readonly #queue: Waiting[] = [];
  #deciding: readonly Waiting[] = [];
  #running: Promise<void> | undefined;
  #stopped = false;
  readonly #wakeUps: WakeUps;
  readonly #effects = new Map<string, Promise<void>>();

  constructor(hotline: Hotline, parts: FloorParts) {
    this.#hotline = hotline;
    this.#parts = parts;
    this.#wakeUps = new WakeUps(parts.clock, (interaction, at) => {
      void this.tell({ kind: 'wake', interaction, at: Math.max(at, parts.clock.now()) });
    });
    for (const each of [...hotline.calls.keys(), ...hotline.chats.keys()]) this.#planWakeUp(each);
  }

  get hotline(): Hotline {
    return this.#hotline;
  }

  /** Stands where the stored events leave it; only before the first input. */
  restore(hotline: Hotline): void {
    this.#hotline = hotline;
    for (const each of new Set([...hotline.calls.keys(), ...hotline.chats.keys(), ...hotline.surveys.keys(), ...hotline.supports.keys()]))
      this.#planWakeUp(each);
  }

  /** Takes an input in. The answer comes after the commit. */
  tell(input: HotlineInput, command?: string): Promise<FloorAnswer> {
    return new Promise((settle) => {
      this.#queue.push({ input, command, settle });
      this.#running ??= this.#run();
    });
  }

  /** Everything that happened up to this instant and was told here is stored: no event at or before it will follow. */
  horizon(): Instant {
    const open = [...this.#queue, ...this.#deciding].map(({ input }) => input.at);
    return Math.min(this.#parts.clock.now(), ...open) - 1;
  }

  /** Settles when nothing is being decided and no effect is being carried out. */
  async settled(): Promise<void> {
    while (this.#running || this.#effects.size > 0) await Promise.all([this.#running, ...this.#effects.values()]);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wakeUps.stop();
    await this.settled();
  }

  async #run(): Promise<void> {
    // Inputs of one burst share a turn of the loop before the first commit begins.
    await Promise.resolve();
    try {
      while (this.#queue.length > 0) {
        this.#deciding = this.#queue.splice(0, mostInOneCommit);
        await this.#decideAndStore(this.#deciding);
        this.#deciding = [];
      }
    } finally {
      // At once: an input that comes when the queue was found empty must begin a run of its own.
      this.#running = undefined;
    }
  }

  async #decideAndStore(batch: readonly Waiting[]): Promise<void> {
    const { turns, hotline } = this.#decide(batch);
    const refused = await this.#store(turns);
    if (refused === undefined) this.#commit(turns, hotline);
    else if (batch.length > 1) for (const each of batch) await this.#decideAndStore([each]);
    else this.#giveUp(batch[0], refused);
  }

  #decide(batch: readonly Waiting[]): { readonly turns: readonly DecidedTurn[]; readonly hotline: Hotline } {
    let hotline = this.#hotline;
    const turns = batch.map((waiting): DecidedTurn => {
      const { input } = waiting;
      const asked =
        input.kind === 'desk'
          ? { ...input, asks: this.#parts.asks(input.agent, input.command, input.at) }
          : (this.#parts.known?.(input) ?? input);
      const { hotline: next, answer, planned, effects } = react(hotline, asked, this.#parts.world);
      hotline = next;
      return { waiting, answer, planned, effects };
    });
    return { turns, hotline };
  }

  /** Stores what was planned. A database that does not answer is asked again; events carry ids, so twice is harmless. */
  async #store(turns: readonly DecidedTurn[]): Promise<AppendRefusal | undefined> {
    const planned = turns.flatMap((turn) => turn.planned);
    if (planned.length === 0) return undefined;
    const requests = requestsOf(planned, this.#parts.world.newId);
    const answered = turns.flatMap(answeredIn);
    for (let attempt = 0; ; attempt += 1) {
      try {
        const answer = await this.#parts.append(requests, answered);
        return 'refused' in answer ? answer : undefined;
      } catch (error) {
        const wait = retryMs[attempt];
        this.#parts.log.error({ err: error, attempt, events: planned.length }, 'events could not be stored');
        if (wait === undefined || this.#stopped) return { refused: 'store.busy', facts: {} };
        await new Promise<void>((resolve) => this.#parts.clock.at(this.#parts.clock.now() + wait, resolve));
      }
    }
  }

  #commit(turns: readonly DecidedTurn[], hotline: Hotline): void {
    const before = this.#hotline;
    this.#hotline = hotline;
    const planned = turns.flatMap((turn) => turn.planned);
    const calls = new Set(planned.flatMap(({ interaction }) => interaction ?? []));
    const people = new Set(planned.flatMap(({ stream }) => (stream.startsWith('presence-') ? stream.slice('presence-'.length) : [])));
    for (const { waiting } of turns) if (waiting.input.kind === 'agent-phone') people.add(waiting.input.agent);
    // Who asked for support sees it at the desk, whatever became of the call.
    for (const call of calls) {
      const agent = (hotline.supports.get(call) ?? before.supports.get(call))?.agent;
      if (agent !== undefined) people.add(agent);
    }
    for (const call of calls) this.#planWakeUp(call);
    if (calls.size > 0 || people.size > 0) this.#parts.changed(hotline, { calls, people });
    for (const turn of turns) {
      for (const effect of turn.effects) this.#carryOut(effect);
      turn.waiting.settle(turn.answer);
    }
  }

  /** A single input that cannot be stored: the state stays as it was, and whoever asked is told. */
  #giveUp(waiting: Waiting | undefined, refused: AppendRefusal): void {
    if (waiting === undefined) return;
    this.#parts.log.error({ input: waiting.input.kind, refused: refused.refused, facts: refused.facts }, 'an input was not stored');
    waiting.settle(refused satisfies AppendRefusal | Refusal);
  }

  /** Effects of one call one after the other; those of different calls side by side. */
  #carryOut(effect: Effect): void {
    const { interaction } = effect;
    const before = this.#effects.get(interaction) ?? Promise.resolve();
    const running = before.then(() => this.#performed(effect));
    this.#effects.set(interaction, running);
    void running.finally(() => {
      if (this.#effects.get(interaction) === running) this.#effects.delete(interaction);
    });
  }

  async #performed(effect: Effect): Promise<void> {
    const answer = await this.#parts.perform(effect).catch((error: unknown): ChannelAnswer => {
      this.#parts.log.error({ err: error, effect: effect.kind, interaction: effect.interaction }, 'an effect failed');
      return { ok: false, refused: 'effect.failed', message: String(error) };
    });
    if (answer.ok) return;
    const { refused } = answer;
    this.#parts.log.warn({ effect: effect.kind, interaction: effect.interaction, refused }, 'an effect was refused');
    if (!this.#stopped) void this.tell({ kind: 'effect-failed', effect, refused, at: this.#parts.clock.now() });
  }

  #planWakeUp(interaction: string): void {
    this.#wakeUps.set(interaction, wakeUpOf(this.#hotline, interaction));
  }
}

/** Of a turn that changed something: done again, it would change it twice. */
function answeredIn({ waiting, planned, answer }: DecidedTurn): AnsweredCommand[] {
  const { input, command } = waiting;
  if (command === undefined || planned.length === 0) return [];
  if (input.kind === 'desk') return [{ command, agent: input.agent, answer }];
  // A stopped attempt is written down, and may be asked again once it is repaired.
  return input.kind === 'acting' && !('refused' in answer) ? [{ command, agent: input.agent, answer }] : [];
}

/** One request a stream, in the order in which the streams were first planned; ids are given here, for repeating. */
function requestsOf(planned: readonly Planned[], newId: () => string): AppendRequest[] {
  const byStream = new Map<string, { interaction: string | undefined; events: Planned['event'][] }>();
  for (const { stream, interaction, event } of planned) {
    const known = byStream.get(stream) ?? { interaction, events: [] };
    known.events.push({ ...event, id: event.id ?? newId() });
    byStream.set(stream, known);
  }
  return [...byStream].map(([stream, { interaction, events }]) => ({ stream, interaction, events, origin: 'live' as const }));
}
