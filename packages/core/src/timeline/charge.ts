import type { TraceEvent } from '@threerings/norms/trace';

type Happening = Pick<TraceEvent, 'type' | 'by' | 'fields'>;

/** Who answers for the caller: while talking, and until the interaction is closed. */
export interface Charge {
  readonly talking?: string | undefined;
  readonly handling?: string | undefined;
}

/**
 * Who is in charge after one more event: whoever of the staff answered, accepted the chat, or took over by a completed
 * transfer. Holds, consults, monitoring and barging in do not move it.
 */
export function applyToCharge(charge: Charge, event: Happening): Charge {
  const agent = event.fields['agent'];
  switch (event.type) {
    case 'call.answered':
    case 'chat.accepted':
      return typeof agent === 'string' && event.by !== 'customer' ? { talking: agent, handling: agent } : charge;
    case 'transfer.completed':
    case 'chat.transferred':
      return typeof agent === 'string' ? { talking: agent, handling: agent } : charge;
    case 'call.ended':
    case 'chat.ended':
      return { handling: charge.handling };
    case 'interaction.closed':
      return {};
    default:
      return charge;
  }
}

/** In charge of the caller after events that stand in timeline order: while talking, else while handling. */
export function inCharge(events: Iterable<Happening>): string | undefined {
  let charge: Charge = {};
  for (const event of events) charge = applyToCharge(charge, event);
  return charge.talking ?? charge.handling;
}
