import { endOfTime } from '@threerings/core/timeline/coverage';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import { verdictsOf } from '@threerings/norms/judge';
import { advance, type Marks, start, step } from '@threerings/norms/monitor/engine';
import type { State } from '@threerings/norms/monitor/state';
import type { Program } from '@threerings/norms/program';
import { revise } from '@threerings/norms/revise';
import { type Instant, type Revision, type Source, sources, type Verdict } from '@threerings/norms/trace';

/** What a change of the timeline, or time, brought about. */
export interface Judged {
  readonly settled: readonly Verdict[];
  readonly revised: readonly Revision[];
}

const nothing: Judged = { settled: [], revised: [] };

/** The engine at work on one interaction, or on one case. */
export class CallWatch {
  readonly #program: Program;
  #state: State;
  readonly #events: TimelineEvent[] = [];
  #marks: Partial<Record<Source, Instant>> = {};
  /** sources that will tell nothing, because nothing of them is installed */
  readonly #absent = new Set<Source>();
  readonly #verdicts = new Map<string, Verdict>();
  #closed = false;
  readonly #closedBy: string;

  /** `closedBy`: the event after which nothing will follow. */
  constructor(program: Program, closedBy = 'interaction.closed') {
    this.#closedBy = closedBy;
    this.#program = program;
    this.#state = start(program);
  }

  get events(): readonly TimelineEvent[] {
    return this.#events;
  }

  get verdicts(): readonly Verdict[] {
    return [...this.#verdicts.values()];
  }

  /** the interaction (the case) was closed and everything is judged */
  get closed(): boolean {
    return this.#closed;
  }

  get program(): Program {
    return this.#program;
  }

  get state(): State {
    return this.#state;
  }

  /** Takes events in. One that comes after its source's watermark re-judges the interaction. */
  take(events: readonly TimelineEvent[]): Judged {
    let late: TimelineEvent | undefined;
    for (const event of events) {
      this.#events.push(event);
      if (event.type === 'source.gap-started' && event.fields['reason'] === 'no-engine') this.#absent.add(event.source);
      if (event.type === this.#closedBy) this.#closed = true;
      if (step(this.#program, this.#state, event).some((output) => output.kind === 'late')) late = event;
    }
    return late === undefined ? nothing : this.#judgeAgain(late.id);
  }

  /** Time has passed: nothing of these sources at or before their mark will follow. */
  advance(marks: Marks): Judged {
    const all = this.#closed ? Object.fromEntries(sources.map((source) => [source, endOfTime])) : { ...marks };
    for (const source of this.#absent) all[source] = endOfTime;
    for (const source of sources) {
      const mark = all[source];
      if (mark !== undefined && mark > (this.#marks[source] ?? -1)) this.#marks[source] = mark;
    }
    const settled = verdictsOf(advance(this.#program, this.#state, this.#marks));
    for (const verdict of settled) this.#verdicts.set(keyOf(verdict), verdict);
    return { settled, revised: [] };
  }

  #judgeAgain(cause: string): Judged {
    const before = this.verdicts;
    this.#state = start(this.#program);
    for (const event of [...this.#events].sort((one, other) => one.occurredAt - other.occurredAt || one.seq - other.seq)) {
      step(this.#program, this.#state, event);
    }
    const fresh = verdictsOf(advance(this.#program, this.#state, this.#marks));
    this.#verdicts.clear();
    for (const verdict of fresh) this.#verdicts.set(keyOf(verdict), verdict);
    const revisions = revise(before, fresh, cause);
    return {
      settled: revisions.flatMap(({ from, to }) => (from === undefined && to !== undefined ? [to] : [])),
      revised: revisions.filter(({ from }) => from !== undefined),
    };
  }
}

export function keyOf(verdict: Pick<Verdict, 'norm' | 'key'>): string {
  return `${verdict.norm} ${verdict.key}`;
}
