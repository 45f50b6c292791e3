import { fact, textOf } from '@threerings/core/timeline/decider';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import type { PromiseBook } from '../promises/promise-book.ts';
import { isAppendRefusal } from '../store/append-request.ts';
import type { Database } from '../store/database.ts';
import type { EventStore } from '../store/event-store.ts';
import { type MisledUse, misledBy, noteCorrection } from './misled-read-model.ts';

export interface CorrectionParts {
  readonly db: Database;
  readonly events: Pick<EventStore, 'append' | 'loadInteraction'>;
  readonly promises: Pick<PromiseBook, 'carryOut'>;
  readonly now: () => number;
  read(references: readonly string[]): Promise<ReadonlyMap<string, string>>;
  worksHere(agent: string): Promise<boolean>;
}

/** A promise's id derives from what it corrects: INVARIANT derived ids. A second click opens nothing twice. */
export function correctionOf(entry: string, { interaction, version }: Pick<MisledUse, 'interaction' | 'version'>): string {
  return `correction-${entry}-${version}-${interaction}`.slice(0, 128);
}

export interface WantedCorrections {
  readonly entry: string;
  readonly title: string;
  readonly dueAt: number;
  /** 工号 of the editor; keeps the promise where who told the caller works here no more */
  readonly agent: string;
}

/** Opens a correction callback for every caller who was misled and has none yet; the interaction's timeline says that the answer was wrong. */
export async function openCorrections(parts: CorrectionParts, wanted: WantedCorrections): Promise<{ opened: number; failed: number }> {
  const open = (await misledBy(parts.db, wanted.entry)).filter(({ promise }) => promise === undefined);
  let [opened, failed] = [0, 0];
  for (const use of open) {
    const done = await correct(parts, wanted, use);
    if (done) opened += 1;
    else failed += 1;
  }
  return { opened, failed };
}

async function correct(parts: CorrectionParts, { entry, title, dueAt, agent }: WantedCorrections, use: MisledUse): Promise<boolean> {
  const { interaction } = use;
  const promise = correctionOf(entry, use);
  const at = parts.now();
  const wrong = fact('answer.wrong', at, { answer: `${entry}:${use.version}`, found: at }, { by: 'leader' });
  const told = await parts.events.append({ stream: promise, interaction, events: [wrong], after: 0 });
  // Told already: the promise below may be what a crash left out.
  if (isAppendRefusal(told) && told.refused !== 'stream.conflict') return false;
  const subject = `customer-${interaction}`;
  const number = await callerNumber(parts, await parts.events.loadInteraction(interaction));
  const owner = use.agent !== undefined && (await parts.worksHere(use.agent)) ? use.agent : agent;
  const answer = await parts.promises.carryOut(
    {
      kind: 'make',
      what: 'correction',
      ...{ promise, owner, agent, at, due: dueAt, first: use.agent ?? owner, by: 'leader' },
      about: { subject, value: title },
      ...(number === undefined ? {} : { number: { subject, value: number } }),
    },
    interaction,
  );
  if (answer !== 'stored') return false;
  await noteCorrection(parts.db, entry, use, promise);
  return true;
}

async function callerNumber({ read }: CorrectionParts, events: readonly TimelineEvent[]): Promise<string | undefined> {
  const reference = events
    .map((event) => (event.type === 'call.offered' ? textOf(event, 'number') : undefined))
    .find((one) => one !== undefined);
  return reference === undefined ? undefined : (await read([reference])).get(reference);
}
