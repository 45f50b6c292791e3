import { offeredToAgent } from '../match/anatomy.ts';
import { matchEvent } from '../match/event.ts';
import type { Scene, TriggerFacts } from '../match/scene.ts';
import { roleMatches } from '../match/world.ts';
import { overflow } from '../reasons.ts';
import type { FieldValue, Instant, TraceEvent } from '../trace.ts';
import type { ResolvedPattern } from '../tree.ts';
import { type Edges, noEdges } from './facts.ts';
import { feedInstance, noteTakeover } from './feed.ts';
import { type Birth, grow } from './grow.ts';
import { ifClosed } from './instance.ts';
import { knowledge, reasonOf } from './residual.ts';
import { caps, type Instance } from './state.ts';
import { bareScene, doubtful, emit, inEffect, propose, settle, type Work } from './work.ts';

/** An event that triggers the norm makes a duty; one that may have triggered it makes an unknown. */
export function takeTriggers(work: Work, event: TraceEvent, edges: Edges, opening: boolean): void {
  if (!inEffect(work, event.occurredAt)) return;
  const { trigger } = work.plan.norm;
  switch (trigger.kind) {
    case 'onScope':
      if (opening) spawn(work, { key: 'scope', at: event.occurredAt, event, binds: {}, slots: {}, self: event });
      return;
    case 'onInterval':
      for (const one of edges.opened) {
        if (one.interval === trigger.interval && roleMatches(work.world, trigger.role, one.by)) {
          spawn(work, { key: one.id, at: event.occurredAt, event, binds: {}, slots: {} });
        }
      }
      return;
    case 'onEvent':
      takeEventTrigger(work, event);
      return;
    case 'onLasting':
      return;
  }
}

function takeEventTrigger(work: Work, event: TraceEvent): void {
  const { plan, state } = work;
  const { trigger } = plan.norm;
  if (trigger.kind !== 'onEvent' || !isOfType(trigger.pattern, event.type)) return;
  const match = matchEvent(trigger.pattern, event, bareScene(work, event.occurredAt));
  if (match.v === 'F') return;
  state.count++;
  const counts = trigger.which === 'each' || state.count === (trigger.which === 'first' ? 1 : trigger.which);
  if (!counts) return;
  if (match.v === 'T') {
    spawn(work, { key: event.id, at: event.occurredAt, event, binds: match.binds, slots: match.slots, span: match.span });
    return;
  }
  const then = work.facts.charge;
  emit(work, doubtful(event.id, event.occurredAt, then, [{ event: event.id }]), event.occurredAt, {
    value: 'unknown',
    reason: `trigger:${match.reason ?? 'no-value'}`,
  });
}

const isOfType = (pattern: ResolvedPattern, type: string) =>
  pattern.kind === 'anyOf' ? pattern.items.some((one) => one.type === type) : pattern.type === type;

interface Beginning {
  readonly key: string;
  readonly at: Instant;
  /** the trigger, absent for a lasting interval, whose opening is remembered in `opened` */
  readonly event?: TraceEvent;
  readonly opened?: TriggerFacts;
  readonly binds: Readonly<Record<string, FieldValue>>;
  readonly slots: Readonly<Record<string, string | number>>;
  readonly span?: readonly [number, number] | undefined;
  /** the event with which the talk begins counts for the duty of the scope */
  readonly self?: TraceEvent;
}

function newInstance(work: Work, beginning: Beginning, birth: Birth): Instance {
  const { plan, facts } = work;
  const { event, key, at, span } = beginning;
  const fields = birth.scene.trigger?.fields ?? {};
  const named = fields['agent'];
  const inCharge = facts.charge ?? (typeof named === 'string' ? named : undefined);
  const leg = event?.type === offeredToAgent ? event.fields['leg'] : undefined;
  const trigger = event?.id ?? key;
  const instance: Instance = {
    key,
    at,
    trigger: { fields },
    binds: beginning.binds,
    attributes: facts.attributes,
    inCharge,
    receiver: undefined,
    undelivered: typeof leg === 'string' ? leg : undefined,
    witnesses: [span === undefined ? { event: trigger } : { event: trigger, span }],
    body: grow(plan.norm.body, birth, true),
    unless: plan.norm.unless && grow(plan.norm.unless, birth, false),
    done: undefined,
  };
  if (event !== undefined) noteTakeover(instance, event);
  return instance;
}

/** Makes the duty of a trigger, if the guard holds; a duty that is settled at its anchor is never kept. */
export function spawn(work: Work, beginning: Beginning): void {
  const { plan, state, past, facts, unions } = work;
  const { at, key } = beginning;
  const { world, attributes, uttered, measure } = bareScene(work, at);
  const scene: Scene = { world, binds: beginning.binds, trigger: triggerOf(beginning), attributes, now: at, uttered, measure };
  const birth: Birth = { plan, state, past, facts, unions, at, key, scene, own: undefined };
  if (plan.norm.guard !== undefined) {
    const guard = grow(plan.norm.guard, birth, false);
    const holds = knowledge(guard, ifClosed(plan, facts, at));
    if (holds === 'F') return;
    if (holds !== 'T') {
      emit(work, stillborn(work, beginning, scene), at, { value: 'unknown', reason: `guard:${reasonOf(guard)}` });
      return;
    }
  }
  if (state.instances.length >= caps.instances) {
    emit(work, stillborn(work, beginning, scene), at, { value: 'unknown', reason: overflow });
    return;
  }
  const instance = newInstance(work, beginning, birth);
  if (beginning.self !== undefined) feedInstance(work, instance, beginning.self, noEdges);
  propose(work, instance, 'triggered', at);
  settle(work, instance, at, false);
  if (instance.done !== true) state.instances = state.instances.length === 0 ? [instance] : [...state.instances, instance];
}

function triggerOf({ event, opened, slots }: Beginning): TriggerFacts {
  if (event === undefined) return opened ?? { fields: {} };
  const { fields, text } = event;
  for (const _ in slots) return { fields: { ...fields, ...slots }, text };
  return { fields, text };
}

/** A duty of which it cannot be told whether it began. */
function stillborn({ facts }: Work, { key, at, event }: Beginning, { trigger }: Scene): Instance {
  const agent = trigger?.fields['agent'];
  return doubtful(key, at, facts.charge ?? (typeof agent === 'string' ? agent : undefined), [{ event: event?.id ?? key }]);
}
