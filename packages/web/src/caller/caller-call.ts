import { type CallerMessage, type CallerPush, callerPush, startedCall } from '@threerings/core/wire/caller';
import { z } from 'zod';
import { HttpFailure, request } from '../app/http.ts';
import type { Language } from '../app/i18n/words.ts';
import { ReconnectingSocket } from '../live/socket.ts';
import { AnsweringPeer } from '../softphone/answering-peer.ts';
import { closeStream, type DeviceProblem, NoMicrophone, openMicrophone } from '../softphone/device.ts';
import { Loudspeaker } from '../softphone/loudspeaker.ts';

export type StatePush = Extract<CallerPush, { kind: 'state' }>;

export interface CallerCallState {
  /** `idle` before and between calls, `starting` until the server knows of the call, `up` while it tells its state */
  readonly phase: 'idle' | 'starting' | 'up';
  readonly hotline?: { readonly name: string; readonly number: string } | undefined;
  readonly push?: StatePush | undefined;
  /** own clock at which the newest state came */
  readonly heardAt: number;
  readonly lineLost: boolean;
  readonly muted: boolean;
  readonly soundBlocked: boolean;
  readonly callbackAsked: boolean;
  readonly problem?: { readonly device: DeviceProblem } | { readonly words: string | undefined } | undefined;
}

const ticketSchema = z.object({ token: z.string(), hotline: startedCall.shape.hotline });
type Ticket = z.infer<typeof ticketSchema>;
const ticketKey = 'threerings.caller';

export const idleCall: CallerCallState = {
  phase: 'idle',
  heardAt: 0,
  lineLost: false,
  muted: false,
  soundBlocked: false,
  callbackAsked: false,
};

/** One call from the public page: the microphone, the socket, the media. A reload finds it again by its ticket. */
/** What the address of the page chose: `/call?queue=card`, `/call?agent=0217`. */
export interface CallerChoice {
  readonly queue?: string;
  readonly agent?: string;
}

export function choiceIn(search: string): CallerChoice {
  const given = new URLSearchParams(search);
  const [queue, agent] = [given.get('queue'), given.get('agent')];
  return { ...(queue ? { queue } : {}), ...(agent ? { agent } : {}) };
}

export class CallerCall {
  #state: CallerCallState = idleCall;
  readonly #listeners = new Set<() => void>();
  readonly #speaker = new Loudspeaker((soundBlocked) => this.#set({ soundBlocked }));
  readonly #peer = new AnsweringPeer({
    onSound: (stream) => this.#speaker.play(stream),
    onConnected: () => undefined,
    onLost: () => this.send({ kind: 'reconnect' }),
  });
  #socket: ReconnectingSocket | undefined;
  #voice: MediaStream | undefined;
  #opened = 0;

  getState = (): CallerCallState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Asks for the microphone first: without one no call is made and nobody rings. */
  async start(language: Language, choice: CallerChoice = {}): Promise<void> {
    if (this.#state.phase !== 'idle') return;
    this.#set({ ...idleCall, phase: 'starting', push: undefined, problem: undefined });
    try {
      this.#voice = await openMicrophone();
      const { token, hotline } = await request('/api/caller/calls', startedCall, { method: 'POST', body: { language, ...choice } });
      storeTicket({ token, hotline });
      this.#connect({ token, hotline });
    } catch (error) {
      this.#end();
      this.#set({ phase: 'idle', problem: problemFrom(error) });
    }
  }

  /** After a reload: the call that this tab was in, if there was one. */
  async resume(): Promise<void> {
    const ticket = storedTicket();
    if (ticket === undefined || this.#state.phase !== 'idle') return;
    this.#set({ phase: 'starting' });
    try {
      this.#voice = await openMicrophone();
      this.#connect(ticket);
    } catch (error) {
      this.#set({ phase: 'idle', problem: problemFrom(error) });
    }
  }

  send = (message: CallerMessage): void => {
    this.#socket?.send(message);
  };

  hangUp = (): void => {
    this.send({ kind: 'hang-up' });
    if (this.#state.push === undefined) this.close();
  };

  askCallback = (number: string): void => {
    this.send({ kind: 'ask-callback', number });
    this.#set({ callbackAsked: true });
  };

  toggleMute = (): void => {
    const muted = !this.#state.muted;
    for (const track of this.#voice?.getAudioTracks() ?? []) track.enabled = !muted;
    this.#set({ muted });
  };

  allowSound = (): void => this.#speaker.resume();

  /** Lets go of everything and shows the start again. */
  close = (): void => {
    this.#end();
    this.#set({ ...idleCall, push: undefined, problem: undefined, hotline: this.#state.hotline });
  };

  #connect(ticket: Ticket): void {
    this.#opened = 0;
    this.#set({ hotline: ticket.hotline });
    this.#socket = new ReconnectingSocket(`/caller-live?token=${encodeURIComponent(ticket.token)}`, {
      onOpen: () => {
        this.#opened += 1;
        if (this.#opened > 1 && !this.#peer.connected) this.send({ kind: 'reconnect' });
      },
      onMessage: (data) => this.#take(data),
      onState: (link) => this.#set({ lineLost: link.kind === 'lost' }),
      onFinal: () => this.#over(),
    });
    this.#socket.start();
  }

  #take(data: unknown): void {
    const read = callerPush.safeParse(data);
    if (!read.success) return;
    const push = read.data;
    if (push.kind === 'offer') void this.#answer(push.connection, push.sdp);
    else if (push.kind === 'accepted') this.#peer.accepted(push.connection);
    else if (push.kind === 'refused') this.#refused(push.message);
    else this.#follow(push);
  }

  #follow(push: StatePush): void {
    this.#set({ phase: 'up', push, heardAt: Date.now() });
    if (push.state !== 'ended') return;
    this.#end();
  }

  /** The server let go without a last word: a call that was up is over, one that never began is back at the start. */
  #over(): void {
    const { push } = this.#state;
    if (push === undefined) this.close();
    else if (push.state !== 'ended') this.#follow({ ...push, state: 'ended', recording: false });
  }

  #refused(words: string): void {
    if (this.#state.push !== undefined) {
      this.#set({ problem: { words }, callbackAsked: false });
      return;
    }
    this.#end();
    this.#set({ phase: 'idle', problem: { words } });
  }

  async #answer(connection: string, offer: string): Promise<void> {
    if (this.#voice === undefined) return;
    try {
      this.send({ kind: 'answer', connection, sdp: await this.#peer.answer(connection, offer, this.#voice) });
    } catch {
      this.send({ kind: 'reconnect' });
    }
  }

  #end(): void {
    sessionStorage.removeItem(ticketKey);
    this.#socket?.stop();
    this.#socket = undefined;
    this.#peer.close();
    this.#speaker.stop();
    closeStream(this.#voice);
    this.#voice = undefined;
  }

  #set(change: Partial<CallerCallState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function problemFrom(error: unknown): NonNullable<CallerCallState['problem']> {
  if (error instanceof NoMicrophone) return { device: error.problem };
  return { words: error instanceof HttpFailure ? error.refusal?.message : undefined };
}

function storeTicket(ticket: Ticket): void {
  try {
    sessionStorage.setItem(ticketKey, JSON.stringify(ticket));
  } catch {
    // Without storage a reload ends the call; that is said nowhere because nothing else depends on it.
  }
}

function storedTicket(): Ticket | undefined {
  try {
    return ticketSchema.parse(JSON.parse(sessionStorage.getItem(ticketKey) ?? 'null'));
  } catch {
    return undefined;
  }
}

/** Since when something goes on, on this phone's clock: the server's instant unless the clocks plainly disagree. */
export function shownSince(serverInstant: number, heardAt: number): number {
  const longestCallMs = 4 * 3600_000;
  return serverInstant <= heardAt && heardAt - serverInstant < longestCallMs ? serverInstant : heardAt;
}
