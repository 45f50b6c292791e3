import { type SettingName, type Settings, shippedSettings } from '@threerings/core/settings/defaults';
import type { LoadedPack } from '@threerings/norms/pack';

/** Figures of the pack in force that the call controls keep as well. */
export interface PackRules {
  readonly ringLimit: number;
  readonly holdLimitMs: number;
  readonly holdRepromptMs: number;
  readonly hangUpWaitMs: number;
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 };

/** Parameters are known by their names (`max_rings`, `max_hold`, `reprompt`, `release_wait`); a pack without one leaves the setting. */
export function packRules(pack: LoadedPack, settings: Settings): PackRules {
  const quantity = (name: string) => {
    const value = pack.tree.params.find((param) => param.name === name)?.value;
    return value?.kind === 'quantity' ? value : undefined;
  };
  const ms = (name: string, setting: SettingName) => {
    const value = quantity(name);
    const unit = unitMs[value?.unit ?? ''];
    return value === undefined || unit === undefined ? settings[setting] : Math.round((value.thousandths * unit) / 1000);
  };
  const rings = quantity('max_rings');
  return {
    ringLimit: rings === undefined ? 3 : Math.round(rings.thousandths / 1000),
    holdLimitMs: ms('max_hold', 'holdLimitMs'),
    holdRepromptMs: ms('reprompt', 'holdRepromptMs'),
    hangUpWaitMs: ms('release_wait', 'hangUpWaitMs'),
  };
}

/** The shipped settings with the figures of the pack in force. */
export function settingsUnder(pack: LoadedPack): Settings {
  const { holdLimitMs, holdRepromptMs, hangUpWaitMs } = packRules(pack, shippedSettings);
  return { ...shippedSettings, holdLimitMs, holdRepromptMs, hangUpWaitMs };
}
