import { isRefusal, type Refusal } from '../errors/refusal.ts';
import { presenceAfter } from '../presence/follow-call.ts';
import { decidePresence, type PresenceCommand } from '../presence/lifecycle.ts';
import type { Decision } from '../timeline/decider.ts';
import { type NewEvent, streamOfInteraction } from '../timeline/event.ts';
import type { Effect, PromptName } from './effects.ts';
import { followCall } from './follow.ts';
import type { HotlineWorld, Planned } from './inputs.ts';
import { type Call, type Hotline, newPerson, withCall, withCallEvent, withPresenceEvent } from './state.ts';

/**
 * One turn of the hotline: collects what an input leads to. Every recorded event evolves the state at once and is followed
 * by the policies, so that a turn ends in a state in which nothing more follows.
 */
export class Turn {
  hotline: Hotline;
  readonly world: HotlineWorld;
  readonly at: number;
  readonly planned: Planned[] = [];
  readonly effects: Effect[] = [];
  /** somebody became free, or began to wait */
  routingDue = false;
  /** unattended calls that were told so in this turn */
  readonly #told = new Set<string>();

  constructor(hotline: Hotline, world: HotlineWorld, at: number) {
    this.hotline = hotline;
    this.world = world;
    this.at = at;
  }

  call(interaction: string): Call | undefined {
    return this.hotline.calls.get(interaction);
  }

  effect(effect: Effect): void {
    this.effects.push(effect);
  }

  /** Records a decision about a call, or hands its refusal on. */
  decide(call: Call, decision: Decision): Refusal | undefined {
    if (isRefusal(decision)) return decision;
    this.record(call, decision);
    return undefined;
  }

  record(call: Call, events: readonly NewEvent[]): Call {
    let current = call;
    for (const event of events) {
      const before = this.call(call.id) ?? current;
      this.planned.push({ stream: streamOfInteraction(call.id), interaction: call.id, event });
      this.hotline = withCallEvent(this.hotline, call.id, event);
      current = this.call(call.id) ?? current;
      const { offer, talk, dial } = before.interaction;
      const consulted = before.transfers.open?.consulted?.agent;
      const parties = { offered: offer?.agent, talking: talk?.agent, consulted, dialling: dial?.agent };
      for (const { agent, command } of presenceAfter(event, parties)) this.presence(agent, command);
      followCall(this, before, current, event);
    }
    return current;
  }

  tellNobodyIsThere(interaction: string): void {
    if (this.#told.has(interaction)) return;
    this.#told.add(interaction);
    this.announce(interaction, 'nobody');
  }

  /** Plays a prompt in place of what plays. */
  announce(interaction: string, prompt: PromptName): void {
    const call = this.call(interaction);
    if (call !== undefined) this.hotline = withCall(this.hotline, { ...call, playing: prompt });
    this.effect({ interaction, kind: 'announce', prompt });
  }

  presence(agent: string, command: PresenceCommand): Refusal | undefined {
    const person = this.hotline.people.get(agent) ?? newPerson(agent);
    const decision = decidePresence(command, person.presence);
    if (isRefusal(decision)) return decision;
    for (const event of decision) {
      this.planned.push({ stream: `presence-${agent}`, event });
      this.hotline = withPresenceEvent(this.hotline, agent, event);
    }
    if (decision.length > 0) this.routingDue = true;
    return undefined;
  }
}
