import type { HotlineInput } from '@threerings/core/hotline/inputs';

export interface BlockedNumber {
  readonly entry: string;
  readonly number: string;
  readonly offer: 'end' | 'message';
  readonly until: number;
}

/** Digits as people dial them in this country: +86 and 0086 say nothing. */
export function dialled(number: string): string {
  return number.replaceAll(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$|0?\d{10,11}$)/, '');
}

/** The numbers in force, held in memory so that no arriving call waits for the database. */
export class Blocklist {
  #numbers: ReadonlyMap<string, BlockedNumber> = new Map();

  replace(numbers: readonly BlockedNumber[]): void {
    this.#numbers = new Map(numbers.map((one) => [dialled(one.number), one]));
  }

  /** An arriving caller with the entry that the number stands in now. */
  known(input: HotlineInput): HotlineInput {
    if (input.kind !== 'caller-arrived' || input.number === undefined || input.blocked !== undefined) return input;
    const found = this.#numbers.get(dialled(input.number));
    return found === undefined || found.until <= input.at ? input : { ...input, blocked: { entry: found.entry, offer: found.offer } };
  }
}
