import { Tap } from '../media/tap.ts';
import { KnownIds } from './known-ids.ts';
import type { SwitchLeg } from './leg.ts';
import { type Refusal, refusal } from './refusal.ts';

/** Live audio of legs to listeners outside the process. */
export class Taps {
  private readonly open = new Map<string, { readonly tap: Tap; readonly leg: SwitchLeg }>();
  private readonly known = new KnownIds();

  async start(id: string, leg: SwitchLeg, socket: string): Promise<Refusal | undefined> {
    if (this.known.has(id)) return undefined;
    const tap = await Tap.open(socket, leg.media.inbound);
    if (tap === undefined) return refusal('file.unwritable', `nobody listens at the tap socket ${socket}; listen there before tapping`);
    this.known.add(id);
    this.open.set(id, { tap, leg });
    return undefined;
  }

  stop(id: string): void {
    this.open.get(id)?.tap.close();
    this.open.delete(id);
  }

  forget(leg: SwitchLeg): void {
    for (const [id, tapped] of this.open) if (tapped.leg === leg) this.stop(id);
  }

  tick(): void {
    for (const { tap } of this.open.values()) tap.tick();
  }
}
