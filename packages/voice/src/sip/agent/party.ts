import { type Address, parseAddress } from '../address.ts';
import { splitOutside } from '../lexical.ts';
import { headerValues, type SipRequest } from '../message.ts';
import { userOf } from '../uri.ts';
import type { Party } from '../user-agent.ts';

export function partyOf(address: Address): Party {
  const user = userOf(address.uri);
  const { displayName } = address;
  return Object.freeze({
    uri: address.uri.text,
    ...(user === undefined ? {} : { user }),
    ...(displayName === undefined || displayName === '' ? {} : { displayName }),
  });
}

/** The first readable P-Asserted-Identity (RFC 3325: at most one sip and one tel URI). */
export function assertedIdentity(request: SipRequest): Party | undefined {
  for (const value of headerValues(request, 'p-asserted-identity')) {
    for (const part of splitOutside(value, ',') ?? []) {
      const address = parseAddress(part);
      if (address !== undefined) return partyOf(address);
    }
  }
  return undefined;
}
