import type { PromiseCommand } from '@threerings/core/promises/lifecycle';
import type { PromiseChange } from '@threerings/core/wire/desk';

export interface Changing {
  readonly promise: string;
  readonly by: 'agent' | 'leader' | 'expert' | 'department';
  /** 工号 */
  readonly agent: string;
  readonly at: number;
  /** tries after which it may be given up */
  readonly tries: number;
}

/** What a page asks, as the lifecycle's command. */
export function commandOf(change: PromiseChange, { promise, by, agent, at, tries }: Changing): PromiseCommand {
  const who = { promise, by, agent, at };
  switch (change.do) {
    case 'keep':
      return { kind: 'keep', ...who };
    case 'see':
      return { kind: 'see', ...who };
    case 'give-up':
      return { kind: 'give-up', tries, ...who };
    case 'attempt':
      return { kind: 'attempt', outcome: change.outcome, ...who };
    case 'reassign':
      return { kind: 'reassign', to: change.to, reason: change.reason, ...who };
    case 'move':
      return { kind: 'move', promise, agent, at, due: change.due, told: change.told, reason: change.reason };
    case 'withdraw':
      return { kind: 'withdraw', byCustomer: change.byCustomer, reason: change.reason, ...who };
  }
}
