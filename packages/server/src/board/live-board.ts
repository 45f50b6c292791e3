import { applyToBoard, type BoardInput } from '@threerings/core/board/board';
import { type Board, type BoardPlan, emptyBoard } from '@threerings/core/board/state';
import { boardViewOf } from '@threerings/core/board/view';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import type { BoardView } from '@threerings/core/wire/board';
import type { PromiseView } from '@threerings/core/wire/desk';
import type { OpenDuty } from '@threerings/core/wire/events';
import type { Clock } from '../clock.ts';
import type { Judged } from '../observance/call-watch.ts';
import type { Origin } from '../store/append-request.ts';

export interface LiveBoardParts {
  readonly clock: Clock;
  readonly plan: BoardPlan;
  /** undefined: not a call of this process */
  originOf(interaction: string): Origin | undefined;
  /** the board has changed; called at most ten times a second */
  changed(): void;
}

const noticeMs = 100;
/** The day may change although nothing happens. */
const clockMs = 30_000;

/** The leader's board of this hotline, kept up to date by everything that happens. */
export class LiveBoard {
  readonly #parts: LiveBoardParts;
  #board: Board;
  #cancelNotice: (() => void) | undefined;
  #cancelClock: () => void;

  constructor(parts: LiveBoardParts) {
    this.#parts = parts;
    this.#board = emptyBoard(parts.plan, parts.clock.now());
    this.#cancelClock = this.#planClock();
  }

  /** @param units organisation units whose people are shown; undefined = all */
  view(language: 'zh' | 'en', units?: ReadonlySet<string>): BoardView {
    return boardViewOf(this.#board, { language, units });
  }

  /** Staff or queues have changed. */
  replan(plan: BoardPlan): void {
    this.#board = { ...this.#board, plan };
    this.#notice();
  }

  /** A reader of the live timelines. */
  readonly take = (interaction: string, events: readonly TimelineEvent[]): void => {
    const found = this.#parts.originOf(interaction);
    if (found === undefined || found === 'import') return;
    for (const event of events) this.apply({ kind: 'event', event, interaction, origin: found });
  };

  presence(event: TimelineEvent): void {
    this.apply({ kind: 'event', event });
  }

  /** Alerts, acknowledgements and overdue promises: they have streams of their own, which outlive a call. */
  notice(event: TimelineEvent): void {
    this.apply({ kind: 'event', event, interaction: event.interaction });
  }

  alert(alert: string): boolean {
    return this.#board.alerts.some((one) => one.alert === alert);
  }

  judged(interaction: string, { settled, revised }: Judged): void {
    for (const verdict of settled) this.apply({ kind: 'verdict', interaction, verdict });
    for (const { from, to } of revised) {
      if (to !== undefined) this.apply({ kind: 'verdict', interaction, verdict: to, ...(from === undefined ? {} : { instead: from }) });
      else if (from !== undefined) this.apply({ kind: 'withdrawn', interaction, verdict: from });
    }
  }

  duties(interaction: string, duties: readonly OpenDuty[]): void {
    this.apply({ kind: 'duties', interaction, duties });
  }

  promise(promise: PromiseView): void {
    this.apply({ kind: 'promise', promise });
  }

  stop(): void {
    this.#cancelNotice?.();
    this.#cancelClock();
  }

  apply(input: BoardInput): void {
    const before = this.#board;
    this.#board = applyToBoard(before, input);
    if (this.#board !== before) this.#notice();
  }

  #notice(): void {
    const { clock } = this.#parts;
    this.#cancelNotice ??= clock.at(clock.now() + noticeMs, () => {
      this.#cancelNotice = undefined;
      this.#parts.changed();
    });
  }

  #planClock(): () => void {
    const { clock } = this.#parts;
    return clock.at(clock.now() + clockMs, () => {
      this.apply({ kind: 'clock', now: clock.now() });
      this.#cancelClock = this.#planClock();
    });
  }
}
