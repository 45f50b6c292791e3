import { FakeVoiceProcess } from '@threerings/voice/fake/voice';
import type { CommandAnswer, Voice, VoiceCommand } from '@threerings/voice/port';
import type { SimClock } from '../../sim-clock.ts';
import { promptMs } from '../stage.ts';

const beatMs = 500;

/** A voice process without sound on a simulated clock: prompts end when they are over, heartbeats come, and it can crash. */
export class SimVoice {
  readonly process: FakeVoiceProcess;
  readonly #clock: SimClock;
  readonly #beaten: () => void;

  /** `beaten` is called with every heartbeat. */
  constructor(clock: SimClock, beaten: () => void) {
    this.#clock = clock;
    this.#beaten = beaten;
    this.process = new FakeVoiceProcess(clock.now);
    this.#beat();
  }

  /** A controller's connection; a process that is met for the first time is told the prompts. */
  connect(): Voice {
    const voice = this.process.connect();
    voice.listen((event) => {
      if (event.kind === 'snapshot') void voice.send({ kind: 'configure', sounds: sounds() });
    });
    return {
      listen: (onEvent) => voice.listen(onEvent),
      close: () => voice.close(),
      send: async (command) => {
        const answer = await voice.send(command);
        this.#planEnd(command, answer);
        return answer;
      },
    };
  }

  #planEnd(command: VoiceCommand, { ok }: CommandAnswer): void {
    if (command.kind !== 'play' || command.loop === true || !ok) return;
    const ms = lengths.get(command.sound) ?? 0;
    this.#clock.at(this.#clock.now() + ms, () => this.process.playerFinishes(command.player));
  }

  #beat(): void {
    this.#clock.at(this.#clock.now() + beatMs, () => {
      this.process.heartbeat();
      this.#beaten();
      this.#beat();
    });
  }
}

const lengths: ReadonlyMap<string, number> = promptMs;
const sounds = () => Object.fromEntries([...lengths.keys(), 'queue-music'].map((name) => [name, `/sounds/${name}.wav`]));
