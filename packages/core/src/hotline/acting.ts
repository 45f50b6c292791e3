import type { Act, ActingScene } from '../acting/commands.ts';
import { type ActingDecision, decideActing } from '../acting/lifecycle.ts';
import { noActing } from '../acting/state.ts';
import { deliveredTemplates } from '../acting/templates.ts';
import { isRefusal, refuse } from '../errors/refusal.ts';
import { decidePromise } from '../promises/lifecycle.ts';
import { noPromise } from '../promises/state.ts';
import { fact } from '../timeline/decider.ts';
import type { ActingAct } from '../wire/acting.ts';
import { recordInChat } from './chats.ts';
import { callerSubject, type HotlineAnswer, type HotlineWorld, type NormAsk } from './inputs.ts';
import type { Hotline } from './state.ts';
import type { Turn } from './turn.ts';

type Conversation = Omit<ActingScene, 'agent' | 'at' | 'digest' | 'newId'>;

/** The conversation of an interaction that is not closed, be it a call or a chat; undefined when there is none. */
export function conversationOf({ calls, chats, plan }: Hotline, interaction: string): Conversation | undefined {
  const common = { interaction, templates: plan.acting ?? deliveredTemplates, subject: callerSubject(interaction) };
  const chat = chats.get(interaction);
  if (chat !== undefined) {
    const holder = chat.phase === 'talking' ? chat.agent : undefined;
    return { ...common, medium: 'chat', holder, handlers: chat.handlers, away: false };
  }
  const call = calls.get(interaction);
  if (call === undefined) return undefined;
  const { phase, talk } = call.interaction;
  const held = call.hold.open !== undefined && !call.hold.open.speakingOver;
  const away = held || call.transfers.waitingSince !== undefined;
  return {
    ...common,
    ...{ medium: 'call', holder: phase === 'talking' ? talk?.agent : undefined, handlers: call.conversation.handlers, away },
  };
}

/** Carries out what an agent does for the customer, or says why not. A stopped attempt is written down. */
export function actedFor(turn: Turn, agent: string, interaction: string, act: ActingAct, stops: readonly NormAsk[] = []): HotlineAnswer {
  const conversation = conversationOf(turn.hotline, interaction);
  if (conversation === undefined) return refuse('acting.conversation-over');
  const scene = { ...conversation, agent, at: turn.at, ...worldOf(turn.world) };
  const decision = stoppedByNorm(decideActing(act, turn.hotline.acting.get(interaction) ?? noActing, scene), act, scene, stops);
  if (isRefusal(decision)) return decision;
  const refusal = act.kind === 'name-owner' ? callsOwner(turn, scene, act) : undefined;
  if (refusal !== undefined) return refusal;
  const events = 'because' in decision ? decision.events : decision;
  const call = turn.call(interaction);
  if (call === undefined) recordInChat(turn, interaction, events);
  else turn.record(call, events);
  return 'because' in decision ? decision.because : { ok: true };
}

/** What the core would let pass, a norm of the pack in force may still stop: no yes is bound to it, nothing is carried out. */
function stoppedByNorm(decision: ActingDecision, act: ActingAct, { at }: ActingScene, [first]: readonly NormAsk[]): ActingDecision {
  if (first === undefined || isRefusal(decision) || 'because' in decision || decision.length === 0) return decision;
  const because = refuse('acting.norm-stops', { norm: first.norm, zh: first.message.zh, en: first.message.en });
  if (act.kind !== 'execute') return because;
  return { events: [fact('proxy.blocked', at, { proxy: act.proxy, reason: because.refused }, { by: 'system' })], because };
}

/** Who is in charge is not on the line: a callback to that person, so that the account is changed by nobody else (S1h-03). */
function callsOwner(turn: Turn, { interaction, agent, at, handlers, subject }: ActingScene, { owner, callBy }: Act<'name-owner'>) {
  if (callBy === undefined) return undefined;
  const promise = turn.world.newId();
  const about = { subject, value: owner.name };
  const number = { subject, value: owner.contact };
  const who = { owner: agent, first: handlers[0] ?? agent, agent };
  const made = decidePromise({ kind: 'make', what: 'callback', promise, due: callBy, at, number, about, ...who }, noPromise);
  if (isRefusal(made)) return made;
  for (const event of made) turn.planned.push({ stream: `promise-${promise}`, interaction, event });
  return undefined;
}

function worldOf(world: HotlineWorld): Pick<ActingScene, 'digest' | 'newId'> {
  return { digest: (text) => world.digest(text), newId: () => world.newId() };
}
