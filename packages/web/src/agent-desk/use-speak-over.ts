import type { CallView } from '@threerings/core/wire/desk';
import { useCallback, useRef } from 'react';
import { useDeskCommand } from '../live/command.ts';

/** A press longer than this is "speak while pressed"; a shorter one opens the microphone until the next press. */
const heldPressMs = 400;

export interface SpeakOver {
  readonly on: boolean;
  press(): void;
  letGo(): void;
  toggle(): void;
}

/** 回应: the agent speaks over the ducked hold music without ending the hold. */
export function useSpeakOver(call: CallView): SpeakOver {
  const { run } = useDeskCommand();
  const pressedAt = useRef<number | undefined>(undefined);
  const { interaction, speakingOver: on } = call;
  const set = useCallback((wanted: boolean) => void run({ kind: 'speak-over', interaction, on: wanted }), [run, interaction]);
  const press = useCallback(() => {
    pressedAt.current = on ? undefined : performance.now();
    set(!on);
  }, [on, set]);
  const letGo = useCallback(() => {
    const since = pressedAt.current;
    pressedAt.current = undefined;
    if (since !== undefined && performance.now() - since > heldPressMs) set(false);
  }, [set]);
  const toggle = useCallback(() => set(!on), [on, set]);
  return { on, press, letGo, toggle };
}
