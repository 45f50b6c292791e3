/** How many failures within the window lock a login, and how many an address behind which a whole office may sit. */
const limits = { login: 5, address: 50 } as const;
const windowMs = 15 * 60_000;
const lockMs = 5 * 60_000;
/** Beyond this many remembered keys of one kind the oldest are forgotten: the memory an attacker can take is bounded. */
const maxKeys = 20_000;

interface Attempts {
  failures: number;
  since: number;
  lockedUntil: number;
}

/**
 * Slows guessing down, by login and by address. It treats a login that does not exist like one that does, so that being
 * locked out tells nothing. Instants are ms since the epoch.
 */
export class SignInThrottle {
  readonly #login = new Map<string, Attempts>();
  readonly #address = new Map<string, Attempts>();

  /** The instant until which this attempt must wait, or undefined if it may be made. */
  lockedUntil(login: string, address: string, now: number): number | undefined {
    const until = Math.max(this.#login.get(keyOf(login))?.lockedUntil ?? 0, this.#address.get(address)?.lockedUntil ?? 0);
    return until > now ? until : undefined;
  }

  /**
   * Counts an attempt before its password is checked, so that many at once cannot slip through together.
   * `succeeded` takes it back.
   */
  begin(login: string, address: string, now: number): void {
    count(this.#login, keyOf(login), limits.login, now);
    count(this.#address, address, limits.address, now);
  }

  /** The login's failures are forgotten; the address only gets this one attempt back: it may still be guessing others. */
  succeeded(login: string, address: string): void {
    this.#login.delete(keyOf(login));
    const attempts = this.#address.get(address);
    if (attempts === undefined) return;
    attempts.failures -= 1;
    if (attempts.failures < limits.address) attempts.lockedUntil = 0;
  }
}

function count(among: Map<string, Attempts>, key: string, limit: number, now: number): void {
  const known = among.get(key);
  const fresh = known === undefined || now - known.since >= windowMs || (known.lockedUntil !== 0 && known.lockedUntil <= now);
  const attempts = fresh ? { failures: 0, since: now, lockedUntil: 0 } : known;
  attempts.failures += 1;
  if (attempts.failures >= limit) attempts.lockedUntil = now + lockMs;
  // Re-inserted, so that the order of the map is that of the last attempt.
  among.delete(key);
  among.set(key, attempts);
  if (among.size > maxKeys) for (const oldest of among.keys()) return void among.delete(oldest);
}

function keyOf(login: string): string {
  return login.normalize('NFKC').toLowerCase();
}
