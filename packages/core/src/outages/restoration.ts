import type { Instant } from '@threerings/norms/trace';
import type { PromiseCommand } from '../promises/lifecycle.ts';
import { smsNumber } from '../sending/address.ts';
import type { Settings } from '../settings/defaults.ts';

/** An outage that is over, and how those who asked are to be told. */
export interface Restored {
  readonly restoredAt: Instant;
  /** 工号 of who said so */
  readonly by: string;
  readonly tell: 'sms' | 'call';
  /** 工号 of who calls those who get no message; empty = whoever promised it */
  readonly owners: readonly string[];
}

/** Somebody to whom it was promised that they are told. */
export interface Awaiting {
  readonly promise: string;
  readonly owner: string;
  readonly due: Instant;
  /** the number that was left, else the one that the call came from */
  readonly number: string | undefined;
  /** asked not to be called or written to */
  readonly unsafe: boolean;
}

/**
 * Where a text message goes: only where that was chosen, a gateway and a mobile number are there and nobody asked not to be written to.
 * Undefined: somebody calls.
 */
export function messageTo(
  { number, unsafe }: Pick<Awaiting, 'number' | 'unsafe'>,
  { tell }: Pick<Restored, 'tell'>,
  gateway: boolean,
): string | undefined {
  return tell === 'sms' && gateway && !unsafe && number !== undefined ? smsNumber(number) : undefined;
}

const why = '故障已恢复，请通知';

/** What becomes of a promise whose caller is to be called, soon: its owner, one of those who were named in turn, and its due time. */
export function leftToCall(
  { promise, owner, due }: Pick<Awaiting, 'promise' | 'owner' | 'due'>,
  { restoredAt, by, owners }: Restored,
  { index, at, settings }: { readonly index: number; readonly at: Instant; readonly settings: Pick<Settings, 'outageNotifyMs'> },
): readonly PromiseCommand[] {
  const to = owners[index % Math.max(owners.length, 1)];
  const soon = Math.max(restoredAt + settings.outageNotifyMs, at + 60_000);
  return [
    ...(to === undefined || owners.includes(owner) ? [] : [{ kind: 'reassign', promise, by: 'leader', to, reason: why, at } as const]),
    ...(due > soon ? [{ kind: 'move', promise, due: soon, told: false, reason: why, agent: by, at } as const] : []),
  ];
}

/** The same number has been told. */
export function toldBefore(promise: string, at: Instant): PromiseCommand {
  return { kind: 'withdraw', promise, by: 'system', byCustomer: false, reason: '同一号码已通知', at };
}

/** What the text message says. */
export const restoredText = (title: string, hotlineName: string): string =>
  `您关注的“${title}”已恢复正常，给您带来不便，敬请谅解。【${hotlineName}】`;
