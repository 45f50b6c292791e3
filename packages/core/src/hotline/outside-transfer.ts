import { decideInteraction } from '../interactions/lifecycle.ts';
import { decideTransfer, type TransferCommand } from '../transfer/lifecycle.ts';
import type { HotlineInput } from './inputs.ts';
import { endsMonitoring } from './leader.ts';
import type { Call } from './state.ts';
import type { Turn } from './turn.ts';

type Bare<Input> = Input extends HotlineInput ? Omit<Input, 'at' | 'interaction'> : never;
type OutsideTold = Bare<Extract<HotlineInput, { readonly kind: 'outside-answers' | 'outside-left' }>>;

/** Rings whom the transfer goes to outside, by the line that calls of ours take. */
export function dialsOutside(turn: Turn, call: Call, agent: string, number: string): void {
  decide(turn, call, { kind: 'ring', at: turn.at });
  const line = turn.call(call.id)?.transfers.open?.consulted?.consult;
  if (line === undefined) return;
  const { plan, settings } = turn.hotline;
  const shows = plan.dialPlan?.shows;
  turn.effect({ interaction: call.id, kind: 'dial-outside', line, agent, number, shows, timeoutMs: settings.outboundRingMs });
}

/** What the medium tells of the line to the outside. News of a line that is not the transfer's any more changes nothing. */
export function outsideTold(turn: Turn, call: Call, told: OutsideTold): void {
  const { open, talking } = call.transfers;
  if (open?.kind !== 'outside' || open.consulted?.consult !== told.line) return;
  if (told.kind === 'outside-left') {
    decide(turn, call, { kind: 'fail', because: told.outcome, at: turn.at });
    return;
  }
  decide(turn, open.cold ? endsMonitoring(turn, call) : call, { kind: 'outside-answers', consult: told.line, at: turn.at });
  if (talking !== undefined) goesOut(turn, call.id, talking);
}

/** The caller has left the house: the call is over here, and who had the caller last writes it up (首问负责). */
export function goesOut(turn: Turn, interaction: string, agent: string): void {
  const call = turn.call(interaction);
  if (call?.transfers.handedOut === undefined) return;
  turn.decide(call, decideInteraction({ kind: 'hand-out', agent, at: turn.at }, call.interaction, turn.hotline.settings));
}

function decide(turn: Turn, call: Call, command: TransferCommand): void {
  turn.decide(call, decideTransfer(command, call.transfers, turn.hotline.settings.wrapUpMs));
}
