import type { Instant } from '@threerings/norms/trace';
import { comingHoldAlerts } from '../hold/policies.ts';
import type { InteractionCommand } from '../interactions/commands.ts';
import { nextWakeUp } from '../interactions/policies.ts';
import { nextInQueue } from './queueing.ts';
import type { Call, Hotline } from './state.ts';

type Alert = ReturnType<typeof comingHoldAlerts>[number];
type Coming = { readonly at: Instant } & (
  | { readonly alert: Alert; readonly queue?: undefined }
  | { readonly alert?: undefined; readonly queue: NonNullable<ReturnType<typeof nextInQueue>>['due'] }
  | { readonly alert?: undefined; readonly queue?: undefined; readonly command: InteractionCommand }
);

/** What time alone brings about in this call next; of two at one instant the alert first. */
export function comingOf(hotline: Hotline, call: Call): Coming | undefined {
  const alert = comingHoldAlerts(call.hold, hotline.settings)[0];
  const queue = nextInQueue(hotline, call);
  const next = nextWakeUp(call.interaction, hotline.settings);
  const coming: Coming[] = [
    ...(alert === undefined ? [] : [{ at: alert.at, alert }]),
    ...(queue === undefined ? [] : [{ at: queue.at, queue: queue.due }]),
    ...(next === undefined ? [] : [{ at: next.at, command: next.command }]),
  ];
  return coming.reduce<Coming | undefined>((first, one) => (first === undefined || one.at < first.at ? one : first), undefined);
}

/** When time alone changes this call next, or undefined. The shell asks again after every turn. */
export function wakeUpOf(hotline: Hotline, call: Call): Instant | undefined {
  return comingOf(hotline, call)?.at;
}
