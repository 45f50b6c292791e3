import type { CommandAnswer, Voice, VoiceCommand, VoiceEvent, VoiceSnapshot } from '../port.ts';
import { checkCommand } from '../process/command-check.ts';
import { EventStream } from '../switch/events.ts';
import type { Refusal } from '../switch/refusal.ts';
import { type AriAccess, AriConnection, type AriFault, type AriTimes } from './ari/connection.ts';
import type { AriEvent } from './ari/messages.ts';
import { AriOperations } from './ari/operations.ts';
import { AsteriskCommands } from './commands.ts';
import { DeadMansSwitch } from './dead-mans-switch.ts';
import { Lines } from './lines.ts';
import { Mixing } from './mixing.ts';
import { Names } from './names.ts';
import { Players } from './playing.ts';
import { REMEMBERED, type Remembered, readRemembered } from './remembered.ts';
import { FiledSounds, type SoundFolder } from './sounds.ts';
import { StartedChannels } from './started-channels.ts';
import { Telephones } from './telephones.ts';

export interface AsteriskOptions {
  readonly access: AriAccess;
  /** the embedded voice process: browsers, recordings, taps */
  readonly gateway: Voice;
  /** how Asterisk calls the gateway; `{user}` is filled in: `PJSIP/threerings/sip:{user}@127.0.0.1:5066` */
  readonly gatewayEndpoint: string;
  /** how Asterisk calls a number; `{number}` and `{uri}` are filled in: `PJSIP/{number}@trunk` */
  readonly dial: string;
  readonly sounds: SoundFolder;
  /** how long calls outlive their last controller, ms */
  readonly graceMs: number;
  readonly times?: AriTimes;
  /** Asterisk may have calls of an earlier controller: nothing is told before it answers or the grace time is over; default true */
  readonly awaitsCalls?: boolean;
  /** a sound that Asterisk could not read */
  readonly onUnplayable?: (sound: string) => void;
  /** undefined = connected */
  readonly onState?: (fault: AriFault | undefined) => void;
}

type Listener = { greeted: boolean };

/** The port promises 500 ms. */
const HEARTBEAT_MS = 400;
const RELINK_MS = 500;

/**
 * The voice port on Asterisk: telephones, prompts and conversations are Asterisk's, by ARI; browsers, recordings and taps are
 * those of the embedded gateway, which Asterisk calls as a SIP endpoint. docs/decisions says what maps onto what.
 */
export class AsteriskVoice implements Voice {
  private readonly options: AsteriskOptions;
  private readonly connection: AriConnection;
  private readonly ari: AriOperations;
  private readonly names: Names;
  private readonly events = new EventStream((event) => this.deliver(event), Date.now);
  private readonly started = new StartedChannels();
  private readonly sounds: FiledSounds;
  private readonly telephones: Telephones;
  private readonly players: Players;
  private readonly lines: Lines;
  private readonly mixing: Mixing;
  private readonly deadMan: DeadMansSwitch;
  private readonly commands: AsteriskCommands;
  private readonly browsers = new Set<string>();
  private readonly listeners = new Map<(event: VoiceEvent) => void, Listener>();
  private readonly stopGateway: () => void;
  /** what came before the state was read back */
  private early: AriEvent[] | undefined = [];
  private startedAt = 0;
  private gatewayMet = false;
  private downSince: number | undefined;
  /** Asterisk was there */
  private met = false;
  /** what Asterisk had is over, and it is not there */
  private alone = false;
  private graceOver: NodeJS.Timeout | undefined;
  private heartbeat: NodeJS.Timeout | undefined;
  private whenUp: ((fault: AriFault | undefined) => void) | undefined;
  private closed = false;
  private sent = 0;

  private constructor(options: AsteriskOptions) {
    const { access, gateway, graceMs, times } = options;
    this.options = options;
    this.names = new Names(access.application);
    const listener = {
      up: () => void this.readBack(),
      down: (fault: AriFault) => this.down(fault),
      event: (event: AriEvent) => void (this.early === undefined ? this.heard(event) : this.early.push(event)),
    };
    this.connection = new AriConnection(access, listener, times);
    this.ari = new AriOperations(this.connection, access.application);
    this.sounds = new FiledSounds(options.sounds);
    const { ari, names, events, started, sounds } = this;
    this.deadMan = new DeadMansSwitch(ari, graceMs, () => this.channels());
    this.telephones = new Telephones({
      ...{ ari, names, events, dial: options.dial },
      opened: (telephone) => this.remember(telephone.channel),
      ending: ({ leg }) => this.leaving(leg),
    });
    const silent = async (leg: string) => this.mixing.renew(leg);
    this.players = new Players({
      ...{ ari, names, events, sounds, silent },
      changed: (channel) => this.remember(channel),
      unplayable: (sound) => options.onUnplayable?.(sound),
    });
    this.lines = new Lines({
      ...{ ari, names, started, gateway, endpoint: options.gatewayEndpoint },
      lost: ({ kind, leg }) => kind === 'link' && this.relinkSoon(leg),
      opened: (channel) => this.deadMan.extend(channel),
    });
    const channelOf = (leg: string) => this.telephones.find(leg)?.channel ?? this.lines.find('link', leg)?.channel;
    this.mixing = new Mixing({ ari, names, started, channelOf, isAway: (leg) => this.players.of(leg) !== undefined });
    const { telephones, players, lines, mixing, browsers } = this;
    this.commands = new AsteriskCommands({
      ...{ gateway, telephones, players, lines, mixing, browsers, sounds },
      setGrace: (grace) => this.deadMan.setGrace(grace),
      remember: (channel) => this.remember(channel),
    });
    this.stopGateway = gateway.listen((event) => this.heardGateway(event));
    this.connection.open();
  }

  /** Connects for as long as it takes; `onState` tells how it stands. */
  static open(options: AsteriskOptions): AsteriskVoice {
    return new AsteriskVoice(options);
  }

  /**
   * Resolves when the calls that Asterisk has are known, or after `ms` without it: it is tried again and again, and `onState` tells
   * when it is there. Rejects with the fault when the settings are wrong.
   */
  static async start(options: AsteriskOptions, ms = 10_000): Promise<AsteriskVoice> {
    const voice = new AsteriskVoice(options);
    const fault = await new Promise<AriFault | undefined>((resolve) => {
      const timer = setTimeout(() => resolve(undefined), ms);
      voice.whenUp = (found) => {
        // Passwords and settings do not mend themselves; a server that is still starting does.
        if (found !== undefined && (found.code === 'ari.unreachable' || found.code === 'ari.lost')) return;
        clearTimeout(timer);
        resolve(found);
      };
    });
    voice.whenUp = undefined;
    if (fault === undefined) return voice;
    await voice.close();
    throw new AsteriskUnreachable(fault);
  }

  async send(command: VoiceCommand): Promise<CommandAnswer> {
    this.sent += 1;
    const id = `asterisk-${this.sent}`;
    const problem = checkCommand(command);
    if (problem !== undefined) return { id, ok: false, refused: 'command.invalid', message: problem };
    if (this.closed) return { id, ok: false, refused: 'process.gone', message: 'this controller was closed' };
    const refused: Refusal | undefined = await this.commands.perform(command);
    return refused === undefined ? { id, ok: true } : { id, ok: false, ...refused };
  }

  listen(onEvent: (event: VoiceEvent) => void): () => void {
    this.listeners.set(onEvent, { greeted: false });
    if (this.early === undefined || this.alone) this.greet();
    return () => void this.listeners.delete(onEvent);
  }

  /** Ends every call of a telephone, then closes. */
  async stop(): Promise<void> {
    await Promise.all(this.telephones.all().map(({ leg }) => this.send({ kind: 'hang-up', leg, cause: 'shutdown' })));
    await this.close();
  }

  /** Calls go on for the grace time. The gateway is not closed. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.listeners.clear();
    this.stopGateway();
    clearInterval(this.heartbeat);
    clearTimeout(this.graceOver);
    this.deadMan.stop();
    this.started.forgetAll();
    await this.connection.close();
  }

  private channels(): readonly string[] {
    return [...this.telephones.all(), ...this.lines.all()].map(({ channel }) => channel);
  }

  private deliver(event: VoiceEvent): void {
    for (const [onEvent, { greeted }] of this.listeners) if (greeted) onEvent(event);
  }

  /** Every listener that was told nothing yet gets a snapshot, with the gateway's part of it as it is now. */
  private greet(): void {
    const stop = this.options.gateway.listen((event) => {
      if (event.kind !== 'snapshot') return;
      queueMicrotask(() => stop());
      const told: VoiceEvent = { kind: 'snapshot', at: this.events.now(), snapshot: this.snapshot(event.snapshot) };
      for (const [onEvent, listener] of this.listeners) {
        if (listener.greeted) continue;
        listener.greeted = true;
        onEvent(told);
      }
    });
  }

  private snapshot({ process, legs, players, recordings }: VoiceSnapshot): VoiceSnapshot {
    return {
      process: { pid: process.pid, startedAt: this.startedAt },
      legs: [
        ...this.telephones.all().map(({ leg, kind, state, since, muted, early, from, to }) => ({
          ...{ leg, kind, state, since, connected: state === 'answered' || early, muted },
          ...(early ? { early: true as const } : {}),
          ...(from === undefined ? {} : { from }),
          ...(to === undefined ? {} : { to }),
        })),
        ...legs.filter(({ kind }) => kind === 'browser'),
      ],
      bridges: this.mixing.snapshot(),
      players: [...this.players.snapshot(), ...players],
      recordings,
    };
  }

  /** Browsers come and go, recordings begin and end: the gateway tells. Its lines to Asterisk are nobody's business. */
  private heardGateway(event: VoiceEvent): void {
    if (event.kind === 'snapshot') {
      this.metGateway(event.snapshot);
      return;
    }
    if (event.kind === 'heartbeat' || this.lines.heard(event)) return;
    if (event.kind === 'offered') this.browsers.add(event.leg);
    if (event.kind === 'leg-ended') {
      this.browsers.delete(event.leg);
      this.leaving(event.leg);
    }
    const { at: _, ...told } = event;
    this.events.emit(told as Parameters<EventStream['emit']>[0]);
    // The line is there before the first call: an agent is heard as soon as the desk says so.
    if (event.kind === 'leg-answered' && this.early === undefined) void this.lines.open('link', event.leg);
  }

  private metGateway({ legs }: VoiceSnapshot): void {
    this.browsers.clear();
    for (const { leg, kind } of legs) if (kind === 'browser') this.browsers.add(leg);
    if (this.gatewayMet && this.early === undefined) void this.readBack();
    this.gatewayMet = true;
  }

  private heard(event: AriEvent): void {
    if (event.type === 'StasisStart') {
      this.entered(event);
      return;
    }
    if (event.type === 'ChannelDestroyed' || event.type === 'StasisEnd') {
      this.started.settle(event.channel.id, false);
      this.lines.channelEnded(event.channel.id);
    }
    this.players.heard(event);
    this.telephones.heard(event);
  }

  private entered({ channel, args }: Extract<AriEvent, { type: 'StasisStart' }>): void {
    if (this.started.settle(channel.id, true)) return;
    if (args[0] === 'dialled') this.telephones.dialledAnswered(channel);
    else if (args[0] === 'arrived') this.telephones.arrived(channel, args);
    else return;
    this.deadMan.extend(channel.id);
  }

  /** A leg is over: it hears nothing, is in no bridge and needs no line any more. */
  private leaving(leg: string): void {
    this.players.endOf(leg);
    this.mixing.leave(leg);
    void this.lines.close('link', leg);
    void this.lines.close('ear', leg);
  }

  /** Not at once: a gateway that takes no calls would be called without end. */
  private relinkSoon(leg: string): void {
    const timer = setTimeout(() => {
      if (!this.closed && this.early === undefined && this.browsers.has(leg)) void this.relink(leg);
    }, RELINK_MS);
    timer.unref();
  }

  private async relink(leg: string): Promise<void> {
    const line = await this.lines.open('link', leg);
    if (!('refused' in line)) await this.mixing.renew(leg);
  }

  private remember(channel: string): void {
    const telephone = this.telephones.ofChannel(channel);
    if (telephone === undefined) return;
    const playing = this.players.of(telephone.leg);
    const { player: id = '', sound = '', loop = false, lengthMs = 0, playback = '', startedAt } = playing ?? {};
    const remembered: Remembered = {
      ...{ early: telephone.early, muted: telephone.muted },
      ...(playing === undefined
        ? {}
        : { player: { id, sound, loop, lengthMs, playback, ...(startedAt === undefined ? {} : { startedAt }) } }),
    };
    void this.ari.setVariable(channel, REMEMBERED, JSON.stringify(remembered));
  }

  private down(fault: AriFault): void {
    this.whenUp?.(fault);
    this.options.onState?.(fault);
    clearInterval(this.heartbeat);
    this.started.forgetAll();
    this.early = [];
    this.deadMan.stop();
    if (this.downSince !== undefined) return;
    this.downSince = Date.now();
    // As long as Asterisk keeps calls without us nobody can say that they are over.
    const keptMs = this.met || this.options.awaitsCalls !== false ? this.deadMan.grace : 0;
    this.graceOver = setTimeout(() => this.gone(), keptMs);
  }

  /** Asterisk has ended by itself what it had: who talks to browsers goes on without it. */
  private gone(): void {
    this.alone = true;
    for (const telephone of this.telephones.all()) this.telephones.lost(telephone, 'asterisk-gone');
    this.greet();
  }

  /** After each connect: channels and bridges are what is true, whatever was believed before. */
  private async readBack(): Promise<void> {
    this.early ??= [];
    const [info, channels, bridges, gateway] = await Promise.all([
      this.ari.info(),
      this.ari.channels(),
      this.ari.bridges(),
      snapshotOf(this.options.gateway),
    ]);
    if (info?.status === undefined || channels === undefined || bridges === undefined) {
      this.connection.renew({ code: 'ari.refused', message: 'Asterisk did not tell its channels and bridges' });
      return;
    }
    this.startedAt = info.status.startup_time;
    const { application } = this.options.access;
    const ours = channels.filter(({ id, dialplan }) => this.names.read(id) !== undefined || isIn(application, dialplan));
    const remembered = await Promise.all(ours.map(async ({ id }) => readRemembered(await this.ari.variable(id, REMEMBERED))));
    const rooms = bridges.flatMap(({ id }) => (this.names.read(id)?.kind === 'room' ? [this.names.read(id)?.of ?? ''] : []));
    const sources = [...ours.map(({ id }) => `channel:${id}`), ...rooms.map((leg) => `bridge:${this.names.room(leg)}`)];
    if (sources.length > 0) await this.ari.subscribe(sources);
    if (this.closed) return;
    this.telephones.forgetAll(this.startedAt);
    this.players.forgetAll();
    this.mixing.forgetAll();
    for (const [n, channel] of ours.entries()) this.adopt(channel, remembered[n] ?? readRemembered(undefined));
    for (const leg of rooms) this.players.adoptRoom(leg);
    this.lines.adopt(ours, bridges, gateway);
    this.mixing.adopt(bridges, (channel) => this.telephones.ofChannel(channel)?.leg ?? this.linkOf(channel));
    this.ready();
  }

  private ready(): void {
    const missed = this.early ?? [];
    this.early = undefined;
    this.downSince = undefined;
    this.alone = false;
    this.met = true;
    clearTimeout(this.graceOver);
    for (const listener of this.listeners.values()) listener.greeted = false;
    this.greet();
    this.deadMan.start();
    clearInterval(this.heartbeat);
    this.heartbeat = setInterval(() => void this.beat(), HEARTBEAT_MS);
    for (const event of missed) this.heard(event);
    for (const leg of this.browsers) void this.relink(leg);
    this.whenUp?.(undefined);
    this.options.onState?.(undefined);
  }

  private adopt(channel: Parameters<Telephones['adopt']>[0], { early, muted, player }: Remembered): void {
    const telephone = this.telephones.adopt(channel, { early, muted });
    if (telephone === undefined || player === undefined) return;
    const { id, sound, loop, lengthMs, playback, startedAt } = player;
    this.players.adopt({ player: id, leg: telephone.leg, channel: channel.id, sound, loop, lengthMs, playback, startedAt });
  }

  private linkOf(channel: string): string | undefined {
    const line = this.lines.ofChannel(channel);
    return line?.kind === 'link' ? line.leg : undefined;
  }

  /** Asterisk has answered: everything that it told before has been heard. */
  private async beat(): Promise<void> {
    if (this.telephones.all().length === 0 && this.browsers.size === 0) return;
    const { status } = await this.ari.ping();
    if (this.early !== undefined || this.closed) return;
    if (status === 200) this.events.emit({ kind: 'heartbeat' });
    else if (status === 0)
      this.connection.renew({ code: 'ari.lost', message: `${this.options.access.url}: Asterisk does not answer any more` });
  }
}

/** Why the engine could not start, with the fault's code. */
export class AsteriskUnreachable extends Error {
  readonly code: AriFault['code'];

  constructor({ code, message }: AriFault) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

function isIn(application: string, dialplan: { readonly app_name: string; readonly app_data: string }): boolean {
  return dialplan.app_name === 'Stasis' && dialplan.app_data.split(',')[0] === application;
}

/** The gateway's state now. */
function snapshotOf(gateway: Voice): Promise<VoiceSnapshot> {
  return new Promise((resolve) => {
    const stop = gateway.listen((event) => {
      if (event.kind !== 'snapshot') return;
      queueMicrotask(() => stop());
      resolve(event.snapshot);
    });
  });
}
