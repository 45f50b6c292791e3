/** How many ids of things that are over are remembered. */
const REMEMBERED = 10_000;

/**
 * Ids that were used once, the newest ten thousand: a command that creates something is acknowledged and does nothing when
 * it comes again after the thing has ended (INVARIANT same id, same thing).
 */
export class KnownIds {
  private readonly ids = new Set<string>();

  has(id: string): boolean {
    return this.ids.has(id);
  }

  add(id: string): void {
    this.ids.add(id);
    if (this.ids.size <= REMEMBERED) return;
    for (const oldest of this.ids) {
      this.ids.delete(oldest);
      return;
    }
  }
}
