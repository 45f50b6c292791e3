import { Bridge } from '../media/bridge.ts';
import type { VoiceSnapshot } from '../port.ts';
import { KnownIds } from './known-ids.ts';
import type { SwitchLeg } from './leg.ts';

interface Standing {
  readonly bridge: Bridge;
  legs: readonly SwitchLeg[];
}

/** Who hears whom. A leg is in one bridge at most; a bridge that loses its last leg stays, empty, until it is unbridged. */
export class Bridges {
  private readonly standing = new Map<string, Standing>();
  private readonly known = new KnownIds();

  knows(id: string): boolean {
    return this.known.has(id);
  }

  /** Makes the bridge or gives it new members; legs leave any other bridge. */
  set(id: string, legs: readonly SwitchLeg[]): void {
    const present = this.standing.get(id);
    if (present !== undefined && sameLegs(present.legs, legs)) return;
    for (const leg of legs) this.leave(leg, id);
    const standing = present ?? { bridge: new Bridge(), legs: [] };
    this.standing.set(id, standing);
    this.known.add(id);
    this.change(standing, legs);
  }

  remove(id: string): void {
    this.standing.get(id)?.bridge.close();
    this.standing.delete(id);
  }

  /** Takes the leg out of its bridge; the others go on hearing each other. */
  leave(leg: SwitchLeg, exceptBridge?: string): void {
    for (const [id, standing] of this.standing)
      if (id !== exceptBridge && standing.legs.includes(leg))
        this.change(
          standing,
          standing.legs.filter((each) => each !== leg),
        );
  }

  /** Before the legs' tick: the mixers make what they will hear. */
  tick(): void {
    for (const { bridge } of this.standing.values()) bridge.tick();
  }

  snapshot(): VoiceSnapshot['bridges'] {
    return [...this.standing].map(([bridge, { legs }]) => ({ bridge, legs: legs.map((leg) => leg.id) }));
  }

  private change(standing: Standing, legs: readonly SwitchLeg[]): void {
    standing.legs = legs;
    standing.bridge.setLegs(legs.map((leg) => leg.media));
  }
}

function sameLegs(a: readonly SwitchLeg[], b: readonly SwitchLeg[]): boolean {
  return a.length === b.length && a.every((leg) => b.includes(leg));
}
