import type { PrivateKey } from '@threerings/core/wire/private-notes';

/** As OWASP recommends for PBKDF2 with SHA-256: a guess costs what a sign-in costs. */
const rounds = 600_000;
const word = 'threerings';

/** A key that exists in this page only. */
export type NoteKey = CryptoKey;

/** A key for a passphrase that is chosen now, with what tells it from a wrong one later. */
export async function chosenKey(passphrase: string): Promise<{ readonly key: NoteKey; readonly stored: PrivateKey }> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const key = await keyOf(passphrase, salt);
  return { key, stored: { salt: toBase64(salt), proof: await seal(key, word) } };
}

/** Undefined for a wrong passphrase. */
export async function openedKey(passphrase: string, { salt, proof }: PrivateKey): Promise<NoteKey | undefined> {
  const key = await keyOf(passphrase, fromBase64(salt));
  return (await unseal(key, proof)) === word ? key : undefined;
}

export async function seal(key: NoteKey, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text)));
  return toBase64(Uint8Array.from([...iv, ...sealed]));
}

/** Undefined when it was sealed with another key, or is not whole. */
export async function unseal(key: NoteKey, sealed: string): Promise<string | undefined> {
  const bytes = fromBase64(sealed);
  try {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes.slice(0, 12) }, key, bytes.slice(12));
    return new TextDecoder().decode(plain);
  } catch {
    return undefined;
  }
}

async function keyOf(passphrase: string, salt: Uint8Array<ArrayBuffer>): Promise<NoteKey> {
  const material = await crypto.subtle.importKey('raw', new TextEncoder().encode(passphrase.normalize('NFKC')), 'PBKDF2', false, [
    'deriveKey',
  ]);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
