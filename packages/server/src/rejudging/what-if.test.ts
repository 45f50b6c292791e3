import { expect, it } from 'vitest';
import { emptyReport } from './report.ts';
import { WhatIf } from './what-if.ts';

it('runs one at a time, also when two begin at once, and leaves no judge behind', async () => {
  const running = new Set<number>();
  let begun = 0;
  let most = 0;
  const whatIf = new WhatIf({
    count: async () => 1,
    nextPage: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return [{ startedAt: 1, interaction: 'c', unit: undefined }];
    },
    startJudge: async () => {
      begun += 1;
      const judge = begun;
      running.add(judge);
      most = Math.max(most, running.size);
      return { judge: async () => emptyReport(), stop: () => void running.delete(judge) };
    },
    now: () => 0,
  });
  await Promise.all([whatIf.start('a', 1, [], undefined), whatIf.start('b', 1, [], undefined)]);
  expect(whatIf.view('a', 1).state).toBe('none');
  expect(whatIf.view('b', 1).state).toBe('running');
  await whatIf.close();
  expect([most, running.size, whatIf.view('b', 1).state]).toEqual([1, 0, 'stopped']);
});
