import { randomInt, randomUUID } from 'node:crypto';
import type { VoiceCommand } from '../port.ts';
import type { PortPool } from '../rtp/ports.ts';
import { answerOffer } from '../sdp/negotiation.ts';
import type { CallListener, Credentials, InboundCall, UserAgent, UserAgentHandlers } from '../sip/user-agent.ts';
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
}

/** SDP o= session ids must fit 64 bit and be unique among our calls. */
const SESSION_IDS = 2 ** 47;

/** The telephone side of the switchboard: arriving calls become legs, `dial` makes new ones. */
export class Telephony implements UserAgentHandlers {
  /** While false, new calls are answered 503, so that the trunk takes its other route. */
  accepting = true;
  private readonly board: Switchboard;
  private readonly ports: PortPool;
  private readonly media: SipMediaSettings;
  private readonly trunks: readonly TrunkSettings[];
  private agent: UserAgent | undefined;

  constructor(board: Switchboard, ports: PortPool, media: SipMediaSettings, trunks: readonly TrunkSettings[]) {
    this.board = board;
    this.ports = ports;
    this.media = media;
    this.trunks = trunks;
  }

  attach(agent: UserAgent): void {
    this.agent = agent;
  }

  arrived(call: InboundCall): CallListener {
    const trunk = this.trunks.find(({ addresses }) => addresses?.includes(call.source.address) ?? true);
    const status = this.refusalOf(call, trunk);
    if (status !== undefined || trunk === undefined) {
      queueMicrotask(() => call.reject(status ?? 403));
      return REFUSED;
    }
    const id = `sip-${randomUUID()}`;
    const from = callerOf(call, trunk);
    const to = call.dialled ?? call.to.user ?? '';
    const { leg } = this.makeLeg(id, call, { to, ...(from === undefined ? {} : { from }) });
    this.board.add(leg);
    this.board.events.emit({ kind: 'leg-arrived', leg: id, to, trunk: trunk.name, ...(from === undefined ? {} : { from }) });
    return leg;
  }

  /** INVITE to `uri` over the first trunk that has a proxy, else straight to it. */
  async dial(command: Extract<VoiceCommand, { kind: 'dial' }>): Promise<Refusal | undefined> {
    if (this.agent === undefined) return refusal('media.unsupported', 'this process has no SIP side; configure a SIP address to dial');
    const trunk = this.trunks.find(({ proxy }) => proxy !== undefined);
    const { leg, session } = this.makeLeg(command.leg, undefined, { to: command.uri });
    const problem = await session.prepare();
    if (problem !== undefined) return problem;
    const from = command.from ?? trunk?.from;
    const call = this.agent.dial(
      {
        uri: command.uri,
        sdp: session.offer(),
        ...(from === undefined ? {} : { from }),
        ...(command.timeoutMs === undefined ? {} : { timeoutMs: command.timeoutMs }),
        ...(trunk?.proxy === undefined ? {} : { proxy: trunk.proxy }),
        ...(trunk?.credentials === undefined ? {} : { credentials: trunk.credentials }),
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

  private refusalOf(call: InboundCall, trunk: TrunkSettings | undefined): number | undefined {
    if (trunk === undefined) return 403;
    if (!this.accepting) return 503;
    if (call.offer === undefined) return undefined;
    const trial = answerOffer(call.offer, { address: this.media.announced, port: 9, sessionId: '0', version: 1 });
    return 'refused' in trial ? trial.status : undefined;
  }

  private makeLeg(id: string, call: InboundCall | undefined, names: { from?: string; to?: string }): { leg: SipLeg; session: SipSession } {
    const media = this.board.newMedia();
    const session = new SipSession(media, this.ports, this.media, String(randomInt(1, SESSION_IDS)));
    const { events } = this.board;
    const ended = this.board.ended.bind(this.board);
    return { session, leg: new SipLeg({ id, media, session, settings: this.media, events, ended, ...names }, call) };
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
  return user === undefined || user.toLowerCase() === 'anonymous' ? undefined : user;
}
