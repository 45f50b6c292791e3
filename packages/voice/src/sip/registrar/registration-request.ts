import { parseAddress } from '../address.ts';
import type { Refusal } from '../agent/admission.ts';
import { header, headerValues, type SipRequest } from '../message.ts';

const LONGEST_S = 3600;
/** Shorter would be a flood; NATs keep a UDP binding for half a minute and more. */
const SHORTEST_S = 60;

export interface RegistrationRequest {
  /** URI text; absent: the request only asks what stands */
  readonly contact?: string;
  /** `Contact: *` with `Expires: 0` */
  readonly removesAll: boolean;
  /** 0 = remove */
  readonly expiresS: number;
}

/** What a REGISTER asks (RFC 3261 §10.3): one Contact of ours is enough for a telephone. Refused with 400, 416 or 423. */
export function readRegistration(request: SipRequest): RegistrationRequest | Refusal {
  const contacts = headerValues(request, 'contact');
  const field = header(request, 'expires');
  if (contacts.length === 0) return { removesAll: false, expiresS: 0 };
  if (contacts.some((value) => value.trim() === '*'))
    return contacts.length === 1 && field?.trim() === '0' ? { removesAll: true, expiresS: 0 } : { status: 400 };
  const address = contacts.length === 1 ? parseAddress(contacts[0] ?? '') : undefined;
  if (address === undefined) return { status: 400 };
  if (address.uri.scheme !== 'sip') return { status: 416 };
  const asked = secondsOf(address.params.get('expires') ?? field);
  if (asked !== 0 && asked < SHORTEST_S) return { status: 423, headers: [{ name: 'min-expires', value: String(SHORTEST_S) }] };
  return { contact: address.uri.text, removesAll: false, expiresS: Math.min(asked, LONGEST_S) };
}

/** RFC 3261 §20.19: what cannot be read counts as an hour. */
function secondsOf(text: string | undefined): number {
  const found = text?.trim() ?? '';
  return /^\d{1,10}$/.test(found) ? Number(found) : LONGEST_S;
}
