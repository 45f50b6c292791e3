import { isRefusal, refuse } from '../errors/refusal.ts';
import { decideInteraction } from '../interactions/lifecycle.ts';
import { checkOrder, type OutboundOrder, type OutboundScene, pointsOf, windowNorm } from '../outbound/order.ts';
import { isEngaged } from '../presence/lifecycle.ts';
import { decidePromise, type PromiseCommand } from '../promises/lifecycle.ts';
import { type CallerPromise, evolvePromise } from '../promises/state.ts';
import { fact, type Happened, textOf } from '../timeline/decider.ts';
import { callerNumber, callerSubject, type HotlineAnswer } from './inputs.ts';
import { isRedial } from './lost-calls.ts';
import { missingSources } from './missing-sources.ts';
import { type Call, callOf, newCall } from './state.ts';
import type { Turn } from './turn.ts';

const done = { ok: true } as const;
/** Stands for the number shown to the callee where the plan names none. */
const notShown = '-';

/** The scene of an order as this hotline knows it. */
export function outboundScene({ hotline, world, at }: Pick<Turn, 'hotline' | 'world' | 'at'>, promise: string | undefined): OutboundScene {
  const { plan, settings, calendar } = hotline;
  const known = promise === undefined ? undefined : world.promise?.(promise);
  return { at, plan, settings, zoneOffsetMs: calendar.zone[0]?.offsetMs ?? 0, promise: known };
}

/**
 * An agent calls somebody: prepared, dialled, and engaged from then on. Out of the work after a call whose line dropped its caller is called back at
 * once; a record that was not written yet is parked, and goes on in the new call.
 */
export function placeCall(turn: Turn, agent: string, order: OutboundOrder): HotlineAnswer {
  const again = turn.call(order.interaction);
  if (again !== undefined) return again.interaction.dial?.agent === agent ? done : refuse('call.not-yours');
  const person = turn.hotline.people.get(agent);
  if (person === undefined || person.presence.state === 'offline') return refuse('presence.signed-out');
  if (!person.phone) return refuse('presence.no-phone');
  const before = callOf(turn.hotline, agent);
  const takesUp = before?.interaction.wrapUp?.agent === agent && order.redials === before.id;
  if ((before !== undefined && !takesUp) || (before === undefined && isEngaged(person.presence.state))) return refuse('presence.engaged');
  const scene = outboundScene(turn, order.promise);
  const checked = checkOrder(order, scene);
  if (!('number' in checked)) return checked;
  if (before !== undefined) leaveWrapUp(turn, before, agent);
  dial(turn, agent, { ...order, number: checked.number }, scene);
  return done;
}

function leaveWrapUp(turn: Turn, call: Call, agent: string): void {
  const { record } = call.conversation;
  const parked = record?.savedAt === undefined ? [fact('record.parked', turn.at, { record: record?.id ?? `record-${call.id}` })] : [];
  const after = turn.record(call, parked);
  turn.decide(after, decideInteraction({ kind: 'finish-wrap-up', agent, at: turn.at }, after.interaction, turn.hotline.settings));
}

function dial(turn: Turn, agent: string, order: OutboundOrder, scene: OutboundScene): void {
  const { interaction, number, purpose, promise, note, customer, override } = order;
  const { at } = turn;
  const shows = turn.hotline.plan.dialPlan?.shows;
  const points = pointsOf(note);
  const subject = callerSubject(interaction);
  const prepared =
    points.length === 0
      ? undefined
      : {
          who: { subject: customer === undefined ? subject : `customer-${customer}`, value: customer ?? number },
          points: points.map((_, n) => String(n + 1)).slice(0, 100),
          note: { subject, value: points.join('\n') },
        };
  const attempt = scene.promise === undefined ? undefined : scene.promise.attempts + 1;
  const command = {
    kind: 'dial',
    ...{ agent, called: shows ?? notShown, number: callerNumber(interaction, number), purpose, promise, attempt, prepared },
    ...{ case: order.case, interaction, at },
  } as const;
  const call = newCall(interaction);
  turn.decide(call, decideInteraction(command, call.interaction, turn.hotline.settings));
  const dialled = turn.call(interaction);
  if (dialled === undefined) return;
  const reason = override?.trim() ?? '';
  const outside = reason !== '' && checkOrder({ ...order, override: undefined }, scene);
  const overridden = outside !== false && 'ask' in outside ? [fact('stop.overridden', at, { norm: windowNorm, reason })] : [];
  turn.record(dialled, [...overridden, ...missingSources(turn.world, at)]);
  turn.effect({ interaction, kind: 'dial', agent, number, shows, timeoutMs: turn.hotline.settings.outboundRingMs });
}

/** What the medium tells of who is called. After the answer the callee is told that the call is recorded, then agent and callee hear each other. */
export function calleeTold(turn: Turn, call: Call, told: CalleeTold): void {
  const { at } = turn;
  const decide = (command: Parameters<typeof decideInteraction>[0]) =>
    void turn.decide(call, decideInteraction(command, call.interaction, turn.hotline.settings));
  if (told.kind === 'callee-failed') decide({ kind: 'callee-failed', outcome: told.outcome, at });
  else decide({ kind: told.kind, at });
  const after = turn.call(call.id);
  const answered = call.interaction.dial?.answeredAt === undefined && after?.interaction.dial?.answeredAt !== undefined;
  if (answered) turn.announce(call.id, 'recording-notice');
}

type CalleeTold =
  | { readonly kind: 'callee-rings' | 'callee-answers' }
  | { readonly kind: 'callee-failed'; readonly outcome: 'busy' | 'no-answer' | 'rejected' | 'invalid' | 'failed' };

/** The notice was heard, or there is none: the talk begins. */
export function joinCallee(turn: Turn, call: Call): void {
  const leg = `${call.id}-1`;
  turn.decide(call, decideInteraction({ kind: 'join', leg, at: turn.at }, call.interaction, turn.hotline.settings));
}

/** Results that the ledger learns by itself. `rejected` is a caller who does not take the call now. */
const tries: Readonly<Record<string, 'busy' | 'no-answer' | 'wrong-number' | undefined>> = {
  busy: 'busy',
  rejected: 'busy',
  'no-answer': 'no-answer',
  invalid: 'wrong-number',
};

const settledAs = { done: 'reached', reached: 'reached', absent: 'no-answer', 'wrong-number': 'wrong-number' } as const;

/** The policies of a call of ours: what becomes of it settles the try in the ledger. */
export function followOutbound(turn: Turn, call: Call, event: Happened): void {
  const { dial: dialled, talk } = call.interaction;
  const { promise } = dialled ?? {};
  if (dialled === undefined || promise === undefined) return;
  const { agent } = dialled;
  const outcome = textOf(event, 'outcome') ?? '';
  const message = event.fields['message'] === true ? true : undefined;
  switch (event.type) {
    case 'outbound.failed': {
      const tried = tries[outcome];
      if (tried !== undefined) ledger(turn, call, promise, [{ kind: 'attempt', by: 'agent', outcome: tried, agent }]);
      break;
    }
    case 'call.answered':
      // A dropped call is kept by being taken up again: what it was about, the talk says.
      if (event.by !== 'customer' && isRedial(promise)) ledger(turn, call, promise, kept(agent));
      break;
    case 'outbound.settled': {
      const result = settledAs[outcome as keyof typeof settledAs];
      if (outcome === 'done') ledger(turn, call, promise, kept(agent));
      else ledger(turn, call, promise, [{ kind: 'attempt', by: 'agent', outcome: result, agent, message }]);
      break;
    }
    case 'wrapup.ended':
      if (talk !== undefined && dialled.settled === undefined && !isRedial(promise))
        ledger(turn, call, promise, [{ kind: 'attempt', by: 'agent', outcome: 'reached', agent }]);
      break;
  }
}

type Bare<Command> = Command extends PromiseCommand ? Omit<Command, 'promise' | 'at'> : never;

function kept(agent: string): readonly Bare<PromiseCommand>[] {
  return [
    { kind: 'attempt', by: 'agent', outcome: 'reached', agent },
    { kind: 'keep', by: 'agent', agent },
  ];
}

/** Plans what a promise undergoes; one that is settled meanwhile is left alone. */
function ledger(turn: Turn, call: Call, promise: string, commands: readonly Bare<PromiseCommand>[]): void {
  let state: CallerPromise | undefined = turn.world.promise?.(promise);
  for (const command of commands) {
    if (state === undefined) return;
    const decision = decidePromise({ ...command, promise, at: turn.at } as PromiseCommand, state);
    if (isRefusal(decision)) return;
    for (const event of decision) {
      turn.planned.push({ stream: `promise-${promise}`, interaction: turn.world.promisedIn?.(promise) ?? call.id, event });
      state = evolvePromise(state, { by: undefined, ...event });
    }
  }
}
