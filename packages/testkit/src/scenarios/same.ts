import { readTimeline } from '@threerings/core/timeline/jsonl';
import { isReference } from '@threerings/core/timeline/reference';
import type { FieldValue } from '@threerings/norms/trace';
import type { Outcome } from './golden.ts';
import { interactionOf } from './interaction-ids.ts';
import type { SeenCall, SeenVerdict } from './seen.ts';
import { opening } from './stage.ts';

/** A golden as it would be seen, by caller. Throws where there is none: the core driver writes it first. */
export function goldenSeen(golden: Outcome | undefined, callers: readonly string[]): ReadonlyMap<string, SeenCall> {
  if (golden === undefined) throw new Error('there is no golden yet: run scenarios/run/core.test.ts with THREERINGS_GOLDEN=write first');
  const read = readTimeline(golden.timeline);
  if ('faults' in read) throw new Error(`the golden timeline cannot be read: ${JSON.stringify(read.faults[0])}`);
  // Written by `outcomeOf` alone.
  const verdicts = JSON.parse(golden.verdicts) as Readonly<Record<string, readonly SeenVerdict[]>>;
  return new Map(
    callers.map((caller) => {
      const interaction = newestOf(caller, (call) => read.events.some((event) => event.stream === `interaction-${call}`));
      const own = (verdicts[interaction] ?? []).map((verdict) => ({
        ...verdict,
        at: verdict.at + opening,
        anchor: verdict.anchor + opening,
      }));
      return [caller, { interaction, events: read.events.filter((event) => event.stream === `interaction-${interaction}`), verdicts: own }];
    }),
  );
}

function newestOf(caller: string, isThere: (interaction: string) => boolean): string {
  let n = 1;
  while (isThere(interactionOf(caller, n + 1))) n += 1;
  return interactionOf(caller, n);
}

/**
 * A call as lines that two drivers can be compared by: what happened when, and what was judged. Ids and references differ from
 * run to run, and so may the order of what is true at one instant.
 */
export function toldTheSame(call: SeenCall | undefined): { readonly events: readonly string[]; readonly verdicts: readonly string[] } {
  const events = (call?.events ?? []).map(
    ({ type, by, occurredAt, fields, text }) =>
      `${occurredAt - opening} ${type} ${by ?? ''} ${fieldsOf(fields).replaceAll(call?.interaction ?? ' ', '…')} ${text ?? ''}`,
  );
  const verdicts = (call?.verdicts ?? []).map(
    ({ norm, value, anchor, at, reason, missing, who }) =>
      `${anchor - opening} ${norm} ${value} ${at - opening} ${reason ?? ''} ${missing?.join() ?? ''} ${who ?? ''}`,
  );
  return { events: events.sort(), verdicts: verdicts.sort() };
}

/** What a run makes up: ids of its own, a vendor's messages and threads. */
const madeUp = /\bid-\d+\b|\bkf-(?:[0-9a-f]{32}|[0-9a-f]{16})\b|[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/;

function fieldsOf(fields: Readonly<Record<string, FieldValue>>): string {
  const told = Object.entries(fields).map(([name, value]) => {
    // Digests are under a key of the house; that two of them are equal, the verdicts tell.
    const another = isReference(value) || name === 'digest';
    return `${name}=${another ? '…' : String(value).replace(madeUp, '…')}`;
  });
  return told.sort().join(' ');
}
