import type { Aside, VoiceSnapshot } from '../port.ts';
import { KnownIds } from '../switch/known-ids.ts';
import { type Refusal, refusal } from '../switch/refusal.ts';
import type { AriBridge } from './ari/messages.ts';
import type { AriOperations, Direction } from './ari/operations.ts';
import type { Names } from './names.ts';
import type { StartedChannels } from './started-channels.ts';
import { isDone, unreached } from './telephones.ts';

export interface MixingParts {
  readonly ari: AriOperations;
  readonly names: Names;
  readonly started: StartedChannels;
  /** the channel by which a leg is heard in Asterisk; undefined when it has none now */
  readonly channelOf: (leg: string) => string | undefined;
  /** it hears something else for the time being, and comes when that is over */
  readonly isAway: (leg: string) => boolean;
}

interface Standing {
  /** legs and the channels by which they were added */
  readonly members: Map<string, string | undefined>;
  aside?: Aside & { readonly snoop: string | undefined };
}

const SNOOP_MS = 5000;

/** Who hears whom in Asterisk. A leg is in one bridge at most; a bridge that loses its last leg stays until it is unbridged. */
export class Mixing {
  private readonly parts: MixingParts;
  private readonly standing = new Map<string, Standing>();
  private readonly known = new KnownIds();

  constructor(parts: MixingParts) {
    this.parts = parts;
  }

  knows(bridge: string): boolean {
    return this.known.has(bridge);
  }

  snapshot(): VoiceSnapshot['bridges'] {
    return [...this.standing].map(([bridge, { members, aside }]) => ({
      bridge,
      legs: aside === undefined ? [...members.keys()] : [...members.keys(), aside.leg],
    }));
  }

  /** Every leg has a channel. */
  async set(bridge: string, legs: readonly string[], aside: Aside | undefined): Promise<Refusal | undefined> {
    const { ari, names } = this.parts;
    if (aside !== undefined && aside.heardBy.length > 1)
      return refusal('media.unsupported', 'on Asterisk a leg aside of a bridge can be heard by one leg or by none');
    const standing = this.standing.get(bridge) ?? { members: new Map<string, string | undefined>() };
    if (!this.standing.has(bridge)) {
      const made = await ari.makeBridge(names.bridge(bridge));
      if (!isDone(made)) return unreached(made);
      this.known.add(bridge);
      this.standing.set(bridge, standing);
    }
    await this.endAside(bridge, standing);
    for (const leg of legs) this.leave(leg, bridge);
    const gone = [...standing.members].filter(([leg]) => !legs.includes(leg));
    for (const [leg] of gone) standing.members.delete(leg);
    const leaving = gone.flatMap(([, channel]) => channel ?? []);
    if (leaving.length > 0) await ari.takeFromBridge(names.bridge(bridge), leaving);
    const problem = await this.add(bridge, standing, legs);
    return problem ?? (aside === undefined ? undefined : this.beginAside(bridge, standing, aside));
  }

  async remove(bridge: string): Promise<Refusal | undefined> {
    if (!this.known.has(bridge)) return refusal('bridge.unknown', `no bridge ${bridge} was ever made`);
    const standing = this.standing.get(bridge);
    if (standing === undefined) return undefined;
    this.standing.delete(bridge);
    await this.endAside(bridge, standing);
    const members = [...standing.members.values()].flatMap((channel) => channel ?? []);
    await this.clear(this.parts.names.bridge(bridge), members);
    return undefined;
  }

  /** The leg has ended, or goes to another bridge. Adding a channel to a bridge takes it out of the one before. */
  leave(leg: string, exceptBridge?: string): void {
    for (const [bridge, standing] of this.standing) {
      if (bridge === exceptBridge) continue;
      standing.members.delete(leg);
      if (standing.aside?.leg === leg) void this.endAside(bridge, standing);
    }
  }

  /** The leg was away, or has another channel than before. */
  async renew(leg: string): Promise<void> {
    for (const [bridge, standing] of this.standing) {
      if (!standing.members.has(leg)) continue;
      standing.members.set(leg, undefined);
      await this.add(bridge, standing, [leg]);
    }
  }

  forgetAll(): void {
    this.standing.clear();
  }

  /** What an earlier controller made. `legOf`: the leg of a channel. */
  adopt(bridges: readonly AriBridge[], legOf: (channel: string) => string | undefined): void {
    for (const { id, channels } of bridges) {
      const read = this.parts.names.read(id);
      if (read?.kind !== 'bridge') continue;
      this.known.add(read.of);
      const members = channels.flatMap((channel) => {
        const leg = legOf(channel);
        return leg === undefined ? [] : [[leg, channel] as const];
      });
      const beside = bridges.find((each) => each.id === this.parts.names.aside(read.of))?.channels ?? [];
      const snoop = beside.find((each) => this.parts.names.read(each)?.kind === 'snoop');
      const [leader] = beside.flatMap((each) => legOf(each) ?? []);
      const aside = leader === undefined ? {} : { aside: { leg: leader, heardBy: [], snoop } };
      this.standing.set(read.of, { members: new Map<string, string | undefined>(members), ...aside });
    }
  }

  private async add(bridge: string, standing: Standing, legs: readonly string[]): Promise<Refusal | undefined> {
    const { ari, names, channelOf, isAway } = this.parts;
    for (const leg of legs) if (!standing.members.has(leg) || isAway(leg)) standing.members.set(leg, undefined);
    const fresh = legs.flatMap((leg) => {
      const channel = isAway(leg) ? undefined : channelOf(leg);
      return channel === undefined || standing.members.get(leg) === channel ? [] : [[leg, channel] as const];
    });
    if (fresh.length === 0) return undefined;
    const added = await ari.addToBridge(
      names.bridge(bridge),
      fresh.map(([, channel]) => channel),
    );
    if (!isDone(added)) return unreached(added);
    for (const [leg, channel] of fresh) standing.members.set(leg, channel);
    return undefined;
  }

  /** Hears by the ears of one who is in the bridge, and whispers to that one or to nobody. */
  private async beginAside(bridge: string, standing: Standing, aside: Aside): Promise<Refusal | undefined> {
    const [hearer = [...standing.members.keys()].at(-1) ?? ''] = aside.heardBy;
    const [target, leader] = [standing.members.get(hearer), this.parts.channelOf(aside.leg)];
    if (target === undefined || leader === undefined) return refusal('leg.state', `leg ${aside.leg} or ${hearer} has no audio`);
    this.leave(aside.leg);
    const whisper = aside.heardBy.length > 0 ? 'out' : 'none';
    const snoop = await this.snoopOn(target, this.parts.names.aside(bridge), leader, 'both', whisper);
    if (typeof snoop !== 'string') return snoop;
    standing.aside = { ...aside, snoop };
    return undefined;
  }

  private async endAside(bridge: string, standing: Standing): Promise<void> {
    if (standing.aside === undefined) return;
    const { snoop, leg } = standing.aside;
    const leader = this.parts.channelOf(leg);
    delete standing.aside;
    await this.clear(this.parts.names.aside(bridge), leader === undefined ? [] : [leader]);
    if (snoop !== undefined) await this.parts.ari.hangUp(snoop);
  }

  /** A bridge that is taken away lets its channels go later, and may then take them out of the next one: each is taken out first. */
  private async clear(bridge: string, channels: readonly string[]): Promise<void> {
    if (channels.length > 0) await this.parts.ari.takeFromBridge(bridge, channels);
    await this.parts.ari.removeBridge(bridge);
  }

  /** Joins `speaker` to a snoop on `target`; the id of the snoop. */
  private async snoopOn(target: string, bridge: string, speaker: string, spy: Direction, whisper: Direction): Promise<string | Refusal> {
    const { ari, names, started } = this.parts;
    const snoop = names.snoop(target);
    const entered = started.expect(snoop, SNOOP_MS);
    const [snooped, made] = await Promise.all([ari.snoop(target, snoop, { spy, whisper }), ari.makeBridge(bridge)]);
    if (!isDone(snooped)) started.settle(snoop, false);
    if (!(await entered)) return unreached(snooped);
    const added = isDone(made) ? await ari.addToBridge(bridge, [snoop, speaker]) : made;
    if (isDone(added)) return snoop;
    await ari.hangUp(snoop);
    return unreached(added);
  }
}
