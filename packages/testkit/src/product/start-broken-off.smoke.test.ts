import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { run } from '../processes.ts';
import { repository, startCommand } from './command.ts';
import { House } from './house.ts';
import { untilNothingRuns } from './processes-of.ts';

/** What a stop may take, and a voice process that waits a moment for its controller. */
const stopMs = 10_000;

describe('a start that is broken off', () => {
  test.each([300, 1000, 2000])('after %i ms leaves no process and no harm', async (ms) => {
    const house = await House.empty();
    try {
      const env = { THREERINGS_DATA: house.folder, THREERINGS_PORT: String(house.port), THREERINGS_SIP_PORT: String(house.sipPort) };
      const starting = startCommand(['start-demo'], { env });
      // How far it is by then differs; what must hold does not.
      await sleep(ms);
      starting.child.kill('SIGINT');
      expect([0, 'SIGINT']).toContain(await starting.ended);
      await untilNothingRuns(house.folder, stopMs);
      await house.start();
      expect((await fetch(`${house.base}/api/health`)).status).toBe(200);
    } finally {
      await house.close();
    }
  });
});

test('a signal to npm alone leaves no process behind', async () => {
  const house = await House.empty();
  try {
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      const npm = run('npm', ['start', '--silent'], {
        cwd: repository,
        env: {
          ...process.env,
          THREERINGS_DATA: house.folder,
          THREERINGS_PORT: String(house.port),
          THREERINGS_SIP_PORT: String(house.sipPort),
        },
      });
      try {
        await npm.prints(/is ready at/, 60_000);
        npm.child.kill(signal);
        await untilNothingRuns(house.folder, stopMs + 5000);
      } finally {
        npm.child.kill('SIGKILL');
      }
    }
  } finally {
    await house.close();
  }
});
