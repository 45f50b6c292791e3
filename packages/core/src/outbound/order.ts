import type { Instant } from '@threerings/norms/trace';
import { dialable } from '../dialling/dial-plan.ts';
import { isRefusal, type Refusal, refuse } from '../errors/refusal.ts';
import { type CallerPromise, isSettled } from '../promises/state.ts';
import { type CallWindows, daypartOf } from '../promises/windows.ts';
import type { Settings } from '../settings/defaults.ts';
import type { AskReason } from '../wire/desk.ts';
import type { HotlinePlan } from '../wire/hotline-plan.ts';
import type { OutboundPurpose } from '../wire/outbound.ts';

/** What an agent wants: whom to call and why. What only the shell can look up stands beside what the agent wrote. */
export interface OutboundOrder {
  /** of the call that begins, chosen by who asks: the same again is the same call */
  readonly interaction: string;
  /** as it was typed, promised or called from */
  readonly number: string;
  readonly purpose: OutboundPurpose;
  /** what is to be said and asked, one point a line; personal */
  readonly note?: string | undefined;
  /** the promise that this call is to keep */
  readonly promise?: string | undefined;
  /** the interaction whose line dropped, taken up again */
  readonly redials?: string | undefined;
  /** the case that this call belongs to */
  readonly case?: string | undefined;
  readonly customer?: string | undefined;
  /** whoever has this number asked not to be called, in a call or by their file */
  readonly unsafe: boolean;
  /** why it is done outside of the calling hours */
  readonly override?: string | undefined;
}

/** What an order is held against. */
export interface OutboundScene {
  readonly at: Instant;
  readonly plan: HotlinePlan;
  readonly settings: Settings;
  readonly zoneOffsetMs: number;
  /** as it stands, where one is to be kept; undefined = there is none, or it is settled */
  readonly promise?: CallerPromise | undefined;
}

/** The norm that speaks of the hours in which people are called: an override is recorded against it. */
export const windowNorm = 'outbound-time-window';

/** Times of day at which people may be called, from the settings. */
export function callWindows(settings: Settings): CallWindows {
  const { morningFrom, morningTo, afternoonFrom, afternoonTo } = settings;
  return { morning: { from: morningFrom, to: morningTo }, afternoon: { from: afternoonFrom, to: afternoonTo } };
}

/** The points of a preparation, without empty lines. */
export function pointsOf(note: string | undefined): readonly string[] {
  return (note ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/**
 * The number to dial, or why not. Hard stops are the dial plan and a person who asked not to be called (practice: no redial); outside of the calling
 * hours (S2-03) it is asked why, but for a dropped call, which is taken up again at once (S2-17).
 */
export function checkOrder(order: OutboundOrder, scene: OutboundScene): { readonly number: string } | Refusal | AskReason {
  const number = dialable(scene.plan, order.number);
  if (isRefusal(number)) return number;
  if (order.unsafe) return refuse('dial.unsafe');
  if (order.promise !== undefined && (scene.promise === undefined || isSettled(scene.promise))) return refuse('promise.settled');
  if (order.redials === undefined && pointsOf(order.note).length === 0) return refuse('dial.not-prepared');
  return asksWhy(order, scene) ?? { number };
}

/** True within the hours in which people may be called. */
export function isCallingTime({ at, settings, zoneOffsetMs }: Pick<OutboundScene, 'at' | 'settings' | 'zoneOffsetMs'>): boolean {
  return daypartOf(at, callWindows(settings), zoneOffsetMs) !== undefined;
}

function asksWhy({ redials, override }: OutboundOrder, scene: OutboundScene): AskReason | undefined {
  if (redials !== undefined || isCallingTime(scene) || (override?.trim() ?? '') !== '') return undefined;
  const hours = hoursOf(scene.settings);
  return {
    ask: 'reason',
    norm: windowNorm,
    cites: ['S2-03'],
    message: {
      zh: `现在不在可致电时段（${hours}）；要拨打请写原因，例如客户约好的时间`,
      en: `People are called ${hours}; to call now, write why, for example that they asked for this time`,
    },
    missing: [],
  };
}

function hoursOf({ morningFrom, morningTo, afternoonFrom, afternoonTo }: Settings): string {
  const time = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  return `${time(morningFrom)}–${time(morningTo)}, ${time(afternoonFrom)}–${time(afternoonTo)}`;
}
