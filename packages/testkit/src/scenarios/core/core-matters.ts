import { isRefusal } from '@threerings/core/errors/refusal';
import { callerNumber } from '@threerings/core/hotline/inputs';
import type { KnowledgeAct } from '@threerings/core/knowledge/use';
import { decidePromise } from '@threerings/core/promises/lifecycle';
import { evolvePromise, noPromise } from '@threerings/core/promises/state';
import { shippedSettings } from '@threerings/core/settings/defaults';
import type { TicketCommand } from '@threerings/core/tickets/commands';
import { decideTicket } from '@threerings/core/tickets/lifecycle';
import { mayDo, maySeeTicket, type TicketStanding } from '@threerings/core/tickets/rights';
import { evolveTicket, noTicket, type Ticket } from '@threerings/core/tickets/state';
import type { PromiseChange } from '@threerings/core/wire/desk';
import { commandOf as changeOfPromise } from '@threerings/server/promises/promise-change';
import { commandOf, createOf, subjectOf } from '@threerings/server/tickets/ticket-change';
import { promiseOfTicket, promiseStepOf } from '@threerings/server/tickets/ticket-promise';
import { newTicketOf, promiseChangeOf, TicketNumbers, ticketChangeOf } from '../matter-stage.ts';
import type { Scenario } from '../scenario.ts';
import type { SeenTicket } from '../seen.ts';
import { answeredOf } from '../stage.ts';
import type { DeskAnswered, Step } from '../steps.ts';
import type { CoreHotline } from './core-hotline.ts';

/** A promise can take several steps to where its ticket is (see TicketBook). */
const mostSteps = 4;
/** After so many tries a promise may be given up, as it ships. */
const leastTries = shippedSettings.callbackTries;

type Matter = Extract<Step, { readonly kind: 'matter' }>;

/** Tickets and knowledge on the pure core: the lifecycles, and who may do what. */
export class CoreMatters {
  readonly #core: CoreHotline;
  readonly #departments: Scenario['departments'];
  readonly #now: () => number;
  readonly #numbers = new TicketNumbers();
  readonly #interactionOf = new Map<string, string>();

  constructor(core: CoreHotline, departments: Scenario['departments'], now: () => number) {
    this.#core = core;
    this.#departments = departments;
    this.#now = now;
  }

  perform({ agent, caller, act }: Matter, interaction: string): DeskAnswered {
    const at = this.#now();
    const tell = (told: KnowledgeAct) => this.#use(agent, interaction, told);
    switch (act.does) {
      case 'finds-nothing':
        tell({ kind: 'searched', keywords: act.words, hits: 0 });
        return tell({ kind: 'answered', outcome: 'not-found' });
      case 'opens-article':
        tell({ kind: 'searched', keywords: act.words, hits: 1 });
        return tell({ kind: 'opened', article: act.article, version: 1, items: [], long: false, stale: false });
      case 'marks-answer':
        return tell({ kind: 'answered', article: act.article, outcome: act.outcome });
      case 'refers':
        tell({ kind: 'answered', outcome: 'out-of-scope' });
        return tell({ kind: 'referred', body: act.body, agent, ...referredTo(interaction, act.number) });
      case 'writes-ticket': {
        const ticket = this.#numbers.next(caller);
        this.#interactionOf.set(ticket, interaction);
        const given = newTicketOf(act, { ticket, interaction, now: at });
        const { dispatch } = given;
        if (dispatch !== undefined && !this.#isUnit(dispatch.department)) return { refuses: 'ticket.no-department' };
        const created = this.#carryOut(createOf(given, { ticket, agent, at }));
        if (created !== 'done' || dispatch === undefined) return created;
        return this.#carryOut({ kind: 'dispatch', department: dispatch.department, due: dispatch.dueAt, ticket, agent, at });
      }
      case 'changes-ticket':
        return this.#change(agent, this.#numbers.newest(caller), ticketChangeOf(act, at));
      case 'changes-promise':
        return this.#changePromise(agent, this.#core.openPromise(caller, false) ?? 'none', promiseChangeOf(act, at));
    }
  }

  seen(): SeenTicket[] {
    return this.#numbers.all.flatMap((ticket) => {
      const { stage, kind, owner, department, reopened } = this.#stateOf(ticket);
      if (stage === 'none') return [];
      return [{ ticket, interaction: this.#interactionOf.get(ticket) ?? '', kind, stage, owner, department, reopened }];
    });
  }

  #use(agent: string, interaction: string, act: KnowledgeAct): DeskAnswered {
    return answeredOf(this.#core.tell({ kind: 'knowledge', agent, interaction, act, at: this.#now() }));
  }

  #change(agent: string, ticket: string, change: ReturnType<typeof ticketChangeOf>): DeskAnswered {
    const state = this.#stateOf(ticket);
    const standing = this.#standing(agent, state);
    if (state.stage === 'none' || !maySeeTicket(state, standing)) return { refuses: 'ticket.gone' };
    if (!mayDo(state, standing).has(change.do)) return { refuses: 'ticket.not-allowed' };
    if (change.do === 'dispatch' && !this.#isUnit(change.department)) return { refuses: 'ticket.no-department' };
    const subject = subjectOf(ticket, undefined, this.#interactionOf.get(ticket));
    return this.#carryOut(commandOf(change, { ticket, agent, at: this.#now() }, subject));
  }

  #changePromise(agent: string, promise: string, change: PromiseChange): DeskAnswered {
    const stream = `promise-${promise}`;
    const known = this.#core.of(stream).reduce(evolvePromise, noPromise);
    const by = known.owner === agent ? 'agent' : 'leader';
    const decided = decidePromise(changeOfPromise(change, { promise, by, agent, at: this.#now(), tries: leastTries }), known);
    if (isRefusal(decided)) return { refuses: decided.refused };
    this.#core.note(stream, this.#core.kept.find((kept) => kept.stream === stream)?.interaction ?? '', decided);
    return 'done';
  }

  #standing(agent: string, { department }: Ticket): TicketStanding {
    const own = this.#departments[agent];
    const centre = own === undefined;
    const inDepartment = department !== undefined && (department === 'centre' ? true : own === department);
    return { agent, roles: centre ? ['agent', 'leader'] : ['department'], inDepartment, overOwner: centre };
  }

  #isUnit(unit: string): boolean {
    return unit === 'centre' || Object.values(this.#departments).includes(unit);
  }

  #stateOf(ticket: string): Ticket {
    return this.#core.of(`ticket-${ticket}`).reduce<Ticket>((state, event) => evolveTicket(state, event), noTicket);
  }

  #carryOut(command: TicketCommand): DeskAnswered {
    const { ticket } = command;
    const decided = decideTicket(command, this.#stateOf(ticket));
    if (isRefusal(decided)) return { refuses: decided.refused };
    const interaction = this.#interactionOf.get(ticket) ?? '';
    this.#core.note(`ticket-${ticket}`, interaction, decided);
    this.#align(ticket, interaction);
    return 'done';
  }

  /** The ledger follows the ticket, as on the server. */
  #align(ticket: string, interaction: string): void {
    const state = this.#stateOf(ticket);
    const promise = promiseOfTicket(ticket, state);
    for (let step = 0; step < mostSteps; step += 1) {
      const known = this.#core.of(`promise-${promise}`).reduce(evolvePromise, noPromise);
      const command = promiseStepOf({ ticket, promise, state, known, at: this.#now() });
      if (command === undefined) return;
      const decided = decidePromise(command, known);
      if (isRefusal(decided)) throw new Error(`${ticket}: ${decided.refused}`);
      this.#core.note(`promise-${promise}`, interaction, decided);
    }
  }
}

function referredTo(interaction: string, number: string | undefined) {
  return number === undefined ? {} : { number: callerNumber(interaction, number) };
}
