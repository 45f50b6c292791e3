import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CommandAnswer, Voice, VoiceCommand } from '../port.ts';
import type { VoiceSettings } from '../process/settings.ts';
import { type VoiceExit, VoiceSupervisor } from '../process/supervisor.ts';
import type { PhoneSettings, TrunkSettings } from '../switch/telephony.ts';
import { EventDiary } from './diary.ts';
import { Phone, type PhoneOptions } from './phone.ts';

const LOOPBACK = '127.0.0.1';

export interface RigOptions {
  readonly graceMs?: number;
  readonly mediaTimeoutMs?: number;
  /** One UDP port for all browsers; default a port each. */
  readonly webrtcPort?: number;
  readonly trunks?: readonly TrunkSettings[];
  readonly phones?: PhoneSettings;
  /** Use what an earlier rig left there. */
  readonly directory?: string;
}

/** A real voice process on loopback with free ports, its events, and phones to call it with; for wire tests. */
export class VoiceRig {
  readonly directory: string;
  readonly supervisor: VoiceSupervisor;
  readonly diary: EventDiary;
  readonly exits: VoiceExit[];
  private readonly phones: Phone[] = [];

  private constructor(directory: string, supervisor: VoiceSupervisor, exits: VoiceExit[]) {
    this.directory = directory;
    this.supervisor = supervisor;
    this.exits = exits;
    this.diary = new EventDiary(supervisor.voice);
  }

  static async start(options: RigOptions = {}): Promise<VoiceRig> {
    const directory = options.directory ?? mkdtempSync(path.join(tmpdir(), 'voice-'));
    const exits: VoiceExit[] = [];
    const settings = rigSettings(options);
    const supervisor = await VoiceSupervisor.start({ directory, settings, onExited: (exit) => exits.push(exit) });
    const rig = new VoiceRig(directory, supervisor, exits);
    await rig.diary.next('snapshot');
    return rig;
  }

  get voice(): Voice {
    return this.supervisor.voice;
  }

  /** Where the process takes calls, from its log. */
  get sipUri(): string {
    const line = readFileSync(path.join(this.directory, 'voice.log'), 'utf8')
      .split('\n')
      .find((each) => each.includes('"started"'));
    const { sip } = JSON.parse(line ?? '{}') as { sip?: { port: number } };
    return `sip:12345@${LOOPBACK}:${sip?.port}`;
  }

  async phone(options: PhoneOptions): Promise<Phone> {
    const phone = await Phone.open(options);
    this.phones.push(phone);
    return phone;
  }

  /** Carries out commands in order; a refusal fails the test. */
  async do(...commands: readonly VoiceCommand[]): Promise<void> {
    for (const command of commands) {
      const answer = await this.voice.send(command);
      if (!answer.ok) throw new Error(`${command.kind} was refused: ${answer.refused}: ${answer.message}`);
    }
  }

  send(command: VoiceCommand): Promise<CommandAnswer> {
    return this.voice.send(command);
  }

  /** A phone whose call was answered by the process, and the leg of that call. */
  async caller(options: PhoneOptions): Promise<{ readonly phone: Phone; readonly leg: string }> {
    const phone = await this.phone(options);
    const arrivals = this.diary.of('leg-arrived').length;
    phone.dial(this.sipUri);
    const { leg } = await this.diary.next('leg-arrived', undefined, arrivals + 1);
    await this.do({ kind: 'answer', leg });
    await this.diary.next('leg-answered', (event) => event.leg === leg);
    return { phone, leg };
  }

  async close(): Promise<void> {
    for (const phone of this.phones) await phone.close();
    this.diary.stop();
    await this.supervisor.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export function rigSettings(options: RigOptions): Omit<VoiceSettings, 'socket'> {
  return {
    graceMs: options.graceMs ?? 5000,
    rtp: { address: LOOPBACK, first: 0, last: 0, mediaTimeoutMs: options.mediaTimeoutMs ?? 0 },
    webrtc: { bindAddress: LOOPBACK, port: options.webrtcPort ?? 0 },
    sip: {
      address: LOOPBACK,
      port: 0,
      trunks: options.trunks ?? [{ name: 'test' }],
      ...(options.phones === undefined ? {} : { phones: options.phones }),
    },
  };
}
