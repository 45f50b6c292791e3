import { maybe, model, type Read, text, whole } from './ari/shape.ts';

/** Set on a telephone's channel: what another controller cannot see from the channel itself. */
export const REMEMBERED = 'THREERINGS';

const flag = { is: 'boolean', read: (value: unknown) => (typeof value === 'boolean' ? value : undefined) };
const shape = model('Remembered', {
  early: flag,
  muted: flag,
  player: maybe(
    model('RememberedPlayer', {
      id: text(600),
      sound: text(600),
      loop: flag,
      lengthMs: whole,
      playback: text(600),
      startedAt: maybe(whole),
    }),
  ),
});

export type Remembered = Read<typeof shape>;

/** What stands in the variable; nothing remembered where it is empty or somebody else wrote it. */
export function readRemembered(value: string | undefined): Remembered {
  try {
    return shape.read(JSON.parse(value ?? '')) ?? { early: false, muted: false };
  } catch {
    return { early: false, muted: false };
  }
}
