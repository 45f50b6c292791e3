import type { Instant } from '@threerings/norms/trace';
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

/** Why a promise changes that an outage is over, as its stream says. */
export const restoredReasons = { call: '故障已恢复，请通知', toldBefore: '同一号码已通知' } as const;

/**
 * A promise whose caller is to be called, soon: its next owner, one of those who were named in turn, and its due time. Undefined: it
 * stays as it is.
 */
export function leftToCall(
  { owner, due }: Pick<Awaiting, 'owner' | 'due'>,
  { restoredAt, owners }: Pick<Restored, 'restoredAt' | 'owners'>,
  { index, at, settings }: { readonly index: number; readonly at: Instant; readonly settings: Pick<Settings, 'outageNotifyMs'> },
): { readonly owner: string | undefined; readonly due: Instant | undefined } {
  const next = owners.includes(owner) ? undefined : owners[index % Math.max(owners.length, 1)];
  const soon = Math.max(restoredAt + settings.outageNotifyMs, at + 60_000);
  return { owner: next, due: due > soon ? soon : undefined };
}

/** What the text message says. */
export const restoredText = (title: string, hotlineName: string): string =>
  `您关注的“${title}”已恢复正常，给您带来不便，敬请谅解。【${hotlineName}】`;
