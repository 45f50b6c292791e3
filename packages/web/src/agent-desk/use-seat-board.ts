import { useRef, useState } from 'react';
import { useServerClock } from '../live/clock.ts';
import { useDeskCommand } from '../live/command.ts';

/** A look at the board is fresh so long; sooner it is not told again, ms. */
const freshMs = 60_000;

/** Tells the timeline that the agent looked at an expert seat (S4-40): once a minute at most for each seat. */
export function useSeatBoard(interaction: string) {
  const { run } = useDeskCommand();
  const now = useServerClock();
  const looked = useRef(new Map<string, number>());
  const [allBusy, setAllBusy] = useState<string | undefined>(undefined);
  const look = async (seat: string, busy = false) => {
    setAllBusy(busy ? seat : undefined);
    if (now() - (looked.current.get(seat) ?? Number.NEGATIVE_INFINITY) < freshMs) return;
    looked.current.set(seat, now());
    await run({ kind: 'check-experts', interaction, seat }, { quiet: true });
  };
  return { look, allBusy };
}
