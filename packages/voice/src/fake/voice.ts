import type { CommandAnswer, Voice, VoiceCommand, VoiceEvent } from '../port.ts';
import { checkCommand } from '../process/command-check.ts';
import { EventStream, type NewVoiceEvent } from '../switch/events.ts';
import { newFakeLeg } from './fake-leg.ts';
import { FakeSwitch } from './fake-switch.ts';

export interface ArrivingCall {
  readonly leg?: string;
  readonly from?: string;
  readonly to?: string;
  readonly trunk?: string;
}

type Listener = (event: VoiceEvent) => void;

/**
 * A voice process in memory, for tests of whoever controls one: `connect` gives a `Voice`, the other methods play the far ends.
 * It has no audio and no clock of its own: players end, heartbeats come and the grace time passes when the test says so.
 * Events are delivered in order and never inside the call that caused them.
 */
export class FakeVoiceProcess {
  /** Every command that was carried out or refused, in order. */
  readonly commands: VoiceCommand[] = [];
  private readonly now: () => number;
  private readonly controllers = new Set<FakeVoice>();
  private readonly stream: EventStream;
  private calls = 0;
  private pid = 1000;
  private startedAt: number;
  private switchboard: FakeSwitch;

  /** `now`: ms since the epoch. */
  constructor(now: () => number) {
    this.now = now;
    this.startedAt = now();
    this.stream = new EventStream((event) => this.deliver(event), now);
    this.switchboard = this.newSwitch();
  }

  /** A controller's connection. */
  connect(): Voice {
    const voice = new FakeVoice(this);
    this.controllers.add(voice);
    return voice;
  }

  /** A telephone call comes in. Returns its leg. */
  arrive({ leg = `sip-${++this.calls}`, from, to = '12345', trunk = 'fake' }: ArrivingCall = {}): string {
    const known = from === undefined ? {} : { from };
    this.switchboard.legs.set(leg, newFakeLeg(leg, 'sip-in', this.stream.now(), { to, ...known }));
    this.stream.emit({ kind: 'leg-arrived', leg, to, trunk, ...known });
    return leg;
  }

  /** A dialled telephone rings. */
  farRings(leg: string): void {
    this.leg(leg).state = 'ringing';
    this.stream.emit({ kind: 'leg-ringing', leg });
  }

  /** A dialled telephone is answered. */
  farAnswers(leg: string): void {
    this.leg(leg).state = 'answered';
    this.stream.emit({ kind: 'leg-answered', leg });
  }

  /** A dialled telephone refuses. */
  farRefuses(leg: string, status: number): void {
    this.switchboard.end(leg, 'far', 'refused', status);
  }

  farHangsUp(leg: string): void {
    this.switchboard.end(leg, 'far', 'bye');
  }

  farHolds(leg: string, on: boolean): void {
    this.stream.emit({ kind: 'far-hold', leg, on });
  }

  farPresses(leg: string, digit: string, durationMs = 100): void {
    this.stream.emit({ kind: 'digit', leg, digit, durationMs });
  }

  /** The far end is gone without a word. */
  fails(leg: string, cause = 'media-timeout'): void {
    this.switchboard.end(leg, 'failure', cause);
  }

  /** The browser's page is gone; the leg stays. */
  browserLeaves(leg: string): void {
    const browser = this.leg(leg);
    browser.connected = false;
    this.stream.emit({ kind: 'leg-disconnected', leg, connection: browser.answeredConnection ?? '', cause: 'media-lost' });
  }

  lineDegrades(leg: string, lossRatio: number, jitterMs = 20): void {
    this.stream.emit({ kind: 'line-degraded', leg, lossRatio, jitterMs });
  }

  lineRestores(leg: string): void {
    this.stream.emit({ kind: 'line-restored', leg });
  }

  /** A sound came to its end. */
  playerFinishes(player: string): void {
    this.switchboard.endPlayer(player, false);
  }

  heartbeat(): void {
    this.stream.emit({ kind: 'heartbeat' });
  }

  /** The grace time without a controller is over: every call ends. */
  graceEnds(): void {
    for (const leg of [...this.switchboard.legs.keys()]) this.switchboard.end(leg, 'near', 'controller-gone');
  }

  /** The process dies with all its calls and is started anew; controllers are told a snapshot that knows nothing. */
  crash(): void {
    this.pid++;
    this.startedAt = this.now();
    this.switchboard = this.newSwitch();
    for (const controller of this.controllers) controller.greet();
  }

  /** Looks inside: digits sent, who speaks over whom, muted legs. */
  get inside(): FakeSwitch {
    return this.switchboard;
  }

  /** For `FakeVoice`. */
  carryOut(id: string, command: VoiceCommand): CommandAnswer {
    const wrong = checkCommand(command);
    if (wrong !== undefined) return { id, ok: false, refused: 'command.invalid', message: wrong };
    this.commands.push(command);
    const problem = this.switchboard.perform(command);
    return problem === undefined ? { id, ok: true } : { id, ok: false, ...problem };
  }

  /** For `FakeVoice`. */
  snapshotEvent(): VoiceEvent {
    const snapshot = this.switchboard.snapshot({ pid: this.pid, startedAt: this.startedAt });
    return { at: this.stream.now(), kind: 'snapshot', snapshot };
  }

  /** For `FakeVoice`. */
  left(voice: FakeVoice): void {
    this.controllers.delete(voice);
  }

  private leg(id: string) {
    const leg = this.switchboard.legs.get(id);
    if (leg === undefined) throw new Error(`the test plays the far end of ${id}, which is no leg`);
    return leg;
  }

  private newSwitch(): FakeSwitch {
    return new FakeSwitch((event: NewVoiceEvent) => this.stream.emit(event), this.now);
  }

  private deliver(event: VoiceEvent): void {
    for (const controller of this.controllers) controller.tell(event);
  }
}

class FakeVoice implements Voice {
  private readonly process: FakeVoiceProcess;
  private readonly listeners = new Set<Listener>();
  private commands = 0;
  private closed = false;

  constructor(process: FakeVoiceProcess) {
    this.process = process;
  }

  async send(command: VoiceCommand): Promise<CommandAnswer> {
    const id = `fake-${++this.commands}`;
    if (this.closed) return { id, ok: false, refused: 'process.gone', message: 'this client was closed' };
    return this.process.carryOut(id, command);
  }

  listen(onEvent: Listener): () => void {
    const first = this.process.snapshotEvent();
    this.listeners.add(onEvent);
    this.later(onEvent, first);
    return () => void this.listeners.delete(onEvent);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.listeners.clear();
    this.process.left(this);
  }

  greet(): void {
    this.tell(this.process.snapshotEvent());
  }

  tell(event: VoiceEvent): void {
    for (const listener of this.listeners) this.later(listener, event);
  }

  private later(listener: Listener, event: VoiceEvent): void {
    queueMicrotask(() => {
      if (this.listeners.has(listener)) listener(event);
    });
  }
}
