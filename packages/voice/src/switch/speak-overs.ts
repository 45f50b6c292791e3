import { SpeakOver } from '../media/speak-over.ts';
import type { SwitchLeg } from './leg.ts';

/** Who speaks over the music that somebody else hears; one speaker for each hearer. */
export class SpeakOvers {
  private readonly byHearer = new Map<SwitchLeg, { readonly from: SwitchLeg; readonly over: SpeakOver }>();

  set(from: SwitchLeg, to: SwitchLeg, on: boolean): void {
    const present = this.byHearer.get(to);
    if (on === (present?.from === from)) return;
    if (on) {
      this.end(to);
      const over = new SpeakOver(from.media.inbound);
      this.byHearer.set(to, { from, over });
      to.media.ear.speakOver = over;
    } else if (present?.from === from) this.end(to);
  }

  forget(leg: SwitchLeg): void {
    this.end(leg);
    for (const [to, { from }] of this.byHearer) if (from === leg) this.end(to);
  }

  private end(to: SwitchLeg): void {
    this.byHearer.get(to)?.over.stop();
    this.byHearer.delete(to);
    to.media.ear.speakOver = undefined;
  }
}
