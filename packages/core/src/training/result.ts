import type { Verdict } from '@threerings/norms/trace';
import { filledParts } from '../conversation/call-record.ts';
import { numberOf, textOf } from '../timeline/decider.ts';
import type { TrainingResult } from '../wire/training.ts';
import type { Rehearsal } from './rehearsal.ts';
import { stepViews } from './steps.ts';

/** What of a training the product would have created for real. */
const creating = ['promise.made', 'ticket.created', 'alert.raised', 'proposal.made'];

/** What a try came to. `verdicts`: of the norms that judged it. Nothing of it counts anywhere: people decide what it means. */
export function resultOf(rehearsal: Rehearsal, verdicts: readonly Verdict[]): TrainingResult {
  const { script, steps, visited, stops, ending = 'settled', record, events } = { ...partsOf(rehearsal), events: rehearsal.events() };
  const views = stepViews(script.steps, steps, visited).map((view) => {
    const event = events.findLast(
      ({ occurredAt, by }) => occurredAt === view.at && (by === 'agent' || by === undefined || by === 'receiver'),
    );
    return event === undefined ? view : { ...view, event: event.id };
  });
  const filled = new Set(record === undefined ? [] : filledParts(record));
  const missing = script.record.filter((part) => !filled.has(part));
  const practised = new Set(script.practises);
  const broken = verdicts.some(({ norm, value }) => value === 'broken' && practised.has(norm));
  const ends = Object.values(script.states).flatMap((state) => state.ends ?? []);
  const others = ends.some((end) => end !== 'angry');
  const well = ending === 'content' || ending === 'settled' || ending === 'handed-over' || (ending === 'angry' && !others);
  const done = views.every(({ standing }) => standing === 'done' || standing === 'not-asked');
  return {
    ending,
    passed: done && missing.length === 0 && !broken && well,
    steps: views,
    stops: stops.map(({ at, did, stop }) => ({ at, did, says: stop.says, cites: [...stop.cites] })),
    record: { wanted: [...script.record], missing },
    wouldCreate: [
      ...events
        .filter(({ type }) => creating.includes(type))
        .map((event) => ({
          at: event.occurredAt,
          type: event.type,
          kind: textOf(event, 'kind') ?? textOf(event, 'what'),
          due: numberOf(event, 'due'),
        })),
      ...script.acts.flatMap(({ act, wouldCreate, records }) =>
        rehearsal.ownDone.has(act) && wouldCreate !== undefined && !records.some(({ type }) => creating.includes(type))
          ? [{ at: rehearsal.startedAt, type: act, title: wouldCreate }]
          : [],
      ),
    ],
  };
}

function partsOf({ script, steps, visited, stops, ending, record }: Rehearsal) {
  return { script, steps, visited, stops, ending, record };
}
