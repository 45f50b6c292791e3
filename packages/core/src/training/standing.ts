import type { Instant } from '@threerings/norms/trace';
import { wrapUpOf } from '../interactions/state.ts';
import type { TrainingView } from '../wire/training.ts';
import type { Rehearsal } from './rehearsal.ts';

/** Where the one who practises stands. */
export function phaseOf({ over, house }: Rehearsal): TrainingView['phase'] {
  const { call, agent } = house;
  if (over) return 'over';
  if (call === undefined) return 'waiting';
  if (wrapUpOf(call.interaction, agent) !== undefined) return 'wrap-up';
  if (call.interaction.offer?.agent === agent) return 'ringing';
  if (call.interaction.phase !== 'talking') return 'waiting';
  if (call.transfers.open !== undefined) return 'transfer';
  return call.hold.open === undefined ? 'talking' : 'hold';
}

/** Until when the caller agreed to wait; undefined = nobody is held. */
export function holdOf({ house }: Rehearsal): Instant | undefined {
  const open = house.call?.hold.open;
  return open === undefined ? undefined : open.startedAt + open.limitMs;
}
