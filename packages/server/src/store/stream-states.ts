import { emptyStream, evolveStream, type StreamState } from '@threerings/core/timeline/stream-state';
import type { Database, Tx } from './database.ts';
import { eventOf } from './event-rows.ts';
import { sha256 } from './sha256.ts';

/** Streams whose state is remembered; a running interaction is among the newest. */
const mostStates = 5_000;
/** Of closed interactions: a recording that ends and what was heard last are still told of them, little else. */
const mostClosed = 200;

/** Where a stream ends, as its locked row says. */
export interface HeadRow {
  readonly stream: string;
  readonly interaction: string | null;
  readonly n: number;
  readonly hash: Buffer;
}

/**
 * Remembers what the recorder needs to know of the streams that are being written. Only a memory: a state counts when its
 * position and hash are those of the stream's row, else the stream is read again.
 */
export class StreamStates {
  readonly #open = new Map<string, StreamState>();
  readonly #closed = new Map<string, StreamState>();

  remember(state: StreamState): void {
    this.#open.delete(state.stream);
    this.#closed.delete(state.stream);
    if (state.closedAt === undefined) keep(this.#open, state, mostStates);
    else keep(this.#closed, state, mostClosed);
  }

  /** The stream was seen here, so it has a row. */
  knows(stream: string): boolean {
    return (this.#known(stream)?.n ?? 0) > 0;
  }

  /** The states of these locked heads. */
  async at(tx: Tx, heads: readonly HeadRow[]): Promise<Map<string, StreamState>> {
    const states = new Map<string, StreamState>();
    for (const head of heads) {
      const known = head.n === 0 ? emptyOf(head) : this.#known(head.stream);
      if (known?.n === head.n && known.hash === head.hash.toString('hex')) states.set(head.stream, known);
      else states.set(head.stream, await readState(tx, head.stream));
    }
    return states;
  }

  #known(stream: string): StreamState | undefined {
    return this.#open.get(stream) ?? this.#closed.get(stream);
  }
}

/** With `state` as the newest; the oldest goes beyond `most`. */
function keep(states: Map<string, StreamState>, state: StreamState, most: number): void {
  states.set(state.stream, state);
  if (states.size <= most) return;
  for (const oldest of states.keys()) return void states.delete(oldest);
}

function emptyOf(head: HeadRow): StreamState {
  return emptyStream({ stream: head.stream, interaction: head.interaction ?? undefined }, sha256);
}

/** Folds a stream from its events. */
export async function readState(db: Database | Tx, stream: string): Promise<StreamState> {
  const rows = await db.selectFrom('events').selectAll().where('stream', '=', stream).orderBy('n').execute();
  const events = rows.map(eventOf);
  const first = events[0];
  return events.reduce(evolveStream, emptyStream({ stream, interaction: first?.interaction, case: first?.case }, sha256));
}
