import type { MediaLeg } from './leg.ts';
import { Mixer, MixerParty } from './mixer.ts';
import { Relay } from './relay.ts';

/**
 * Exactly these legs hear each other. One leg alone hears silence, two are relayed without touching the audio, three and
 * more are mixed.
 */
export class Bridge {
  private legs: readonly MediaLeg[] = [];
  private mixer: Mixer | undefined;
  private parties: readonly MixerParty[] = [];

  setLegs(legs: readonly MediaLeg[]): void {
    this.takeApart();
    this.legs = legs;
    if (legs.length > 2) this.mix(legs);
    else this.relay(legs);
  }

  /** Must come before the ears' tick. */
  tick(): void {
    this.mixer?.tick();
  }

  close(): void {
    this.takeApart();
    this.legs = [];
  }

  private takeApart(): void {
    for (const leg of this.legs) {
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

  private mix(legs: readonly MediaLeg[]): void {
    this.mixer = new Mixer();
    this.parties = legs.map((leg) => new MixerParty(leg.inbound));
    this.mixer.setParties(this.parties);
    legs.forEach((leg, i) => {
      leg.ear.feed = { kind: 'mix', frame: (this.parties[i] as MixerParty).hears };
    });
  }
}
