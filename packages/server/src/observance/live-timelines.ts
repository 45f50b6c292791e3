import type { TimelineEvent } from '@threerings/core/timeline/event';

/** Gets the events of one interaction in the order of their stream, texts filled in where they exist. Must not wait. */
export type TimelineReader = (interaction: string, events: readonly TimelineEvent[]) => void;

export interface LiveTimelinesParts {
  withTexts(events: readonly TimelineEvent[]): Promise<TimelineEvent[]>;
  onError(interaction: string, error: unknown): void;
}

/** What norms brought about is not judged by norms: it could go round for ever. */
const apart: readonly string[] = ['observance-', 'alert-', 'proposal-'];

/**
 * Hands committed events on, interaction by interaction, with what was said. Texts are read once for all readers; the
 * order of each interaction is kept although reading takes time.
 */
export class LiveTimelines {
  readonly #parts: LiveTimelinesParts;
  readonly #readers: TimelineReader[] = [];
  readonly #running = new Map<string, Promise<void>>();

  constructor(parts: LiveTimelinesParts) {
    this.#parts = parts;
  }

  subscribe(reader: TimelineReader): void {
    this.#readers.push(reader);
  }

  /** A subscriber of the dispatch. */
  readonly take = (events: readonly TimelineEvent[]): void => {
    const byInteraction = new Map<string, TimelineEvent[]>();
    for (const event of events) {
      if (event.interaction === undefined || apart.some((prefix) => event.stream.startsWith(prefix))) continue;
      const known = byInteraction.get(event.interaction);
      if (known) known.push(event);
      else byInteraction.set(event.interaction, [event]);
    }
    for (const [interaction, own] of byInteraction) this.#queue(interaction, own);
  };

  /** True while events of this interaction are on their way to the readers. */
  isReading(interaction: string): boolean {
    return this.#running.has(interaction);
  }

  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  #queue(interaction: string, events: readonly TimelineEvent[]): void {
    const before = this.#running.get(interaction);
    const needsText = events.some((event) => event.fields['text'] !== undefined && event.text === undefined);
    if (before === undefined && !needsText) {
      this.#tell(interaction, events);
      return;
    }
    const running = (before ?? Promise.resolve())
      .then(async () => this.#tell(interaction, needsText ? await this.#parts.withTexts(events) : events))
      .catch((error: unknown) => this.#parts.onError(interaction, error))
      .finally(() => {
        if (this.#running.get(interaction) === running) this.#running.delete(interaction);
      });
    this.#running.set(interaction, running);
  }

  #tell(interaction: string, events: readonly TimelineEvent[]): void {
    for (const reader of this.#readers) reader(interaction, events);
  }
}
