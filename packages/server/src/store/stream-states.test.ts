import { emptyStream } from '@threerings/core/timeline/stream-state';
import { expect, it } from 'vitest';
import { sha256 } from './sha256.ts';
import { StreamStates } from './stream-states.ts';

const stateOf = (stream: string) => ({ ...emptyStream({ stream }, sha256), n: 1 });

it('forgets closed interactions soon, and open ones not because of them', () => {
  const states = new StreamStates();
  states.remember(stateOf('goes on'));
  for (let call = 0; call < 300; call += 1) {
    states.remember(stateOf(`call ${call}`));
    states.remember({ ...stateOf(`call ${call}`), n: 2, closedAt: call });
  }
  const known = Array.from({ length: 300 }, (_, call) => states.knows(`call ${call}`));
  expect([states.knows('goes on'), known.indexOf(true), known.filter(Boolean).length]).toEqual([true, 100, 200]);
});
