import { readGolden } from '@threerings/testkit/scenarios/golden';
import { normsOf } from '@threerings/testkit/scenarios/norms-of';
import { readScenarios } from '@threerings/testkit/scenarios/read-scenarios';
import { runScenario } from '@threerings/testkit/scenarios/run';
import { goldenSeen, toldTheSame } from '@threerings/testkit/scenarios/same';
import { ServerDriver } from '@threerings/testkit/scenarios/server/server-driver';
import { testDatabase } from '@threerings/testkit/test-database';
import { beforeEach, describe, expect, test } from 'vitest';

const database = await testDatabase();

// Each scenario begins in an empty house; the database is the same one.
beforeEach(() => database.empty());

describe.each(await readScenarios())('$name on the server', (scenario) => {
  test(`${scenario.title}`, async () => {
    const driver = await ServerDriver.open(scenario, await normsOf(scenario.pack), database);
    try {
      await runScenario(scenario, driver);
      await driver.wait(driver.patienceMs);
      const seen = await driver.look(true);
      // The same events at the same instants, and the verdicts that were given live are those of the judge.
      for (const [caller, golden] of goldenSeen(readGolden(scenario.name), scenario.callers))
        expect(toldTheSame(seen.calls.get(caller)), caller).toEqual(toldTheSame(golden));
      expect(driver.heldOfClosed()).toEqual([]);
    } finally {
      await driver.close();
    }
  });
});
