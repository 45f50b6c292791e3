import type { Voice, VoiceEvent } from '../port.ts';

type Kind = VoiceEvent['kind'];
type Of<K extends Kind> = Extract<VoiceEvent, { kind: K }>;

/** Every event of a voice, and a way to wait for one. */
export class EventDiary {
  readonly events: VoiceEvent[] = [];
  private readonly waiting = new Set<() => void>();
  private readonly stopListening: () => void;

  constructor(voice: Voice) {
    this.stopListening = voice.listen((event) => {
      this.events.push(event);
      for (const look of this.waiting) look();
    });
  }

  of<K extends Kind>(kind: K): Of<K>[] {
    return this.events.filter((event): event is Of<K> => event.kind === kind);
  }

  /** The `nth` event (from 1) of a kind that fits, now or as soon as it comes; rejects after 10 s. */
  next<K extends Kind>(kind: K, fits: (event: Of<K>) => boolean = () => true, nth = 1): Promise<Of<K>> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(look);
        reject(new Error(`no ${kind} came within 10 s; came: ${this.events.map((event) => event.kind).join(', ')}`));
      }, 10_000);
      const look = () => {
        const found = this.of(kind).filter(fits)[nth - 1];
        if (found === undefined) return;
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve(found);
      };
      this.waiting.add(look);
      look();
    });
  }

  stop(): void {
    this.stopListening();
  }
}
