import { shippedSettings } from '@threerings/core/settings/defaults';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import type { CalendarTable } from '@threerings/norms/match/calendar';
import type { LoadedPack } from '@threerings/norms/pack';
import { compile, type Program } from '@threerings/norms/program';

/** Recogniser confidence below which a phrase is only possibly said. */
export const minConfidence = 0.5;

/** A pack ready to judge: the engine's program over this hotline's time and ring cadence. */
export function programOf(packs: readonly LoadedPack[], calendar: CalendarTable): Program {
  const { ringToneMs: onMs, ringPauseMs: offMs } = shippedSettings;
  return compile(packs, {
    vocabulary,
    families: [...new Set(packs.flatMap((pack) => pack.families))],
    minConfidence,
    calendar,
    cadence: { onMs, offMs, phaseMs: 0 },
  });
}
