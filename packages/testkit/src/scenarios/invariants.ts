import type { Seen, SeenCall, SeenEvent } from './seen.ts';

type Law = (call: SeenCall) => string | undefined;

const before = (events: readonly SeenEvent[], at: SeenEvent, holds: (event: SeenEvent) => boolean) =>
  events.slice(0, events.indexOf(at)).some(holds);

/** Law: nobody is recorded who was not told. */
const toldBeforeRecorded: Law = ({ events }) => {
  const heard = (event: SeenEvent) =>
    event.type === 'prompt.played' && event.fields['about'] === 'recording-notice' && event.fields['interrupted'] === false;
  const unasked = events.find((event) => event.type === 'recording.started' && !before(events, event, heard));
  return unasked && 'it was recorded before the caller was told';
};

const endsOnce: Law = ({ events }) => {
  const ends = events.filter((event) => event.type === 'call.ended').length;
  return ends > 1 ? `it ended ${ends} times` : undefined;
};

const ringsOneAtATime: Law = ({ events }) => {
  let open: unknown;
  for (const event of events) {
    if (event.type === 'call.agent-offered') {
      if (open !== undefined) return `it was offered to ${event.fields['agent']} while ${open} was asked`;
      open = event.fields['agent'];
    } else if (event.type === 'call.ring-stopped') open = undefined;
  }
  return undefined;
};

const judgedOnce: Law = ({ verdicts }) => {
  const early = verdicts.find((verdict) => verdict.at < verdict.anchor);
  return early && `${early.norm} settled before its anchor`;
};

const laws: readonly Law[] = [toldBeforeRecorded, endsOnce, ringsOneAtATime, judgedOnce];

/** What is wrong with any call, whatever the scenario expects of it. */
export function brokenInvariant(seen: Seen): string | undefined {
  for (const [caller, call] of seen.calls) {
    for (const law of laws) {
      const fault = law(call);
      if (fault !== undefined) return `the call of ${caller}: ${fault}`;
    }
  }
  const held = [...seen.desks.values()].flatMap(({ shows, interaction }) => (shows === 'call' && interaction ? [interaction] : []));
  return new Set(held).size === held.length ? undefined : 'two desks show the same call';
}
