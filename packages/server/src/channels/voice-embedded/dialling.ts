import type { DialFailure } from '@threerings/core/interactions/commands';

/** What a final refusal of an INVITE means for who was called (RFC 3261 §21). `failed`: the line did not come about, and nobody was tried. */
export function dialOutcome(status: number | undefined): DialFailure {
  return (status === undefined ? undefined : outcomes.get(status)) ?? 'failed';
}

const outcomes: ReadonlyMap<number, DialFailure> = new Map<number, DialFailure>([
  ...[486, 600].map((status) => [status, 'busy'] as const),
  ...[408, 480, 487].map((status) => [status, 'no-answer'] as const),
  ...[403, 433, 603].map((status) => [status, 'rejected'] as const),
  ...[404, 410, 484, 604].map((status) => [status, 'invalid'] as const),
]);

/** The address of a number on the trunk: `sip:` and the host of its proxy. */
export function trunkAddress(proxy: string | undefined, number: string): string | undefined {
  return proxy === undefined ? undefined : `sip:${number}@${proxy.replace(/^sip:/i, '').replace(/;.*$/, '')}`;
}
