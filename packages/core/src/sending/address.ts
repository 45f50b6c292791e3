/** A mobile number of mainland China, or an international one with its plus: as the gateway gets it. Undefined = no number to send to. */
export function smsNumber(text: string): string | undefined {
  const plain = text.replace(/[\s-]/g, '').replace(/^(?:\+|00)86(?=1)/, '');
  return /^1[3-9]\d{9}$/.test(plain) || /^\+[1-9]\d{6,14}$/.test(plain) ? plain : undefined;
}

/** One address, nothing that could begin a header or name a second one. */
export function mailAddress(text: string): string | undefined {
  const plain = text.trim();
  return /^[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}$/.test(plain) && plain.length <= 254 ? plain : undefined;
}

/** `138****8000`, `w***@example.org`: recognisable to who knows it, useless to others. */
export function maskedAddress(address: string): string {
  const at = address.indexOf('@');
  if (at > 0) return `${address.slice(0, 1)}***${address.slice(at)}`;
  return address.length < 8 ? '****' : `${address.slice(0, 3)}****${address.slice(-4)}`;
}
