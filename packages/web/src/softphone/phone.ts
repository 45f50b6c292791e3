import type { Push } from '@threerings/core/wire/live';
import { backoffMs } from '../live/backoff.ts';
import type { Live } from '../live/live.ts';
import { AnsweringPeer } from './answering-peer.ts';
import { closeStream, type DeviceProblem, NoMicrophone, openMicrophone } from './device.ts';
import { Loudspeaker } from './loudspeaker.ts';

export type PhoneLine = 'off' | 'asking' | 'no-microphone' | 'connecting' | 'connected' | 'lost' | 'elsewhere';

export interface PhoneState {
  readonly line: PhoneLine;
  readonly problem?: DeviceProblem | undefined;
  /** why the server gave the connection up, in its words */
  readonly cause?: string | undefined;
  /** the browser wants a click before it sounds */
  readonly soundBlocked: boolean;
  readonly voice?: MediaStream | undefined;
}

/** What the screens use of the browser phone. */
export interface Phone {
  getState(): PhoneState;
  subscribe(listener: () => void): () => void;
  start(): void;
  stop(): void;
  allowSound(): void;
  /** silences the microphone here already, before the server hears of it */
  muteHere(muted: boolean): void;
}

/** cause with which the server tells a page that a newer one has the phone */
const openElsewhere = 'open-elsewhere';
/** An offer that led to no connection within this time is asked for again. */
const patienceMs = 10_000;

export const phoneOff: PhoneState = { line: 'off', soundBlocked: false };

/**
 * The agent's browser phone: one media connection to the server for the whole shift. The server offers, so a new one is
 * asked for (`phone-connect`) at the start, after a reload, when ICE fails and when the live socket came back without it.
 */
export class BrowserPhone implements Phone {
  readonly #live: Live;
  readonly #speaker = new Loudspeaker((soundBlocked) => this.#set({ soundBlocked }));
  readonly #peer = new AnsweringPeer({
    onSound: (stream) => this.#speaker.play(stream),
    onConnected: () => {
      this.#attempt = 0;
      clearTimeout(this.#retry);
      this.#set({ line: 'connected', cause: undefined });
    },
    onLost: () => this.#lost(undefined),
  });
  readonly #listeners = new Set<() => void>();
  #state: PhoneState = phoneOff;
  #stopListening: (() => void) | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;

  constructor(live: Live) {
    this.#live = live;
  }

  getState = (): PhoneState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  start = (): void => {
    const { line } = this.#state;
    if (line === 'elsewhere') this.#connect();
    if (line !== 'off' && line !== 'no-microphone') return;
    this.#stopListening ??= this.#live.onPush((push) => this.#take(push));
    void this.#openVoice();
  };

  stop = (): void => {
    this.#stopListening?.();
    this.#stopListening = undefined;
    clearTimeout(this.#retry);
    this.#peer.close();
    this.#speaker.stop();
    closeStream(this.#state.voice);
    this.#set({ line: 'off', voice: undefined, problem: undefined, cause: undefined, soundBlocked: false });
  };

  allowSound = (): void => this.#speaker.resume();

  muteHere = (muted: boolean): void => {
    for (const track of this.#state.voice?.getAudioTracks() ?? []) track.enabled = !muted;
  };

  async #openVoice(): Promise<void> {
    this.#set({ line: 'asking', problem: undefined });
    try {
      const voice = await openMicrophone();
      if (this.#stopListening === undefined) {
        closeStream(voice);
        return;
      }
      for (const track of voice.getAudioTracks()) track.onended = () => this.#voiceEnded();
      this.#set({ voice });
      this.#connect();
    } catch (error) {
      this.#set({ line: 'no-microphone', problem: error instanceof NoMicrophone ? error.problem : 'other' });
    }
  }

  /** The headset was pulled out: the same as never having had one, until it is asked for again. */
  #voiceEnded(): void {
    this.#peer.close();
    this.#set({ line: 'no-microphone', problem: 'no-device', voice: undefined });
  }

  #connect(): void {
    clearTimeout(this.#retry);
    this.#set({ line: 'connecting' });
    if (!this.#live.send({ kind: 'phone-connect' })) this.#set({ line: 'lost' });
    else this.#retry = setTimeout(() => this.#lost(this.#state.cause), patienceMs);
  }

  #lost(cause: string | undefined): void {
    if (this.#state.voice === undefined) return;
    this.#peer.close();
    this.#set({ line: 'lost', cause });
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#connect(), backoffMs(this.#attempt, Math.random()));
    this.#attempt += 1;
  }

  #take(push: Push): void {
    const { line, voice } = this.#state;
    if (push.kind === 'hello' && voice !== undefined && line !== 'elsewhere' && !this.#peer.connected) this.#connect();
    if (push.kind === 'phone-offer') void this.#answer(push.connection, push.sdp);
    if (push.kind === 'phone-accepted') this.#peer.accepted(push.connection);
    if (push.kind !== 'phone-state' || push.connected) return;
    if (push.cause === openElsewhere) this.#giveAway();
    else if (line === 'connected') this.#lost(push.cause);
    else this.#set({ cause: push.cause });
  }

  /** Another page of this agent took the phone. Taking it back unasked would make the two fight for it. */
  #giveAway(): void {
    clearTimeout(this.#retry);
    this.#peer.close();
    this.#set({ line: 'elsewhere', cause: undefined });
  }

  async #answer(connection: string, offer: string): Promise<void> {
    const { voice } = this.#state;
    if (voice === undefined) return;
    try {
      const sdp = await this.#peer.answer(connection, offer, voice);
      this.#live.send({ kind: 'phone-answer', connection, sdp });
    } catch {
      this.#lost(undefined);
    }
  }

  #set(change: Partial<PhoneState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
