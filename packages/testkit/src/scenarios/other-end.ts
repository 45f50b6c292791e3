import type { Caller } from './caller.ts';
import type { Agent } from './cast.ts';
import type { CallerAct, Step } from './steps.ts';

/** Whom a caller is transferred to outside of the house. */
export class OtherEnd {
  readonly #of: Caller;

  constructor(of: Caller) {
    this.#of = of;
  }

  answers(): Step {
    return this.#does({ does: 'outside-answers' });
  }

  hangsUp(): Step {
    return this.#does({ does: 'outside-hangs-up' });
  }

  /** The line refuses with this SIP status. */
  refuses(status: number): Step {
    return this.#does({ does: 'outside-refuses', status });
  }

  #does(act: CallerAct): Step {
    return { kind: 'caller', caller: this.#of.name, act };
  }
}

/** The agent tells the caller whose matter it is, which number that is and when somebody is there. */
export function tellsWhoTakesIt(teller: Agent, of: Caller, body: string, number?: string): Step {
  const act = { does: 'refers', body, ...(number === undefined ? {} : { number }) } as const;
  return { kind: 'matter', agent: teller.number, caller: of.name, act, answered: 'done' };
}
