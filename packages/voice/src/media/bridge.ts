import type { MediaLeg } from './leg.ts';
import { Mixer, MixerParty } from './mixer.ts';
import { Relay } from './relay.ts';

/** Hears a bridge and is heard by some of it. */
export interface AsideLeg {
  readonly leg: MediaLeg;
  readonly heardBy: readonly MediaLeg[];
}

/**
 * Exactly these legs hear each other. One leg alone hears silence, two are relayed without touching the audio, three and
 * more are mixed, and so are two with somebody aside.
 */
export class Bridge {
  private legs: readonly MediaLeg[] = [];
  private aside: AsideLeg | undefined;
  private mixer: Mixer | undefined;
  private parties: readonly MixerParty[] = [];

  setLegs(legs: readonly MediaLeg[], aside?: AsideLeg): void {
    this.takeApart();
    this.legs = legs;
    this.aside = aside;
    if (legs.length > 2 || aside !== undefined) this.mix(legs, aside);
    else this.relay(legs);
  }

  /** Must come before the ears' tick. */
  tick(): void {
    this.mixer?.tick();
  }

  close(): void {
    this.takeApart();
    this.legs = [];
    this.aside = undefined;
  }

  private takeApart(): void {
    for (const leg of this.aside === undefined ? this.legs : [...this.legs, this.aside.leg]) {
      leg.inbound.relay = undefined;
      leg.ear.feed = undefined;
    }
    for (const party of this.parties) party.leave();
    this.parties = [];
    this.mixer = undefined;
  }

  private relay(legs: readonly MediaLeg[]): void {
    for (const leg of legs) {
      leg.ear.feed = { kind: 'relay' };
      const other = legs.find((each) => each !== leg);
      if (other !== undefined) leg.inbound.relay = new Relay(other.outbound, () => other.ear.opensToBridge);
    }
  }

  private mix(legs: readonly MediaLeg[], aside: AsideLeg | undefined): void {
    this.mixer = new Mixer();
    const parties = legs.map((leg) => new MixerParty(leg.inbound));
    const hearers = parties.filter((_, i) => aside?.heardBy.includes(legs[i] as MediaLeg));
    const beside = aside === undefined ? [] : [new MixerParty(aside.leg.inbound, hearers)];
    this.parties = [...parties, ...beside];
    this.mixer.setParties(this.parties);
    const all = aside === undefined ? legs : [...legs, aside.leg];
    all.forEach((leg, i) => {
      leg.ear.feed = { kind: 'mix', frame: (this.parties[i] as MixerParty).hears };
    });
  }
}
