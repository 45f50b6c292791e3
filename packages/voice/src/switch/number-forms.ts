/**
 * How a trunk writes telephone numbers. Numbers of the country are kept as people dial them (`02012345678`, `13800138000`,
 * `12333`); other countries stay with their `+`.
 */
export interface NumberForms {
  /** Country calling code without `+`; only 86 has a numbering plan here, others are told apart by their prefix alone. */
  readonly country: string;
  /** what dialled numbers are turned into: `+862012345678`, `02012345678`, or left alone */
  readonly dialled: 'international' | 'national' | 'as-is';
}

const MOBILE = /^1[3-9]\d{9}$/;
/** Area codes of China without their 0: 10 and 2x with eight digits, others with seven or eight. */
const GEOGRAPHIC = /^(?:(?:10|2\d)\d{8}|[3-9]\d{2}\d{7,8})$/;

/** The number of a caller as people of the country dial it. What is no number, or short, stays as it is. */
export function nationalForm(user: string, { country }: NumberForms): string {
  const digits = user.replace(/[\s().-]/g, '');
  if (!/^\+?\d{3,15}$/.test(digits)) return user;
  const within = [`+${country}`, `00${country}`].find((prefix) => digits.startsWith(prefix));
  if (within === undefined) return digits.startsWith('00') ? `+${digits.slice(2)}` : digits;
  return withTrunkPrefix(digits.slice(within.length), country);
}

/** The number to dial as the trunk wants it; service numbers such as 12333 and 95588 have one form only. */
export function dialledForm(user: string, forms: NumberForms): string {
  if (forms.dialled === 'as-is') return user;
  const national = nationalForm(user, forms);
  if (forms.dialled === 'national' || !/^\d+$/.test(national)) return national;
  if (national.startsWith('0')) return `+${forms.country}${national.slice(1)}`;
  return MOBILE.test(national) && forms.country === '86' ? `+86${national}` : national;
}

function withTrunkPrefix(rest: string, country: string): string {
  if (country !== '86') return rest.startsWith('0') ? rest : `0${rest}`;
  return GEOGRAPHIC.test(rest) && !MOBILE.test(rest) ? `0${rest}` : rest;
}
