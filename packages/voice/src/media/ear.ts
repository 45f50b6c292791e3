import { DigitSender } from './dtmf-send.ts';
import { encode, FRAME_SAMPLES, silenceOctet } from './g711.ts';
import type { Outbound } from './outbound.ts';
import type { Player } from './player.ts';
import type { SpeakOver } from './speak-over.ts';

/** A leg that hears nothing is sent silence, so that the far end's media timer and NAT binding stay alive. */
const RELAY_PAUSE_MS = 500;

/** What a leg hears from its bridge: the frames of a mixer, or packets that a relay passes on by itself. */
export type BridgeFeed = { readonly kind: 'mix'; readonly frame: Int16Array } | { readonly kind: 'relay' };

/**
 * Decides, every 20 ms, what one leg hears. INVARIANT one source: digits being sent come first, then a player (with
 * speech laid over it), then the bridge, then speech alone, then silence.
 */
export class Ear {
  player: Player | undefined;
  speakOver: SpeakOver | undefined;
  feed: BridgeFeed | undefined;
  onPlayerEnded: ((player: Player) => void) | undefined;
  readonly digits: DigitSender;
  private readonly outbound: Outbound;
  private readonly mixed = new Int16Array(FRAME_SAMPLES);
  private readonly octets = new Uint8Array(FRAME_SAMPLES);

  constructor(outbound: Outbound) {
    this.outbound = outbound;
    this.digits = new DigitSender(outbound);
  }

  /** False while the leg hears something else than its bridge. */
  get opensToBridge(): boolean {
    return this.player === undefined && !this.digits.active;
  }

  tick(now: number): void {
    if (this.digits.active) this.digits.tick(now);
    else if (this.player !== undefined) this.play(this.player, now);
    else if (this.feed?.kind === 'mix') this.sendSamples(this.feed, this.feed.frame, now);
    else if (this.feed === undefined && this.speakOver !== undefined) this.speak(this.speakOver, undefined, 0, now);
    else if (this.feed === undefined || this.relayPauses(now)) this.sendSilence(now);
  }

  private relayPauses(now: number): boolean {
    return this.outbound.isSpeaking(this) || now - this.outbound.sentAt > RELAY_PAUSE_MS;
  }

  private play(player: Player, now: number): void {
    if (player.ended) {
      this.player = undefined;
      this.onPlayerEnded?.(player);
      return;
    }
    const offset = player.advance();
    if (this.speakOver !== undefined) this.speak(this.speakOver, player.sound.samples, offset, now);
    else this.outbound.sendFrame(player, player.sound.octets(this.outbound.format.codec), offset, now);
  }

  private speak(over: SpeakOver, music: Int16Array | undefined, offset: number, now: number): void {
    over.mix(music, offset, this.mixed);
    this.sendSamples(over, this.mixed, now);
  }

  private sendSamples(source: object, samples: Int16Array, now: number): void {
    encode(this.outbound.format.codec, samples, this.octets);
    this.outbound.sendFrame(source, this.octets, 0, now);
  }

  private sendSilence(now: number): void {
    this.octets.fill(silenceOctet(this.outbound.format.codec));
    this.outbound.sendFrame(this, this.octets, 0, now);
  }
}
