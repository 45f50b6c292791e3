import {
  asksToRate,
  type Hotline,
  withInteractionEvent,
  withPerson,
  withPresenceEvent,
  withSupportEvent,
} from '@threerings/core/hotline/state';
import { surveyOf, withSurvey } from '@threerings/core/hotline/surveys';
import { localDay, startOfDay } from '@threerings/core/promises/calendar';
import type { Instant } from '@threerings/norms/trace';
import { answeredNumbers } from '../hotline/answered-numbers-read-model.ts';
import { readVerdicts } from '../observance/verdicts-read-model.ts';
import { streamOfPromise } from '../promises/promise-book.ts';
import { lastClosed, listInteractions, openInteractions } from '../store/interaction-rows.ts';
import { duePromises } from '../store/promise-rows.ts';
import { openProposals } from '../store/proposal-rows.ts';
import type { HotlineParts } from './hotline-parts.ts';
import type { PartContext } from './product-part.ts';

/** Interactions of today that the board counts again after a restart, at most. */
const mostOfToday = 5000;
const mostPromises = 50_000;
const promisesAtOnce = 500;
const mostProposals = 5000;
const mostAlerts = 500;
const mostSupports = 5000;
const dayMs = 86_400_000;
/** A closed call is judged to its end within seconds; after its texts were waited for, at most so much later, ms. */
const judgedWithinMs = 120_000;

/** Calls that were going on when the last process ended, and the last instant that was recorded of each. */
export type Unfinished = ReadonlyMap<string, number>;

/**
 * Folds what is stored into the parts: presence, calls that were going on, promises, and the board's day. Returns the hotline
 * as it stood and the calls whose fate only the medium knows.
 */
export async function restoreHotline(
  parts: HotlineParts,
  context: PartContext,
  staff: readonly string[],
  empty: Hotline,
  zoneOffsetMs: number,
): Promise<{ readonly hotline: Hotline; readonly unfinished: Unfinished }> {
  const { db } = context.store;
  let hotline = empty;
  for (const agent of staff) {
    for (const event of await parts.events.load(`presence-${agent}`)) {
      hotline = withPresenceEvent(hotline, agent, event);
      parts.board.presence(event);
    }
    // Who is in the shift has a phone, until the medium tells otherwise.
    const person = hotline.people.get(agent);
    if (person !== undefined && person.presence.state !== 'offline') hotline = withPerson(hotline, agent, { ...person, phone: true });
  }
  const asked = await restoreBoardsDay(parts, context, zoneOffsetMs);
  await restoreRepeatCallers(parts, context);
  const unfinished = new Map<string, number>();
  for (const interaction of await openInteractions(db)) {
    parts.origins.set(interaction, 'live');
    const events = await parts.events.withTexts(await parts.events.loadInteraction(interaction));
    for (const event of events) hotline = withInteractionEvent(hotline, interaction, event);
    const stored = await readVerdicts(db, interaction);
    parts.observer.restore(
      interaction,
      'live',
      events,
      stored.map(({ verdict }) => verdict),
    );
    await parts.cases.restore(interaction);
    parts.desks.take(interaction, events);
    unfinished.set(interaction, Math.max(0, ...events.map((event) => event.recordedAt)));
  }
  parts.late.judgeRest(await lastClosed(db, judgedWithinMs));
  hotline = await restoreSurveys(parts, asked, hotline);
  hotline = await restoreSupports(parts, hotline);
  const promises = await duePromises(db, mostPromises);
  for (let at = 0; at < promises.length; at += promisesAtOnce) {
    const streams = promises.slice(at, at + promisesAtOnce).map(({ promise }) => streamOfPromise(promise));
    const events = await parts.events.loadMany(streams);
    parts.promises.take(events);
    for (const event of events) parts.board.notice(event);
  }
  parts.proposals.restore(await openProposals(db, mostProposals));
  const today = startOfDay(localDay(parts.clock.now(), zoneOffsetMs), zoneOffsetMs);
  for (const event of await parts.events.loadSince('alert-', today, mostAlerts)) parts.board.notice(event);
  for (const interaction of new Set(promises.map((promise) => promise.interaction))) {
    if (interaction !== null) await parts.cases.restore(interaction);
  }
  return { hotline, unfinished };
}

/** Callers who may still be on the line to rate a call: those who were asked within the longest time for it. */
async function restoreSurveys({ events, clock }: HotlineParts, asked: ReadonlyMap<string, Instant>, empty: Hotline): Promise<Hotline> {
  const maxMs = empty.plan.survey?.maxMs ?? 0;
  let hotline = empty;
  for (const [interaction, since] of asked) {
    const isOver = since + maxMs <= clock.now();
    const answered = !isOver && (await events.load(surveyOf(interaction))).length > 0;
    hotline = withSurvey(hotline, interaction, isOver ? undefined : { since, answered });
  }
  return hotline;
}

/** Somebody was asked to come, and nothing says that it is settled; of a day before nobody waits any more. */
async function restoreSupports({ events, clock, board }: HotlineParts, empty: Hotline): Promise<Hotline> {
  let hotline = empty;
  for (const event of await events.loadSince('support-', clock.now() - dayMs, mostSupports)) {
    if (event.interaction !== undefined) hotline = withSupportEvent(hotline, event.interaction, event);
    board.notice(event);
  }
  return hotline;
}

async function restoreRepeatCallers({ repeatCallers, vault, clock, floor }: HotlineParts, { store }: PartContext): Promise<void> {
  const since = clock.now() - floor.hotline.settings.repeatCallerDays * dayMs;
  const calls = await answeredNumbers(store.db, since);
  const numbers = await vault.read(store.db, [...new Set(calls.map(({ reference }) => reference))]);
  repeatCallers.restore(
    calls.flatMap(({ reference, agent, at }) => {
      const number = numbers.get(reference);
      return number === undefined ? [] : [{ number, agent, at }];
    }),
  );
}

async function restoreBoardsDay(
  { board, clock, events, origins }: HotlineParts,
  { store }: PartContext,
  zoneOffsetMs: number,
): Promise<ReadonlyMap<string, Instant>> {
  const from = startOfDay(localDay(clock.now(), zoneOffsetMs), zoneOffsetMs);
  const rows = await listInteractions(store.db, { limit: mostOfToday, from });
  const asked = new Map<string, Instant>();
  for (const { interaction, origin } of [...rows].reverse()) {
    if (origin === 'import') continue;
    origins.set(interaction, origin);
    const told = await events.loadInteraction(interaction);
    const offered = told.find(asksToRate);
    if (offered !== undefined) asked.set(interaction, offered.occurredAt);
    board.take(interaction, told);
    const settled = (await readVerdicts(store.db, interaction)).map(({ verdict }) => verdict);
    board.judged(interaction, { settled, revised: [] });
    origins.delete(interaction);
  }
  return asked;
}
