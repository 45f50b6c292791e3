import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '@threerings/testkit/baresip';
import type { Voice, VoiceEvent } from '@threerings/voice/port';
import { VoiceSupervisor } from '@threerings/voice/process/supervisor';
import { voiceEntry } from '../lib/fetched.ts';

export interface BackToBack {
  readonly port: number;
  readonly pid: number;
  /** commands that the voice process refused, by kind and code */
  readonly refusals: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

const outward = (leg: string) => `out-${leg}`;
const otherOf = (leg: string) => (leg.startsWith('out-') ? leg.slice('out-'.length) : outward(leg));

/**
 * The voice process alone, with the smallest controller that does what `Dial` does: dials the peer for each caller, tells
 * the caller when the peer rings and answers, joins both, and ends both with either.
 */
export async function startBackToBack(peerPort: number): Promise<BackToBack> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'bench-voice-'));
  const port = await freePort();
  const supervisor = await VoiceSupervisor.start({
    directory,
    entry: voiceEntry,
    settings: {
      graceMs: 5000,
      rtp: { address: '127.0.0.1', first: 24_000, last: 27_998 },
      webrtc: { bindAddress: '127.0.0.1', port: 0 },
      sip: { address: '127.0.0.1', port, trunks: [{ name: 'bench' }] },
    },
  });
  const refusals = new Map<string, number>();
  const controller = new Controller(supervisor.voice, `sip:peer@127.0.0.1:${peerPort}`, refusals);
  supervisor.voice.listen((event) => controller.heard(event));
  return {
    port,
    pid: supervisor.pid ?? -1,
    refusals,
    stop: async () => {
      await supervisor.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

class Controller {
  readonly #voice: Voice;
  readonly #peer: string;
  readonly #refusals: Map<string, number>;
  /** legs that were told to end because the other one did */
  readonly #ending = new Set<string>();

  constructor(voice: Voice, peer: string, refusals: Map<string, number>) {
    this.#voice = voice;
    this.#peer = peer;
    this.#refusals = refusals;
  }

  heard(event: VoiceEvent): void {
    switch (event.kind) {
      case 'leg-arrived':
        this.#do({ kind: 'dial', leg: outward(event.leg), uri: this.#peer, ...(event.from === undefined ? {} : { from: event.from }) });
        break;
      case 'leg-ringing':
        if (event.leg.startsWith('out-')) this.#do({ kind: 'ring', leg: otherOf(event.leg) });
        break;
      case 'leg-answered':
        if (event.leg.startsWith('out-')) this.#do({ kind: 'answer', leg: otherOf(event.leg) });
        else this.#do({ kind: 'bridge', bridge: event.leg, legs: [event.leg, outward(event.leg)] });
        break;
      case 'leg-ended':
        this.#ended(event.leg);
        break;
      default:
        break;
    }
  }

  #ended(leg: string): void {
    if (this.#ending.delete(leg)) return;
    const other = otherOf(leg);
    this.#ending.add(other);
    this.#do({ kind: 'hang-up', leg: other });
    this.#do({ kind: 'unbridge', bridge: leg.startsWith('out-') ? other : leg });
  }

  #do(command: Parameters<Voice['send']>[0]): void {
    void this.#voice.send(command).then((answer) => {
      if (answer.ok) return;
      const what = `${command.kind}: ${answer.refused}`;
      this.#refusals.set(what, (this.#refusals.get(what) ?? 0) + 1);
    });
  }
}
