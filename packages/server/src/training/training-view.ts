import { toWire } from '@threerings/core/timeline/to-wire';
import type { Rehearsal } from '@threerings/core/training/rehearsal';
import { holdOf, phaseOf } from '@threerings/core/training/standing';
import type { TrainingView } from '@threerings/core/wire/training';
import { CallWatch } from '../observance/call-watch.ts';
import { Guide } from '../observance/guide.ts';
import type { TrainingNorms } from './training-norms.ts';

/** What the play screen shows of a training that goes on. */
export function viewOf(
  rehearsal: Rehearsal,
  norms: TrainingNorms,
  { run, mode, audible }: { readonly run: string; readonly mode: TrainingView['mode']; readonly audible: ReadonlySet<string> },
): TrainingView {
  const { script, startedAt, house, line, next } = rehearsal;
  const t = (at: number) => at - startedAt;
  const holdEndsAt = holdOf(rehearsal);
  const open = house.call?.transfers.open;
  return {
    ...{ run, mode, startedAt, script: script.script, title: script.title, about: script.about },
    t: t(rehearsal.now),
    ...(next === undefined ? {} : { wakeAt: t(next) }),
    phase: phaseOf(rehearsal),
    callerSpeaks: rehearsal.callerSpeaks,
    muted: house.call?.muted ?? false,
    speakingOver: house.call?.hold.open?.speakingOver ?? false,
    ...(holdEndsAt === undefined ? {} : { holdEndsAt: t(holdEndsAt) }),
    ...(open === undefined ? {} : { transfer: transferState(open) }),
    events: rehearsal.events().map((event) => toWire(event, event.text)),
    ...(line === undefined ? {} : { line: { id: line.id, at: t(line.at), audible: audible.has(line.id) } }),
    duties: dutiesOf(rehearsal, norms),
    caller: { name: script.caller.name, number: script.caller.number },
    colleagues: script.colleagues.map(({ colleague, title }) => ({ colleague, title })),
    acts: script.acts.map(({ act, title }) => ({ act, title, done: rehearsal.ownDone.has(act) })),
    found: script.articles
      .filter(({ article }) => rehearsal.found.includes(article))
      .map(({ article, title, text }) => ({ article, title, ...(rehearsal.opened.has(article) ? { text } : {}) })),
    record: rehearsal.record,
    wanted: [...script.record],
  };
}

function transferState({
  acceptedAt,
  consulted,
}: {
  readonly acceptedAt?: number | undefined;
  readonly consulted?: { readonly answeredAt?: number | undefined } | undefined;
}) {
  if (acceptedAt !== undefined) return 'accepted';
  return consulted?.answeredAt === undefined ? 'ringing' : 'talking';
}

/** What the norms want now, as on the desk. */
function dutiesOf(rehearsal: Rehearsal, norms: TrainingNorms): TrainingView['duties'] {
  const { now, house } = rehearsal;
  return norms.programs.flatMap((program, n) => {
    const book = norms.books[n];
    if (book === undefined || rehearsal.over) return [];
    const watch = new CallWatch(program);
    watch.take(rehearsal.events());
    const guide = new Guide(() => book);
    guide.refresh('training', watch, now, { 工号: house.agent });
    return guide.of('training');
  });
}
