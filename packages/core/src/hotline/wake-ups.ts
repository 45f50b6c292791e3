import type { Instant } from '@threerings/norms/trace';
import { nextInChat } from '../chats/policies.ts';
import { comingHoldAlerts } from '../hold/policies.ts';
import type { InteractionCommand } from '../interactions/commands.ts';
import { nextWakeUp } from '../interactions/policies.ts';
import { nextInTransfer, type TransferDue } from '../transfer/policies.ts';
import { leaderRequestWakes } from './leader-request.ts';
import { nextInQueue } from './queueing.ts';
import { pauseEnds } from './recording-pause.ts';
import type { Call, Hotline } from './state.ts';
import { supportWakes } from './support.ts';
import { surveyEnds } from './surveys.ts';

type Alert = ReturnType<typeof comingHoldAlerts>[number];
type Coming = { readonly at: Instant } & (
  | { readonly is: 'alert'; readonly alert: Alert }
  | { readonly is: 'queue'; readonly queue: NonNullable<ReturnType<typeof nextInQueue>>['due'] }
  | { readonly is: 'flow' }
  | { readonly is: 'transfer'; readonly transfer: TransferDue }
  | { readonly is: 'recording' }
  | { readonly is: 'leader' }
  | { readonly is: 'command'; readonly command: InteractionCommand }
);

/** What time alone brings about in this call next; of two at one instant the alert first. */
export function comingOf(hotline: Hotline, call: Call): Coming | undefined {
  const alert = comingHoldAlerts(call.hold, hotline.settings)[0];
  const queue = nextInQueue(hotline, call);
  const transfer = nextInTransfer(call.transfers, hotline.settings);
  const next = nextWakeUp(call.interaction, hotline.settings);
  const recording = pauseEnds(call, hotline.settings);
  const leader = leaderRequestWakes(call, hotline.settings);
  const coming: Coming[] = [
    ...(alert === undefined ? [] : [{ is: 'alert' as const, at: alert.at, alert }]),
    ...(queue === undefined ? [] : [{ is: 'queue' as const, at: queue.at, queue: queue.due }]),
    ...(call.flow === undefined ? [] : [{ is: 'flow' as const, at: call.flow.state.until }]),
    ...(transfer === undefined ? [] : [{ is: 'transfer' as const, at: transfer.at, transfer }]),
    ...(recording === undefined ? [] : [{ is: 'recording' as const, at: recording }]),
    ...(leader === undefined ? [] : [{ is: 'leader' as const, at: leader }]),
    ...(next === undefined ? [] : [{ is: 'command' as const, at: next.at, command: next.command }]),
  ];
  return coming.reduce<Coming | undefined>((first, one) => (first === undefined || one.at < first.at ? one : first), undefined);
}

/** When time alone changes this call or chat next, or undefined. The shell asks again after every turn. */
export function wakeUpOf(hotline: Hotline, interaction: string): Instant | undefined {
  const call = hotline.calls.get(interaction);
  const chat = hotline.chats.get(interaction);
  const coming = [
    surveyEnds(hotline, interaction),
    supportWakes(hotline, interaction),
    call && comingOf(hotline, call)?.at,
    chat && nextInChat(chat, hotline.settings)?.at,
  ].filter((at) => at !== undefined);
  return coming.length === 0 ? undefined : Math.min(...coming);
}
