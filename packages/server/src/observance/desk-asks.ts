import type { NormAsk } from '@threerings/core/hotline/inputs';
import type { Hotline } from '@threerings/core/hotline/state';
import { fact } from '@threerings/core/timeline/decider';
import type { NewEvent } from '@threerings/core/timeline/event';
import { sourceOf } from '@threerings/core/timeline/vocabulary';
import type { DeskCommand } from '@threerings/core/wire/desk';
import { step } from '@threerings/norms/monitor/engine';
import { preflight } from '@threerings/norms/preflight';
import type { Instant, TraceEvent } from '@threerings/norms/trace';
import type { NormWords } from '../norm-packs/norm-words.ts';
import type { CallWatch } from './call-watch.ts';

/**
 * What norms want explained before a desk act: the act is judged as if it had happened, on a copy. Only norms that stop or
 * ask for a reason speak here; where it cannot be told, the act passes (no transcript must not stop work).
 */
export function deskAsks(
  watch: CallWatch | undefined,
  hotline: Hotline,
  words: NormWords,
  command: DeskCommand,
  at: Instant,
): readonly NormAsk[] {
  if (watch === undefined || (command.kind !== 'hold' && command.kind !== 'transfer')) return [];
  const leg = hotline.calls.get(command.interaction)?.interaction.talk?.leg;
  if (leg === undefined) return [];
  const state = structuredClone(watch.state);
  if (command.consent)
    step(watch.program, state, asTrace(fact('consent.marked', at, { consent: 'preview', about: command.kind, given: true }), 1));
  const begun = command.kind === 'hold' ? heldFrom(command, leg, at) : transferredFrom(command, at);
  return preflight(watch.program, state, asTrace(begun, 2))
    .filter(({ kind }) => kind === 'stop' || kind === 'askReason')
    .map(({ norm, cites, message, missing }) => ({
      norm,
      cites,
      message: message === undefined ? words.title(norm) : words.message(norm, message),
      missing: missing.map((label) => words.label(norm, label)),
    }));
}

function heldFrom({ reason, limitMs: limit, consent }: Extract<DeskCommand, { kind: 'hold' }>, leg: string, at: Instant): NewEvent {
  return fact('hold.started', at, { hold: 'preview', leg, reason, limit, consent, music: true });
}

function transferredFrom({ to, how, reason, brief }: Extract<DeskCommand, { kind: 'transfer' }>, at: Instant): NewEvent {
  const cold = to.queue === undefined ? 'blind' : 'queue';
  const kind = to.item !== undefined ? 'ivr' : to.seat !== undefined ? 'expert' : how === 'cold' ? cold : 'warm';
  const written = brief.trim() === '' ? {} : { brief: 'preview' };
  return fact('transfer.started', at, {
    transfer: 'preview',
    target: to.queue ?? to.agent ?? to.seat ?? to.item ?? '',
    kind,
    reason,
    ...written,
  });
}

/** Beyond every event of the call so far. */
const laterThanAll = 2 ** 40;

/** An act as the event that it would become, after everything that happened. */
export function asTrace(event: NewEvent, order: number, by: 'agent' | 'customer' = 'agent'): TraceEvent {
  const source = sourceOf({ type: event.type, by }) ?? 'desk';
  return {
    id: `preview-${order}`,
    type: event.type,
    by,
    source,
    occurredAt: event.occurredAt,
    seq: laterThanAll + order,
    fields: event.fields,
  };
}
