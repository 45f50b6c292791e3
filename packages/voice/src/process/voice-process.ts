import type { VoiceCommand } from '../port.ts';
import { PortPool } from '../rtp/ports.ts';
import type { OpenRefusal } from '../sip/open.ts';
import type { UserAgent, UserAgentHandlers } from '../sip/user-agent.ts';
import { Commands } from '../switch/commands.ts';
import { EventStream } from '../switch/events.ts';
import { Switchboard } from '../switch/switchboard.ts';
import { Telephony, type TelephonyNote } from '../switch/telephony.ts';
import type { OpenConnection } from '../webrtc/connection.ts';
import { ControlServer } from './control-server.ts';
import { Grace } from './grace.ts';
import { DEFAULT_LATCH_WINDOW_MS, DEFAULT_MEDIA_TIMEOUT_MS, type VoiceSettings } from './settings.ts';

export interface VoiceProcessParts {
  readonly openConnection: OpenConnection;
  /** Absent where the settings have no SIP side. */
  readonly openAgent?: (handlers: UserAgentHandlers) => Promise<UserAgent | OpenRefusal>;
  /** For the log: an exception that was caught. */
  readonly bug: (error: unknown) => void;
  /** For the log: a call that was refused, a trunk that was registered at. */
  readonly note: (note: TelephonyNote) => void;
  /** The process has hung up and written everything: nothing is left to do. */
  readonly ended: (cause: string) => void;
}

const GRACE_CHECK_MS = 200;

/** Puts the switchboard, its SIP and browser sides and the control socket together, and takes them apart in order. */
export class VoiceProcess {
  private readonly board: Switchboard;
  private readonly telephony: Telephony;
  private readonly commands: Commands;
  private readonly control: ControlServer;
  private readonly grace: Grace;
  private readonly parts: VoiceProcessParts;
  private agent: UserAgent | undefined;
  private graceCheck: NodeJS.Timeout | undefined;
  private ending = false;

  constructor(settings: VoiceSettings, parts: VoiceProcessParts) {
    this.parts = parts;
    const events = new EventStream((event) => this.control.tell(event), Date.now);
    this.board = new Switchboard(events);
    const { trunks = [], phones } = settings.sip ?? {};
    const media = mediaSettings(settings);
    this.telephony = new Telephony(this.board, new PortPool(settings.rtp), {
      media,
      trunks,
      note: parts.note,
      ...(phones === undefined ? {} : { phones }),
    });
    this.commands = new Commands({
      board: this.board,
      telephony: this.telephony,
      openConnection: parts.openConnection,
      setGrace: (graceMs) => {
        this.grace.graceMs = graceMs;
      },
    });
    this.grace = new Grace(settings.graceMs, {
      busy: () => this.board.legCount + this.board.recordings.count > 0,
      accept: (on) => {
        this.telephony.accepting = on;
      },
      end: (cause) => void this.end(cause),
      now: () => performance.now(),
    });
    this.control = new ControlServer({
      perform: (command: VoiceCommand) => this.commands.perform(command),
      snapshot: () => this.board.snapshot(),
      now: () => events.now(),
      bug: parts.bug,
      controllersChanged: (count) => this.grace.controllersChanged(count),
    });
  }

  /** Opens SIP, then the control socket. Returns why not, in a sentence. */
  async start(socket: string): Promise<string | undefined> {
    const agent = await this.parts.openAgent?.(this.telephony);
    if (agent !== undefined && 'refused' in agent) return `SIP cannot be opened: ${agent.message}`;
    if (agent !== undefined) this.telephony.attach(agent);
    this.agent = agent;
    const problem = await this.control.listen(socket);
    if (problem !== undefined) {
      await this.agent?.close();
      return problem;
    }
    this.graceCheck = setInterval(() => this.grace.check(), GRACE_CHECK_MS);
    return undefined;
  }

  /** What SIP is bound to. */
  get sip(): UserAgent['bound'] | undefined {
    return this.agent?.bound;
  }

  /** Hangs up everything, closes the files, tells what happened, and is done. */
  async end(cause: string): Promise<void> {
    if (this.ending) return;
    this.ending = true;
    clearInterval(this.graceCheck);
    this.agent?.drain();
    await this.board.close(cause);
    await this.agent?.close();
    await this.control.close();
    this.parts.ended(cause);
  }
}

function mediaSettings({ rtp }: VoiceSettings) {
  return {
    latchWindowMs: rtp.latchWindowMs ?? DEFAULT_LATCH_WINDOW_MS,
    mediaTimeoutMs: rtp.mediaTimeoutMs ?? DEFAULT_MEDIA_TIMEOUT_MS,
    announced: rtp.announced ?? rtp.address,
  };
}
