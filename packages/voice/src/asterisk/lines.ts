import type { Voice, VoiceEvent, VoiceSnapshot } from '../port.ts';
import { type Refusal, refusal } from '../switch/refusal.ts';
import type { AriBridge, AriChannel } from './ari/messages.ts';
import type { AriOperations } from './ari/operations.ts';
import { gatewayUser, type Names, readGatewayUser } from './names.ts';
import type { StartedChannels } from './started-channels.ts';
import { isDone } from './telephones.ts';

type Kind = 'link' | 'ear';

/** A call between Asterisk and the gateway: a channel there, a leg here. */
export interface Line {
  readonly kind: Kind;
  /** `link`: the browser's leg that speaks over it. `ear`: the telephone's leg that is heard over it */
  readonly leg: string;
  readonly channel: string;
  readonly gatewayLeg: string;
}

export interface LineParts {
  readonly ari: AriOperations;
  readonly names: Names;
  readonly started: StartedChannels;
  readonly gateway: Voice;
  /** `{user}` is filled in: `PJSIP/threerings/sip:{user}@127.0.0.1:5066` */
  readonly endpoint: string;
  /** a line that was not ended by us is gone */
  readonly lost: (line: Line) => unknown;
  /** a channel that must not outlive its controllers */
  readonly opened: (channel: string) => void;
}

const OPENING_MS = 5000;
/** Gateway bridges that join a browser to its line; nobody outside hears of them. */
const JOINT = 'asterisk-line-';

/**
 * The lines between Asterisk and the embedded gateway. A browser has one for as long as it is in the house (`link`): the
 * gateway joins both, so that Asterisk sees a telephone. A telephone that is recorded or listened to has one as well (`ear`),
 * over which Asterisk sends what it says and nothing comes back.
 */
export class Lines {
  private readonly parts: LineParts;
  private readonly lines = new Map<string, Line>();
  private readonly opening = new Map<string, Promise<Line | Refusal>>();
  /** who waits for the gateway to be called, by user part */
  private readonly called = new Map<string, (gatewayLeg: string) => void>();
  /** legs of the gateway that are the ends of lines */
  private readonly ends = new Set<string>();

  constructor(parts: LineParts) {
    this.parts = parts;
  }

  find(kind: Kind, leg: string): Line | undefined {
    return this.lines.get(`${kind} ${leg}`);
  }

  all(): readonly Line[] {
    return [...this.lines.values()];
  }

  ofChannel(channel: string): Line | undefined {
    return this.all().find((line) => line.channel === channel);
  }

  private isLine(gatewayLeg: { readonly to?: string }): boolean {
    return gatewayLeg.to !== undefined && readGatewayUser(gatewayLeg.to) !== undefined;
  }

  /** Opens the line where it is not open yet. `spied`: the telephone's channel, for an ear. */
  open(kind: Kind, leg: string, spied?: string): Promise<Line | Refusal> {
    const key = `${kind} ${leg}`;
    const open = this.lines.get(key);
    if (open !== undefined) return Promise.resolve(open);
    let opening = this.opening.get(key);
    if (opening === undefined) {
      opening = this.make(kind, leg, spied).finally(() => this.opening.delete(key));
      this.opening.set(key, opening);
    }
    return opening;
  }

  /** The leg is over, or the line is of no use. */
  async close(kind: Kind, leg: string): Promise<void> {
    const line = this.find(kind, leg);
    if (line === undefined) return;
    this.lines.delete(`${kind} ${leg}`);
    await this.drop(line);
  }

  /** Events of the gateway that concern lines alone; false = it is somebody else's. */
  heard(event: VoiceEvent): boolean {
    if (event.kind === 'leg-arrived') {
      const tell = this.called.get(event.to);
      this.called.delete(event.to);
      this.ends.add(event.leg);
      if (tell === undefined) void this.parts.gateway.send({ kind: 'reject', leg: event.leg, status: 404 });
      else tell(event.leg);
      return true;
    }
    if (!('leg' in event) || !this.ends.has(event.leg)) return false;
    if (event.kind !== 'leg-ended') return true;
    this.ends.delete(event.leg);
    const line = this.all().find(({ gatewayLeg }) => gatewayLeg === event.leg);
    if (line !== undefined) this.gone(line);
    return true;
  }

  channelEnded(channel: string): void {
    const line = this.ofChannel(channel);
    if (line !== undefined) this.gone(line);
  }

  /** Lines of an earlier controller, or from before a connection broke: those that stand on both sides are kept, the rest is cleared away. */
  adopt(channels: readonly AriChannel[], bridges: readonly AriBridge[], { legs, bridges: joints }: VoiceSnapshot): void {
    this.lines.clear();
    this.ends.clear();
    for (const each of legs) if (this.isLine(each)) this.ends.add(each.leg);
    const ends = new Map(legs.flatMap(({ leg, to }) => (to !== undefined && readGatewayUser(to) !== undefined ? [[to, leg]] : [])));
    for (const { id } of channels) {
      const read = this.parts.names.read(id);
      if (read?.kind !== 'link' && read?.kind !== 'ear') continue;
      const { kind, of: leg } = read;
      const user = gatewayUser(kind, leg);
      const gatewayLeg = ends.get(user);
      const line = gatewayLeg === undefined ? undefined : { kind, leg, channel: id, gatewayLeg };
      if (line === undefined || !this.stands(line, bridges, joints)) void this.parts.ari.hangUp(id);
      else {
        this.lines.set(`${kind} ${leg}`, line);
        ends.delete(user);
      }
    }
    for (const leg of ends.values()) void this.parts.gateway.send({ kind: 'hang-up', leg });
  }

  private stands({ kind, leg, channel, gatewayLeg }: Line, bridges: readonly AriBridge[], joints: VoiceSnapshot['bridges']): boolean {
    if (kind === 'link')
      return joints.some(({ bridge, legs }) => bridge === JOINT + leg && legs.includes(gatewayLeg) && legs.includes(leg));
    return bridges.some(({ id, channels }) => id === this.parts.names.hearing(leg) && channels.includes(channel) && channels.length === 2);
  }

  private async make(kind: Kind, leg: string, spied: string | undefined): Promise<Line | Refusal> {
    const { ari, names, started, endpoint, gateway, opened } = this.parts;
    const user = gatewayUser(kind, leg);
    const channel = kind === 'link' ? names.link(leg) : names.ear(leg);
    const entered = started.expect(channel, OPENING_MS);
    const called = new Promise<string>((resolve) => this.called.set(user, resolve));
    void called.then((gatewayLeg) => gateway.send({ kind: 'answer', leg: gatewayLeg }));
    const asked = await ari.originate({
      ...{ endpoint: endpoint.replaceAll('{user}', user), channel, args: 'line', timeout: Math.ceil(OPENING_MS / 1000) },
    });
    if (!isDone(asked)) started.settle(channel, false);
    if (!(await entered)) {
      this.called.delete(user);
      void ari.hangUp(channel);
      const found = isDone(asked) ? 'the gateway was not reached' : `${asked.status} ${asked.reason}`;
      return refusal('media.unsupported', `Asterisk cannot call the gateway (${found}); look at the endpoint threerings in pjsip.conf`);
    }
    opened(channel);
    const line: Line = { kind, leg, channel, gatewayLeg: await called };
    const problem = kind === 'link' ? await this.join(line) : await this.spy(line, spied ?? '');
    if (problem === undefined) this.lines.set(`${kind} ${leg}`, line);
    else await this.drop(line);
    return problem ?? line;
  }

  private async join({ leg, gatewayLeg }: Line): Promise<Refusal | undefined> {
    const answer = await this.parts.gateway.send({ kind: 'bridge', bridge: JOINT + leg, legs: [leg, gatewayLeg] });
    return answer.ok ? undefined : refusal(answer.refused, answer.message);
  }

  private async spy({ leg, channel }: Line, spied: string): Promise<Refusal | undefined> {
    const { ari, names, started } = this.parts;
    const snoop = names.snoop(leg);
    const entered = started.expect(snoop, OPENING_MS);
    const bridge = names.hearing(leg);
    const [snooped, made] = await Promise.all([ari.snoop(spied, snoop, { spy: 'in', whisper: 'none' }), ari.makeBridge(bridge)]);
    if (!isDone(snooped)) started.settle(snoop, false);
    if (!(await entered) || !isDone(made)) return refusal('leg.unknown', `leg ${leg} cannot be listened to: ${snooped.reason}`);
    const added = await ari.addToBridge(bridge, [snoop, channel]);
    return isDone(added) ? undefined : refusal('leg.unknown', `leg ${leg} cannot be listened to: ${added.reason}`);
  }

  private gone(line: Line): void {
    if (!this.lines.delete(`${line.kind} ${line.leg}`)) return;
    void this.drop(line);
    this.parts.lost(line);
  }

  private async drop({ kind, leg, channel, gatewayLeg }: Line): Promise<void> {
    const { ari, gateway, names } = this.parts;
    await Promise.all([
      ari.hangUp(channel),
      gateway.send({ kind: 'hang-up', leg: gatewayLeg }),
      kind === 'link' ? gateway.send({ kind: 'unbridge', bridge: JOINT + leg }) : ari.removeBridge(names.hearing(leg)),
    ]);
  }
}
