import { type SimilarCalls, withTopic } from '@threerings/core/anomalies/similar-calls';
import type { Settings } from '@threerings/core/settings/defaults';
import { fact, textOf } from '@threerings/core/timeline/decider';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import { isAppendRefusal } from '../store/append-request.ts';
import type { EventStore } from '../store/event-store.ts';

export interface AnomalyWatchParts {
  readonly events: Pick<EventStore, 'append'>;
  settings(): Pick<Settings, 'similarCalls' | 'similarCallsMs'>;
  titleOf(article: string): string | undefined;
  onError(error: unknown): void;
}

/** Watches what calls are about: many about one thing within minutes stand on the board of the leader. */
export class AnomalyWatch {
  readonly #parts: AnomalyWatchParts;
  #known: SimilarCalls = {};

  constructor(parts: AnomalyWatchParts) {
    this.#parts = parts;
  }

  /** After a restart: what was asked about before, in its order. An alert that stands already is not raised twice. */
  restore(events: readonly TimelineEvent[]): void {
    this.take(events);
  }

  /** A subscriber of the dispatch. */
  readonly take = (events: readonly TimelineEvent[]): void => {
    for (const event of events) this.#happened(event);
  };

  #happened(event: TimelineEvent): void {
    const { interaction, occurredAt: at } = event;
    const topic = topicOf(event);
    if (interaction === undefined || topic === undefined) return;
    const { known, many } = withTopic(this.#known, { topic, interaction, at }, this.#parts.settings());
    this.#known = known;
    if (many !== undefined) void this.#raise(topic, interaction, many, at).catch(this.#parts.onError);
  }

  async #raise(topic: string, interaction: string, many: number, at: number): Promise<void> {
    const [kind, name = ''] = topic.split(/:(.*)/su);
    const about = `${kind === 'article' ? (this.#parts.titleOf(name) ?? name) : name} × ${many}`.slice(0, 200);
    // Derived: a second node that saw the same calls raises the same alert.
    const alert = `similar-${interaction}-${topic}`.slice(0, 120);
    const raised = fact('alert.raised', at, { alert, kind: 'similar-calls', to: 'leader', severity: 'warn', about });
    const answer = await this.#parts.events.append({ stream: `alert-${alert}`, events: [{ ...raised, id: `alert-${alert}` }] });
    if (isAppendRefusal(answer) && answer.refused !== 'stream.id-taken') throw new Error(`${alert}: ${answer.refused}`);
  }
}

/** Events that say what a call is about. */
export const topicEvents = ['matter.set', 'knowledge.opened'] as const;

function topicOf(event: TimelineEvent): string | undefined {
  const [kind, field] =
    event.type === 'matter.set' ? ['matter', 'matter'] : event.type === 'knowledge.opened' ? ['article', 'article'] : [];
  const name = field === undefined ? undefined : textOf(event, field);
  return name === undefined ? undefined : `${kind}:${name}`;
}
