import { shippedSettings } from '@threerings/core/settings/defaults';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import type { CalendarTable } from '@threerings/norms/match/calendar';
import type { LoadedPack } from '@threerings/norms/pack';
import { compile, type Program } from '@threerings/norms/program';

/** Recogniser confidence below which a phrase is only possibly said. */
export const minConfidence = 0.5;

/** Programs by their last pack and calendar: a hotline, its trainings and its scenarios judge by the same one, and making it takes a tenth of a second. */
const made = new WeakMap<LoadedPack, WeakMap<CalendarTable, { readonly packs: readonly LoadedPack[]; readonly program: Program }>>();

/** A pack ready to judge: the engine's program over this hotline's time and ring cadence. The same packs give the same program. */
export function programOf(packs: readonly LoadedPack[], calendar: CalendarTable): Program {
  const last = packs.at(-1);
  if (last === undefined) return compiled(packs, calendar);
  const ofPack = made.get(last) ?? new WeakMap();
  made.set(last, ofPack);
  const before = ofPack.get(calendar);
  if (before?.packs.length === packs.length && packs.every((pack, at) => pack === before.packs[at])) return before.program;
  const program = compiled(packs, calendar);
  ofPack.set(calendar, { packs, program });
  return program;
}

function compiled(packs: readonly LoadedPack[], calendar: CalendarTable): Program {
  const { ringToneMs: onMs, ringPauseMs: offMs } = shippedSettings;
  return compile(packs, {
    vocabulary,
    families: [...new Set(packs.flatMap((pack) => pack.families))],
    minConfidence,
    calendar,
    cadence: { onMs, offMs, phaseMs: 0 },
  });
}
