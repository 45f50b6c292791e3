import { describe, expect, it } from 'vitest';
import { MediaRoom } from '../fake/media-room.ts';
import { Bridge } from './bridge.ts';
import { Player } from './player.ts';
import { Sound } from './sound.ts';
import { tone } from './tone.ts';

const LOUD = 6000;
const SILENT = 100;

function roomWithBridge() {
  const room = new MediaRoom();
  const bridge = new Bridge();
  room.before.push(bridge);
  return { room, bridge };
}

describe('a bridge of two', () => {
  it('lets each hear the other and not itself', () => {
    const { room, bridge } = roomWithBridge();
    const [a, b] = [room.add({ says: 400 }), room.add({ says: 700 })];
    bridge.setLegs([a.leg, b.leg]);
    room.pass(1000);
    expect(a.peer.hears(700)).toBeGreaterThan(LOUD);
    expect(a.peer.hears(400)).toBeLessThan(SILENT);
    expect(b.peer.hears(400)).toBeGreaterThan(LOUD);
  });

  it('relays the very octets where both use one law', () => {
    const { room, bridge } = roomWithBridge();
    const [a, b] = [room.add({ says: 400 }), room.add({ says: 0 })];
    bridge.setLegs([a.leg, b.leg]);
    const packet = a.peer.nextPacket();
    const payload = Buffer.from(packet.subarray(12));
    let relayed: Buffer | undefined;
    b.leg.setTransport({
      send(sent) {
        relayed = sent;
      },
    });
    room.receive(a, packet);
    expect(relayed?.subarray(12)).toEqual(payload);
    expect(relayed?.readUInt32BE(8)).toBe(b.leg.outbound.ssrc);
  });

  it('transcodes between A-law and µ-law', () => {
    const { room, bridge } = roomWithBridge();
    const [a, b] = [room.add({ says: 400, codec: 'PCMA' }), room.add({ says: 700, codec: 'PCMU' })];
    bridge.setLegs([a.leg, b.leg]);
    room.pass(600);
    expect(a.peer.hears(700)).toBeGreaterThan(LOUD);
    expect(b.peer.hears(400)).toBeGreaterThan(LOUD);
  });

  it('carries a gap in the sequence on, so that loss stays visible', () => {
    const { room, bridge } = roomWithBridge();
    const [a, b] = [room.add({ says: 400 }), room.add({ says: 700 })];
    bridge.setLegs([a.leg, b.leg]);
    room.pass(200, (pair, frame) => pair === a && frame === 5);
    const steps = b.peer.sequences.slice(1).map((sequence, i) => (sequence - (b.peer.sequences[i] as number)) & 0xffff);
    expect(steps).toEqual([1, 1, 1, 1, 2, 1, 1, 1]);
  });

  it('goes on in one stream when the bridge changes under it', () => {
    const { room, bridge } = roomWithBridge();
    const [a, b, c] = [room.add({ says: 400 }), room.add({ says: 700 }), room.add({ says: 1000, sequence: 9, timestamp: 5 })];
    bridge.setLegs([a.leg, b.leg]);
    room.pass(200);
    bridge.setLegs([a.leg, c.leg]);
    room.pass(200);
    const { sequences, timestamps, markers } = a.peer;
    sequences.slice(1).forEach((sequence, i) => {
      expect((sequence - (sequences[i] as number)) & 0xffff).toBe(1);
      expect(((timestamps[i + 1] as number) - (timestamps[i] as number)) >>> 0).toBe(160);
    });
    expect(markers.filter(Boolean)).toHaveLength(2);
    expect(a.peer.hears(1000, 100)).toBeGreaterThan(LOUD);
  });

  it('passes digits on to a far end that takes them, and closes up the sequence to one that does not', () => {
    const { room, bridge } = roomWithBridge();
    const [a, b, c] = [room.add({ says: 400 }), room.add({ says: 0 }), room.add({ says: 0 })];
    c.leg.setFormat({ codec: 'PCMA', payloadType: 8 });
    const told: string[] = [];
    a.leg.inbound.onDigit = ({ digit, durationMs }) => told.push(`${digit} ${durationMs}`);
    bridge.setLegs([a.leg, b.leg]);
    room.pass(100);
    for (const packet of a.peer.digitPackets('5')) room.receive(a, packet);
    bridge.setLegs([a.leg, c.leg]);
    room.pass(100);
    for (const packet of a.peer.digitPackets('#')) room.receive(a, packet);
    room.pass(100);
    expect(told).toEqual(['5 100', '# 100']);
    expect(b.peer.digits).toEqual(['5']);
    expect(c.peer.digits).toEqual([]);
    const steps = c.peer.sequences.slice(1).map((sequence, i) => (sequence - (c.peer.sequences[i] as number)) & 0xffff);
    expect(new Set(steps)).toEqual(new Set([1]));
  });

  it('gives way to a player and comes back after it', () => {
    const { room, bridge } = roomWithBridge();
    const [a, b] = [room.add({ says: 400 }), room.add({ says: 700 })];
    bridge.setLegs([a.leg, b.leg]);
    a.leg.ear.player = new Player(new Sound(tone([1500], 8000, 8000)), false);
    room.pass(600);
    expect(a.peer.hears(1500)).toBeGreaterThan(LOUD);
    expect(a.peer.hears(700)).toBeLessThan(SILENT);
    expect(b.peer.hears(400), 'the other side hears on').toBeGreaterThan(LOUD);
    room.pass(1000);
    expect(a.peer.hears(1500)).toBeLessThan(SILENT);
    expect(a.peer.hears(700)).toBeGreaterThan(LOUD);
  });

  it('sends silence for a muted leg, whose digits still count', () => {
    const { room, bridge } = roomWithBridge();
    const [a, b] = [room.add({ says: 400 }), room.add({ says: 700 })];
    bridge.setLegs([a.leg, b.leg]);
    a.leg.inbound.muted = true;
    const told: string[] = [];
    a.leg.inbound.onDigit = ({ digit }) => told.push(digit);
    room.pass(400);
    for (const packet of a.peer.digitPackets('1')) room.receive(a, packet);
    expect(b.peer.hears(400)).toBeLessThan(SILENT);
    expect(b.peer.heard(200).length).toBe(1600);
    expect(told).toEqual(['1']);
  });

  it('keeps a leg alive with silence while the other says nothing for long', () => {
    const { room, bridge } = roomWithBridge();
    const [a, b] = [room.add({ says: 400 }), room.add({ says: 700 })];
    bridge.setLegs([a.leg, b.leg]);
    room.pass(100);
    const before = b.peer.sequences.length;
    room.pass(1000, (pair) => pair === a);
    expect(b.peer.sequences.length - before).toBeGreaterThanOrEqual(24);
    expect(b.peer.hears(400)).toBeLessThan(SILENT);
  });
});

describe('a bridge of three', () => {
  it('lets each hear the two others', () => {
    const { room, bridge } = roomWithBridge();
    const [a, b, c] = [room.add({ says: 400 }), room.add({ says: 700, codec: 'PCMU' }), room.add({ says: 1000 })];
    bridge.setLegs([a.leg, b.leg, c.leg]);
    room.pass(1000);
    const heard = [a, b, c].map(({ peer }) => [400, 700, 1000].map((frequency) => peer.hears(frequency) > LOUD));
    expect(heard).toEqual([
      [false, true, true],
      [true, false, true],
      [true, true, false],
    ]);
  });

  it('becomes a relay again when one leaves', () => {
    const { room, bridge } = roomWithBridge();
    const [a, b, c] = [room.add({ says: 400 }), room.add({ says: 700 }), room.add({ says: 1000 })];
    bridge.setLegs([a.leg, b.leg, c.leg]);
    room.pass(500);
    bridge.setLegs([a.leg, b.leg]);
    room.pass(500);
    expect([a.peer.hears(700), a.peer.hears(1000)].map((amplitude) => amplitude > LOUD)).toEqual([true, false]);
    expect(c.peer.hears(400), 'who left hears silence').toBeLessThan(SILENT);
    expect(c.peer.heard(200).length).toBe(1600);
  });
});

describe('somebody aside of a bridge', () => {
  function overheard(heardBy: 'nobody' | 'the agent') {
    const { room, bridge } = roomWithBridge();
    const [caller, agent, leader] = [room.add({ says: 400 }), room.add({ says: 700 }), room.add({ says: 1100 })];
    bridge.setLegs([caller.leg, agent.leg], { leg: leader.leg, heardBy: heardBy === 'nobody' ? [] : [agent.leg] });
    room.pass(1000);
    return { room, bridge, caller, agent, leader };
  }

  it('hears both and is heard by nobody', () => {
    const { caller, agent, leader } = overheard('nobody');
    expect(leader.peer.hears(400)).toBeGreaterThan(LOUD);
    expect(leader.peer.hears(700)).toBeGreaterThan(LOUD);
    expect([caller, agent].map(({ peer }) => peer.hears(1100) < SILENT)).toEqual([true, true]);
    expect(caller.peer.hears(700)).toBeGreaterThan(LOUD);
    expect(caller.peer.hears(400)).toBeLessThan(SILENT);
  });

  it('whispers to the agent, and the caller never hears it', () => {
    const { caller, agent, leader } = overheard('the agent');
    expect(agent.peer.hears(1100)).toBeGreaterThan(LOUD);
    expect(agent.peer.hears(400)).toBeGreaterThan(LOUD);
    expect(caller.peer.hears(1100)).toBeLessThan(SILENT);
    expect(leader.peer.hears(1100)).toBeLessThan(SILENT);
  });

  it('leaves a relay behind', () => {
    const { room, bridge, caller, agent, leader } = overheard('the agent');
    bridge.setLegs([caller.leg, agent.leg]);
    expect(caller.leg.ear.feed).toEqual({ kind: 'relay' });
    expect(leader.leg.ear.feed).toBeUndefined();
    room.pass(20);
  });
});
