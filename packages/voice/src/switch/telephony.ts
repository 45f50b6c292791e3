import { randomInt, randomUUID } from 'node:crypto';
import type { VoiceCommand } from '../port.ts';
import type { PortPool } from '../rtp/ports.ts';
import { answerOffer } from '../sdp/negotiation.ts';
import type {
  CallListener,
  Credentials,
  InboundCall,
  PhoneAccounts,
  RegistrationState,
  Source,
  UserAgent,
  UserAgentHandlers,
} from '../sip/user-agent.ts';
import { dialledForm, type NumberForms, nationalForm } from './number-forms.ts';
import { type Refusal, refusal } from './refusal.ts';
import { SipLeg } from './sip-leg.ts';
import { type SipMediaSettings, SipSession } from './sip-session.ts';
import type { Switchboard } from './switchboard.ts';

/** A line to the telephone network. The first one whose addresses fit is an arriving call's trunk. */
export interface TrunkSettings {
  readonly name: string;
  /** Source addresses whose calls belong to this trunk; absent = any. Calls of no trunk are refused with 403. */
  readonly addresses?: readonly string[];
  /** Believe P-Asserted-Identity of this trunk (RFC 3325). */
  readonly trustAssertedIdentity?: boolean;
  /** SIP URI of the proxy for dialled calls. */
  readonly proxy?: string;
  readonly credentials?: Credentials;
  /** From of dialled calls where the command names none. */
  readonly from?: string;
  /** Keeps us registered at `proxy` with `credentials` (RFC 3261 §10.2); `user` is what is registered, default the user name. */
  readonly register?: { readonly user?: string; readonly expiresS?: number };
  /** Number or SIP URI that dialled calls assert as their caller (RFC 3325). */
  readonly assertedIdentity?: string;
  /** How this trunk writes numbers; absent = as they are. */
  readonly numbers?: NumberForms;
}

/** Telephones that register with us. They reach these numbers and nothing else: a stolen password must not buy calls. */
export interface PhoneSettings extends PhoneAccounts {
  readonly mayDial: readonly string[];
}

/** For the log; of people nothing but the address that a message came from. */
export type TelephonyNote =
  | { readonly kind: 'call-refused'; readonly source: Source; readonly status: number; readonly reason: string }
  | { readonly kind: 'trunk'; readonly trunk: string; readonly registration: RegistrationState | { readonly refused: string } };

export interface TelephonySettings {
  readonly media: SipMediaSettings;
  readonly trunks: readonly TrunkSettings[];
  readonly phones?: PhoneSettings;
  note(note: TelephonyNote): void;
}

const OF_NO_TRUNK = { status: 403, reason: 'of no trunk' };

/** The trunk name that calls of registered telephones bear. */
export const PHONES = 'phones';

/** SDP o= session ids must fit 64 bit and be unique among our calls. */
const SESSION_IDS = 2 ** 47;

/** The telephone side of the switchboard: arriving calls become legs, `dial` makes new ones. */
export class Telephony implements UserAgentHandlers {
  /** While false, new calls are answered 503, so that the trunk takes its other route. */
  accepting = true;
  private readonly board: Switchboard;
  private readonly ports: PortPool;
  private readonly settings: TelephonySettings;
  private agent: UserAgent | undefined;

  constructor(board: Switchboard, ports: PortPool, settings: TelephonySettings) {
    this.board = board;
    this.ports = ports;
    this.settings = settings;
  }

  /** Takes the agent into use and registers at the trunks that want it. */
  attach(agent: UserAgent): void {
    this.agent = agent;
    for (const { name: trunk, register, proxy = '', credentials } of this.settings.trunks) {
      if (register === undefined) continue;
      const user = register.user ?? credentials?.username ?? '';
      const tell = (registration: RegistrationState) => this.settings.note({ kind: 'trunk', trunk, registration });
      const order = {
        registrar: proxy,
        user,
        ...(credentials && { credentials }),
        ...(register.expiresS && { expiresS: register.expiresS }),
      };
      const registration = agent.register(order, tell);
      if ('refused' in registration) this.settings.note({ kind: 'trunk', trunk, registration: { refused: registration.message } });
    }
  }

  arrived(call: InboundCall): CallListener {
    const to = call.dialled ?? call.to.user ?? '';
    const trunk = this.trunkOf(call);
    const refused = this.refusalOf(call, trunk, to);
    if (trunk === undefined || refused !== undefined) {
      const { status, reason } = refused ?? OF_NO_TRUNK;
      this.settings.note({ kind: 'call-refused', source: call.source, status, reason });
      queueMicrotask(() => call.reject(status));
      return REFUSED;
    }
    const id = `sip-${randomUUID()}`;
    const from = call.account ?? callerOf(call, trunk);
    const { leg } = this.makeLeg(id, call, { to, ...(from === undefined ? {} : { from }) });
    this.board.add(leg);
    this.board.events.emit({ kind: 'leg-arrived', leg: id, to, trunk: trunk.name, ...(from === undefined ? {} : { from }) });
    return leg;
  }

  /** INVITE to `uri` over the first trunk that has a proxy, else straight to it. */
  async dial(command: Extract<VoiceCommand, { kind: 'dial' }>): Promise<Refusal | undefined> {
    if (this.agent === undefined) return refusal('media.unsupported', 'this process has no SIP side; configure a SIP address to dial');
    const trunk = this.isPhone(command.uri) ? undefined : this.settings.trunks.find(({ proxy }) => proxy !== undefined);
    const { leg, session } = this.makeLeg(command.leg, undefined, { to: command.uri });
    const problem = await session.prepare();
    if (problem !== undefined) return problem;
    const from = command.from ?? trunk?.from;
    const call = this.agent.dial(
      {
        uri: trunk?.numbers === undefined ? command.uri : withNumber(command.uri, trunk.numbers),
        sdp: session.offer(),
        ...(from === undefined ? {} : { from }),
        ...(command.timeoutMs === undefined ? {} : { timeoutMs: command.timeoutMs }),
        ...(trunk?.proxy === undefined ? {} : { proxy: trunk.proxy }),
        ...(trunk?.credentials === undefined ? {} : { credentials: trunk.credentials }),
        ...(trunk?.assertedIdentity === undefined ? {} : { headers: [['P-Asserted-Identity', identityField(trunk)]] as const }),
      },
      leg,
    );
    if ('refused' in call) {
      session.close();
      return refusal(call.refused === 'uri.invalid' ? 'uri.invalid' : 'leg.state', call.message);
    }
    leg.dialled(call);
    this.board.add(leg);
    return undefined;
  }

  /** A telephone that proved its password is judged by its dial plan, everybody else by the address that the call came from. */
  private trunkOf(call: InboundCall): TrunkSettings | undefined {
    if (call.account !== undefined) return { name: PHONES };
    return this.settings.trunks.find(({ addresses }) => addresses?.includes(call.source.address) ?? true);
  }

  private isPhone(uri: string): boolean {
    const realm = this.settings.phones?.realm;
    return realm !== undefined && uri.toLowerCase().endsWith(`@${realm.toLowerCase()}`);
  }

  private refusalOf(
    call: InboundCall,
    trunk: TrunkSettings | undefined,
    to: string,
  ): { readonly status: number; readonly reason: string } | undefined {
    if (trunk === undefined) return OF_NO_TRUNK;
    if (call.account !== undefined && this.settings.phones?.mayDial.includes(to) !== true)
      return { status: 403, reason: `${call.account} dialled a number outside the dial plan` };
    if (!this.accepting) return { status: 503, reason: 'no controller is there' };
    if (call.offer === undefined) return undefined;
    const trial = answerOffer(call.offer, { address: this.settings.media.announced, port: 9, sessionId: '0', version: 1 });
    return 'refused' in trial ? { status: trial.status, reason: trial.message } : undefined;
  }

  private makeLeg(id: string, call: InboundCall | undefined, names: { from?: string; to?: string }): { leg: SipLeg; session: SipSession } {
    const media = this.board.newMedia();
    const session = new SipSession(media, this.ports, this.settings.media, String(randomInt(1, SESSION_IDS)));
    const { events } = this.board;
    const ended = this.board.ended.bind(this.board);
    return { session, leg: new SipLeg({ id, media, session, settings: this.settings.media, events, ended, ...names }, call) };
  }
}

const REFUSED: CallListener = {
  answered() {},
  reoffered: () => ({ status: 488 }),
  ended() {},
};

/** The caller's number, or undefined where it is withheld (RFC 3323, RFC 3325). */
function callerOf(call: InboundCall, trunk: TrunkSettings): string | undefined {
  if (call.header('privacy')?.includes('id')) return undefined;
  const asserted = trunk.trustAssertedIdentity ? call.assertedIdentity?.user : undefined;
  const user = asserted ?? call.from.user;
  if (user === undefined || user.toLowerCase() === 'anonymous') return undefined;
  return trunk.numbers === undefined ? user : nationalForm(user, trunk.numbers);
}

/** The URI with its user part, or the number of a tel URI, in the trunk's form. */
function withNumber(uri: string, forms: NumberForms): string {
  return uri.replace(/^(sips?:|tel:)([^@;?]+)/i, (_, scheme: string, user: string) => `${scheme}${dialledForm(user, forms)}`);
}

function identityField({ assertedIdentity = '', numbers, proxy = '' }: TrunkSettings): string {
  if (/^(sip|tel):/i.test(assertedIdentity)) return `<${assertedIdentity}>`;
  const number = numbers === undefined ? assertedIdentity : dialledForm(assertedIdentity, numbers);
  return `<sip:${number}@${proxy.replace(/^sip:/i, '').replace(/;.*$/, '')}>`;
}
