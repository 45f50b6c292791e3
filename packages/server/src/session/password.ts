import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** RFC 7914: N = 2^15, r = 8, p = 1 takes 32 MiB and about 80 ms; stored with each hash, so that it can be raised later. */
const current = { logN: 15, r: 8, p: 1 };
const keyBytes = 32;

/** Two at a time: a burst of sign-ins must neither take the thread pool from the database nor fill the memory. */
const atOnce = 2;
const maxWaiting = 64;
let running = 0;
const waiting: (() => void)[] = [];

/** More sign-ins wait than can be served in a few seconds. */
export class PasswordsBusy extends Error {
  override readonly name = 'PasswordsBusy';
}

/** For passwords that stand on the sign-in page: twenty of them cost a first start no more than a blink. */
const published = { logN: 10, r: 8, p: 1 };

/** `scrypt$<logN>$<r>$<p>$<salt>$<hash>`, base64url */
export function hashPassword(password: string): Promise<string> {
  return hashWith(password, current);
}

/** The same for a password that everybody may read, and for no other: it costs nothing to guess. */
export function hashPublishedPassword(password: string): Promise<string> {
  return hashWith(password, published);
}

async function hashWith(password: string, parameters: Parameters): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, parameters);
  const { logN, r, p } = parameters;
  return ['scrypt', logN, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Takes the same time whether the login exists or not: without a stored hash it derives one all the same. */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const parsed = parse(stored);
  const hash = await derive(password, parsed?.salt ?? Buffer.alloc(16), parsed ?? current);
  return timingSafeEqual(hash, parsed?.hash ?? Buffer.alloc(keyBytes)) && parsed !== undefined;
}

interface Parameters {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

function parse(stored: string | undefined): (Parameters & { readonly salt: Buffer; readonly hash: Buffer }) | undefined {
  const match = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([\w-]{22})\$([\w-]{43})$/.exec(stored ?? '');
  if (match === null) return undefined;
  const [, logN, r, p, salt = '', hash = ''] = match;
  if (Number(logN) < 10 || Number(logN) > 18 || Number(r) > 16 || Number(p) > 4) return undefined;
  return {
    logN: Number(logN),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64url'),
    hash: Buffer.from(hash, 'base64url'),
  };
}

async function derive(password: string, salt: Buffer, { logN, r, p }: Parameters): Promise<Buffer> {
  if (running >= atOnce) {
    if (waiting.length >= maxWaiting) throw new PasswordsBusy('too many sign-ins at once');
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running += 1;
  try {
    // The same letters typed on another system may be composed differently.
    const options = { N: 2 ** logN, r, p, maxmem: 256 * r * 2 ** logN };
    return await scryptAsync(password.normalize('NFKC'), salt, options);
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

function scryptAsync(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(password, salt, keyBytes, options, (error, key) => (error === null ? resolve(key) : reject(error))),
  );
}

const minPassword = 10;
const maxPassword = 256;
const common = new Set(['1234567890', '0123456789', 'password123', 'qwertyuiop', 'administrator', 'threerings']);

/** What is wrong with a new password, or undefined. NIST SP 800-63B 5.1.1: length and a deny list, no composition rules. */
export function passwordFlaw(password: string, login: string): 'too-short' | 'too-long' | 'too-common' | undefined {
  if ([...password].length < minPassword) return 'too-short';
  if (password.length > maxPassword) return 'too-long';
  const lower = password.toLowerCase();
  const repeated = new Set(lower).size < 4;
  return common.has(lower) || repeated || lower.includes(login.toLowerCase().padEnd(4, '\0')) ? 'too-common' : undefined;
}
