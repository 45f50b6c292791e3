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
import type { TimelineEvent } from '@threerings/core/timeline/event';
import type { Instant, Verdict } from '@threerings/norms/trace';
import { answeredNumbers } from '../hotline/answered-numbers-read-model.ts';
import { readVerdictsOf } from '../observance/verdicts-read-model.ts';
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
const interactionsAtOnce = 200;
const presencesAtOnce = 20;
const casesAtOnce = 20;
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
  for (const { agent, events } of await presencesOf(parts, staff)) {
    for (const event of events) {
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
  for await (const { interaction, events: told, settled } of storedOf(parts, context, await openInteractions(db))) {
    parts.origins.set(interaction, 'live');
    const events = await parts.events.withTexts(told);
    for (const event of events) hotline = withInteractionEvent(hotline, interaction, event);
    parts.observer.restore(interaction, 'live', events, settled);
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
  const owing = [...new Set(promises.flatMap(({ interaction }) => interaction ?? []))];
  for (let at = 0; at < owing.length; at += casesAtOnce)
    await Promise.all(owing.slice(at, at + casesAtOnce).map((interaction) => parts.cases.restore(interaction)));
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
  const live = rows.toReversed().filter(({ origin }) => origin !== 'import');
  const originOf = new Map(live.map(({ interaction, origin }) => [interaction, origin]));
  for await (const { interaction, events: told, settled } of storedOf({ events }, { store }, [...originOf.keys()])) {
    origins.set(interaction, originOf.get(interaction) ?? 'live');
    const offered = told.find(asksToRate);
    if (offered !== undefined) asked.set(interaction, offered.occurredAt);
    board.take(interaction, told);
    board.judged(interaction, { settled, revised: [] });
    origins.delete(interaction);
  }
  return asked;
}

interface Stored {
  readonly interaction: string;
  readonly events: readonly TimelineEvent[];
  readonly settled: readonly Verdict[];
}

/** Timelines and verdicts of interactions in the order given, some hundred at a time: neither one by one nor all at once. */
async function* storedOf(
  { events }: Pick<HotlineParts, 'events'>,
  { store }: Pick<PartContext, 'store'>,
  interactions: readonly string[],
): AsyncGenerator<Stored> {
  for (let at = 0; at < interactions.length; at += interactionsAtOnce) {
    const some = interactions.slice(at, at + interactionsAtOnce);
    const [told, verdicts] = await Promise.all([events.loadInteractions(some), readVerdictsOf(store.db, some)]);
    for (const interaction of some)
      yield {
        interaction,
        events: told.get(interaction) ?? [],
        settled: (verdicts.get(interaction) ?? []).map(({ verdict }) => verdict),
      };
  }
}

async function presencesOf({ events }: HotlineParts, staff: readonly string[]) {
  const found = new Map<string, TimelineEvent[]>(staff.map((agent) => [`presence-${agent}`, []]));
  for (let at = 0; at < staff.length; at += presencesAtOnce) {
    const streams = staff.slice(at, at + presencesAtOnce).map((agent) => `presence-${agent}`);
    for (const event of await events.loadMany(streams)) found.get(event.stream)?.push(event);
  }
  return staff.map((agent) => ({ agent, events: found.get(`presence-${agent}`) ?? [] }));
}
