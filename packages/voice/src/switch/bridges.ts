import { Bridge } from '../media/bridge.ts';
import type { VoiceSnapshot } from '../port.ts';
import { KnownIds } from './known-ids.ts';
import type { SwitchLeg } from './leg.ts';

/** Hears the bridge and is heard by some of it. */
export interface AsideMember {
  readonly leg: SwitchLeg;
  readonly heardBy: readonly SwitchLeg[];
}

interface Standing {
  readonly bridge: Bridge;
  legs: readonly SwitchLeg[];
  aside: AsideMember | undefined;
}

/** Who hears whom. A leg is in one bridge at most; a bridge that loses its last leg stays, empty, until it is unbridged. */
export class Bridges {
  private readonly standing = new Map<string, Standing>();
  private readonly known = new KnownIds();

  knows(id: string): boolean {
    return this.known.has(id);
  }

  /** Makes the bridge or gives it new members; legs leave any other bridge. */
  set(id: string, legs: readonly SwitchLeg[], aside?: AsideMember): void {
    const present = this.standing.get(id);
    if (present !== undefined && sameLegs(present.legs, legs) && sameAside(present.aside, aside)) return;
    for (const leg of aside === undefined ? legs : [...legs, aside.leg]) this.leave(leg, id);
    const standing = present ?? { bridge: new Bridge(), legs: [], aside: undefined };
    this.standing.set(id, standing);
    this.known.add(id);
    this.change(standing, legs, aside);
  }

  remove(id: string): void {
    this.standing.get(id)?.bridge.close();
    this.standing.delete(id);
  }

  /** Takes the leg out of its bridge; the others go on hearing each other. */
  leave(leg: SwitchLeg, exceptBridge?: string): void {
    for (const [id, standing] of this.standing)
      if (id !== exceptBridge && (standing.legs.includes(leg) || standing.aside?.leg === leg))
        this.change(
          standing,
          standing.legs.filter((each) => each !== leg),
          standing.aside?.leg === leg ? undefined : standing.aside,
        );
  }

  /** Before the legs' tick: the mixers make what they will hear. */
  tick(): void {
    for (const { bridge } of this.standing.values()) bridge.tick();
  }

  snapshot(): VoiceSnapshot['bridges'] {
    return [...this.standing].map(([bridge, { legs, aside }]) => ({
      bridge,
      legs: (aside === undefined ? legs : [...legs, aside.leg]).map((leg) => leg.id),
    }));
  }

  private change(standing: Standing, legs: readonly SwitchLeg[], aside: AsideMember | undefined): void {
    standing.legs = legs;
    standing.aside = aside;
    const beside = aside && { leg: aside.leg.media, heardBy: aside.heardBy.map((leg) => leg.media) };
    standing.bridge.setLegs(
      legs.map((leg) => leg.media),
      beside,
    );
  }
}

function sameLegs(a: readonly SwitchLeg[], b: readonly SwitchLeg[]): boolean {
  return a.length === b.length && a.every((leg) => b.includes(leg));
}

function sameAside(one: AsideMember | undefined, other: AsideMember | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.leg === other.leg && sameLegs(one.heardBy, other.heardBy);
}
