import type { Clock } from '../clock.ts';
import type { Action, Context, Input, Machine, Step, Timer } from './machine.ts';

/** Does what a machine asks: everything but timers is left to `perform`. `over` is called once, at the end. */
export class Running<State> {
  readonly #machine: Machine<State>;
  readonly #context: Context;
  readonly #clock: Clock;
  readonly #perform: (action: Exclude<Action, { do: 'start' | 'stop' }>) => void;
  readonly #over: () => void;
  readonly #timers = new Map<Timer, () => void>();
  #state: State | undefined;

  constructor(
    machine: Machine<State>,
    context: Context,
    clock: Clock,
    perform: (action: Exclude<Action, { do: 'start' | 'stop' }>) => void,
    over: () => void,
  ) {
    this.#machine = machine;
    this.#context = context;
    this.#clock = clock;
    this.#perform = perform;
    this.#over = over;
  }

  /** Apart from the constructor so that the transaction is registered before its first message is sent. */
  begin(): void {
    this.#take(this.#machine.begin(this.#context));
  }

  input(input: Input): void {
    if (this.#state === undefined) return;
    this.#take(this.#machine.step(this.#state, input, this.#context));
  }

  /** Ends without a word: the agent closes. */
  abandon(): void {
    this.#take({ state: undefined, actions: [] });
  }

  #take(step: Step<State>): void {
    this.#state = step.state;
    if (step.state === undefined) {
      for (const cancel of this.#timers.values()) cancel();
      this.#timers.clear();
      this.#over();
    }
    for (const action of step.actions) this.#do(action);
  }

  #do(action: Action): void {
    switch (action.do) {
      case 'start':
        this.#stop(action.timer);
        this.#timers.set(
          action.timer,
          this.#clock.after(action.ms, () => this.#expire(action.timer)),
        );
        return;
      case 'stop':
        this.#stop(action.timer);
        return;
      default:
        this.#perform(action);
    }
  }

  #stop(timer: Timer): void {
    this.#timers.get(timer)?.();
    this.#timers.delete(timer);
  }

  #expire(timer: Timer): void {
    this.#timers.delete(timer);
    this.input({ kind: 'timer', timer });
  }
}
