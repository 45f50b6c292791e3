import { Player } from '../media/player.ts';
import type { Sound } from '../media/sound.ts';
import type { VoiceSnapshot } from '../port.ts';
import type { EventStream } from './events.ts';
import { KnownIds } from './known-ids.ts';
import type { SwitchLeg } from './leg.ts';

interface Playing {
  readonly leg: SwitchLeg;
  readonly name: string;
  readonly player: Player;
}

/** What is being played to whom: one sound per leg, the newest one wins. */
export class Players {
  private readonly playing = new Map<string, Playing>();
  private readonly known = new KnownIds();
  private readonly events: EventStream;

  constructor(events: EventStream) {
    this.events = events;
  }

  knows(id: string): boolean {
    return this.known.has(id);
  }

  play(id: string, leg: SwitchLeg, name: string, sound: Sound, loop: boolean): void {
    if (this.known.has(id)) return;
    this.known.add(id);
    this.endOf(leg);
    const player = new Player(sound, loop);
    this.playing.set(id, { leg, name, player });
    leg.media.ear.player = player;
    leg.media.ear.onPlayerEnded = () => this.end(id, false);
  }

  /** Does nothing to a player that ended already. */
  stop(id: string): void {
    this.end(id, true);
  }

  /** Stops what the leg hears from a player. */
  endOf(leg: SwitchLeg): void {
    for (const [id, playing] of this.playing) if (playing.leg === leg) this.end(id, true);
  }

  snapshot(): VoiceSnapshot['players'] {
    return [...this.playing].map(([player, { leg, name }]) => ({ player, leg: leg.id, sound: name }));
  }

  private end(id: string, interrupted: boolean): void {
    const playing = this.playing.get(id);
    if (playing === undefined) return;
    this.playing.delete(id);
    const { ear } = playing.leg.media;
    if (ear.player === playing.player) ear.player = undefined;
    this.events.emit({ kind: 'player-ended', player: id, leg: playing.leg.id, playedMs: playing.player.playedMs, interrupted });
  }
}
