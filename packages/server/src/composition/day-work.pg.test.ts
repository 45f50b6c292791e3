import { refusal } from '@threerings/core/wire/refusal';
import { mattersHouse } from '@threerings/testkit/matters';
import { testDatabase } from '@threerings/testkit/test-database';
import { expect, test } from 'vitest';
import { actors, roleMatrix } from '../http/route-access.ts';

const { shell } = await mattersHouse(await testDatabase());
const matrix = roleMatrix(shell.routes).filter(({ path }) =>
  /^\/api\/(directory|referrals|bulletins|emergenc|anomalies|inbox|private-notes|blocklist|report-mailings)/.test(path),
);

test('every route of a day’s registers lets in exactly who its permission names', async () => {
  expect(matrix.length).toBeGreaterThan(7);
  for (const { method, path, allow } of matrix) {
    for (const actor of actors) {
      const as = actor === 'anonymous' ? undefined : await shell.cookieOf(actor);
      const answer = await shell.request(method as 'GET', path.replaceAll(/:\w+/g, 'nobody'), { as });
      const code = refusal.safeParse(answer.body).data?.refused;
      const denied = actor === 'anonymous' ? 'session.none' : 'permission.denied';
      if (allow[actor]) expect([method, path, actor, code]).not.toEqual([method, path, actor, denied]);
      else expect([method, path, actor, code]).toEqual([method, path, actor, denied]);
    }
  }
});
