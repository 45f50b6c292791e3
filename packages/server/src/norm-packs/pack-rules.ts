import { type SettingName, type Settings, shippedSettings } from '@threerings/core/settings/defaults';
import { sayable } from '@threerings/norms/lexical/sayable';
import type { LoadedPack } from '@threerings/norms/pack';
import type { ResolvedNorm } from '@threerings/norms/tree';

/** Figures of the pack in force that the call controls keep as well. */
export interface PackRules {
  readonly ringLimit: number;
  /** clauses of the ring limit and of the longest hold */
  readonly ringCites: readonly string[];
  readonly holdCites: readonly string[];
  /** sentences to open with, with `{slot}`s: for an answer in time, and for a late one */
  readonly openings: { readonly inTime?: string | undefined; readonly late?: string | undefined };
  readonly holdLimitMs: number;
  readonly holdRepromptMs: number;
  readonly hangUpWaitMs: number;
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 };

/**
 * Parameters are known by their names – the pack's own, those given to an adopted norm, those of a base pack – (`max_rings`, `max_hold`, `reprompt`, `release_wait`), the longest hold by its norm `hold-limit`; a pack without one leaves the setting. */
export function packRules(pack: LoadedPack, settings: Settings): PackRules {
  const quantity = (name: string) => {
    const own = pack.tree.params.some((param) => param.name === name);
    const adoption = own ? undefined : pack.tree.adoptions.find(({ values }) => values.some((value) => value.name === name));
    const names = adoption === undefined ? pack.names : pack.expanded.get(adoption.id ?? adoption.norm)?.names;
    const value = names?.params.get(name)?.value;
    return value?.kind === 'quantity' ? value : undefined;
  };
  const ms = (name: string, setting: SettingName) => {
    const value = quantity(name);
    const unit = unitMs[value?.unit ?? ''];
    return value === undefined || unit === undefined ? settings[setting] : Math.round((value.thousandths * unit) / 1000);
  };
  const rings = quantity('max_rings');
  const ring = normOn(pack, 'call.ringing');
  return {
    ringCites: ring?.cites ?? [],
    holdCites: pack.norms.find(({ id }) => id === 'hold-limit')?.cites ?? [],
    openings: { inTime: sentenceOf(pack, normOn(pack, 'call.answered', 'first')), late: sentenceOf(pack, ring) },
    ringLimit: rings === undefined ? 3 : Math.round(rings.thousandths / 1000),
    holdLimitMs: ms('max_hold', 'holdLimitMs'),
    holdRepromptMs: ms('reprompt', 'holdRepromptMs'),
    hangUpWaitMs: ms('release_wait', 'hangUpWaitMs'),
  };
}

/** The settings of a hotline with the figures of the pack in force. */
export function settingsUnder(pack: LoadedPack, settings: Settings = shippedSettings): Settings {
  const { holdLimitMs, holdRepromptMs, hangUpWaitMs } = packRules(pack, settings);
  return { ...settings, holdLimitMs, holdRepromptMs, hangUpWaitMs };
}

/** The first norm that begins with this event. */
function normOn(pack: LoadedPack, type: string, which?: 'first'): ResolvedNorm | undefined {
  return pack.norms.find(({ trigger }) => {
    if (trigger.kind !== 'onEvent' || (which !== undefined && trigger.which !== which)) return false;
    return trigger.pattern.kind === 'event' && trigger.pattern.type === type;
  });
}

/** The sentence that the norm offers when it is broken. */
function sentenceOf(pack: LoadedPack, norm: ResolvedNorm | undefined): string | undefined {
  const coach = norm?.actions.find((action) => action.kind === 'coach' && action.on === 'broken' && action.phrase !== undefined);
  const phrase = coach?.kind === 'coach' ? coach.phrase : undefined;
  const family = pack.families.find(({ id }) => id === phrase);
  return family && sayable(family);
}
