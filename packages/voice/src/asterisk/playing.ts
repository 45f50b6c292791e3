import type { VoiceCommand, VoiceSnapshot } from '../port.ts';
import type { EventStream } from '../switch/events.ts';
import { KnownIds } from '../switch/known-ids.ts';
import { type Refusal, refusal } from '../switch/refusal.ts';
import type { AriEvent } from './ari/messages.ts';
import type { AriOperations } from './ari/operations.ts';
import type { Names } from './names.ts';
import type { FiledSound, FiledSounds } from './sounds.ts';
import { hears, isDone, type Telephone, unreached, withoutAudio } from './telephones.ts';

export interface Playing {
  readonly player: string;
  readonly leg: string;
  readonly channel: string;
  readonly sound: string;
  readonly loop: boolean;
  readonly lengthMs: number;
  playback: string;
  /** by the events' clock; undefined until Asterisk says that it plays */
  startedAt: number | undefined;
}

export interface PlayingParts {
  readonly ari: AriOperations;
  readonly names: Names;
  readonly events: EventStream;
  readonly sounds: FiledSounds;
  /** what plays to this telephone has changed */
  readonly changed: (channel: string) => void;
  /** Asterisk could not read this sound */
  readonly unplayable: (sound: string) => void;
  /** nothing plays to this leg any more: it goes back to whom it talks to */
  readonly silent: (leg: string) => Promise<void>;
}

/** A looped sound is handed over so many times at once, so that it goes on while no controller is there; ms. */
const LOOPED_MS = 600_000;
const MAX_REPEATED = 200;
/** A sound that ends so much before its length was broken off, ms. */
const CUT_SHORT_MS = 250;

/** What is played to telephones: one sound each, the newest one wins. A telephone hears it alone, in a bridge of its own. */
export class Players {
  private readonly parts: PlayingParts;
  private readonly playing = new Map<string, Playing>();
  private readonly byPlayback = new Map<string, Playing>();
  private readonly known = new KnownIds();
  /** telephones that have a room */
  private readonly rooms = new Set<string>();

  constructor(parts: PlayingParts) {
    this.parts = parts;
  }

  knows(player: string): boolean {
    return this.known.has(player);
  }

  of(leg: string): Playing | undefined {
    return [...this.playing.values()].find((each) => each.leg === leg);
  }

  snapshot(): VoiceSnapshot['players'] {
    return [...this.playing.values()].map(({ player, leg, sound }) => ({ player, leg, sound }));
  }

  forgetAll(): void {
    this.playing.clear();
    this.byPlayback.clear();
    this.rooms.clear();
  }

  /** What an earlier controller began. */
  adopt(playing: Playing): void {
    this.known.add(playing.player);
    this.playing.set(playing.player, playing);
    this.byPlayback.set(playing.playback, playing);
  }

  async play({ player, sound: name, loop = false }: Extract<VoiceCommand, { kind: 'play' }>, to: Telephone): Promise<Refusal | undefined> {
    if (this.known.has(player)) return undefined;
    if (!hears(to)) return withoutAudio(to);
    const sound = this.soundOf(name);
    if ('refused' in sound) return sound;
    const before = this.of(to.leg);
    const { leg, channel } = to;
    const playing: Playing = {
      ...{ player, leg, channel, sound: name, loop, lengthMs: sound.lengthMs },
      ...{ playback: this.parts.names.playback(), startedAt: undefined },
    };
    const room = await this.enterRoom(to);
    if (room !== undefined) return room;
    if (before !== undefined) await this.stopNow(before);
    this.adopt(playing);
    const answer = await this.parts.ari.play(this.parts.names.room(leg), playing.playback, mediaOf(sound, loop));
    if (!isDone(answer)) {
      this.forget(playing);
      await this.parts.silent(leg);
      return unreached(answer);
    }
    this.parts.changed(channel);
    return undefined;
  }

  /** Does nothing to a player that ended already. */
  async stop(player: string): Promise<Refusal | undefined> {
    if (!this.known.has(player)) return refusal('player.unknown', `no player ${player} was ever started`);
    const playing = this.playing.get(player);
    if (playing === undefined) return undefined;
    await this.stopNow(playing);
    this.parts.changed(playing.channel);
    await this.parts.silent(playing.leg);
    return undefined;
  }

  /** The telephone is gone. */
  endOf(leg: string): void {
    const playing = this.of(leg);
    if (playing !== undefined) void this.stopNow(playing);
    if (this.rooms.delete(leg)) void this.parts.ari.removeBridge(this.parts.names.room(leg));
  }

  /** A room that an earlier controller made. */
  adoptRoom(leg: string): void {
    this.rooms.add(leg);
  }

  private async enterRoom({ leg, channel }: Telephone): Promise<Refusal | undefined> {
    const { ari, names } = this.parts;
    const made = this.rooms.has(leg) || isDone(await ari.makeBridge(names.room(leg)));
    if (made) this.rooms.add(leg);
    if (this.of(leg) !== undefined) return undefined;
    const added = await ari.addToBridge(names.room(leg), [channel]);
    return isDone(added) ? undefined : unreached(added);
  }

  heard(event: AriEvent): void {
    if (event.type !== 'PlaybackStarted' && event.type !== 'PlaybackFinished') return;
    const playing = this.byPlayback.get(event.playback.id);
    if (playing === undefined) return;
    if (event.type === 'PlaybackStarted') playing.startedAt ??= this.parts.events.now();
    else this.finished(playing, event.playback.state);
  }

  private finished(playing: Playing, state: string): void {
    if (state === 'failed' && this.playedMs(playing) < CUT_SHORT_MS) this.parts.unplayable(playing.sound);
    const whole = state === 'done' && (playing.loop || this.playedMs(playing) > playing.lengthMs - CUT_SHORT_MS);
    if (playing.loop && whole) void this.again(playing);
    else {
      this.ended(playing, !whole);
      this.parts.changed(playing.channel);
      void this.parts.silent(playing.leg);
    }
  }

  private async again(playing: Playing): Promise<void> {
    const sound = this.soundOf(playing.sound);
    this.byPlayback.delete(playing.playback);
    playing.playback = this.parts.names.playback();
    this.byPlayback.set(playing.playback, playing);
    if ('refused' in sound) return this.ended(playing, true);
    const answer = await this.parts.ari.play(this.parts.names.room(playing.leg), playing.playback, mediaOf(sound, true));
    if (isDone(answer)) this.parts.changed(playing.channel);
    else if (this.playing.has(playing.player)) this.ended(playing, true);
  }

  private async stopNow(playing: Playing): Promise<void> {
    this.ended(playing, true);
    await this.parts.ari.stopPlayback(playing.playback);
  }

  private ended(playing: Playing, interrupted: boolean): void {
    if (!this.forget(playing)) return;
    const { player, leg } = playing;
    const playedMs = interrupted ? this.playedMs(playing) : playing.lengthMs;
    this.parts.events.emit({ kind: 'player-ended', player, leg, playedMs, interrupted });
  }

  private forget({ player, playback }: Playing): boolean {
    this.byPlayback.delete(playback);
    return this.playing.delete(player);
  }

  private playedMs({ startedAt, loop, lengthMs }: Playing): number {
    if (startedAt === undefined) return 0;
    const since = this.parts.events.now() - startedAt;
    return loop ? since : Math.min(since, lengthMs);
  }

  private soundOf(name: string): FiledSound | Refusal {
    try {
      return this.parts.sounds.find(name) ?? refusal('sound.unknown', `there is no sound ${name}; name it in configure first`);
    } catch (error) {
      return refusal(
        'sound.unknown',
        `sound ${name} cannot be put where Asterisk reads it: ${error instanceof Error ? error.message : error}`,
      );
    }
  }
}

function mediaOf({ media, lengthMs }: FiledSound, loop: boolean): readonly string[] {
  if (!loop) return [media];
  const times = Math.min(MAX_REPEATED, Math.max(1, Math.ceil(LOOPED_MS / Math.max(lengthMs, 1))));
  return Array<string>(times).fill(media);
}
