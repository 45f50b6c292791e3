import { CoreDriver } from '@threerings/testkit/scenarios/core/core-driver';
import { outcomeOf, readGolden, writeGolden, writesGoldens } from '@threerings/testkit/scenarios/golden';
import { normsOf } from '@threerings/testkit/scenarios/norms-of';
import { readScenarios } from '@threerings/testkit/scenarios/read-scenarios';
import { runScenario } from '@threerings/testkit/scenarios/run';
import { describe, expect, test } from 'vitest';

const scenarios = await readScenarios();

test('at least a dozen scenarios are told, and each sentence only once', () => {
  expect(scenarios.length).toBeGreaterThanOrEqual(12);
  expect(new Set(scenarios.map(({ title }) => title)).size).toBe(scenarios.length);
});

describe.each(scenarios)('$name on the pure core', (scenario) => {
  test(`${scenario.title}`, async () => {
    const driver = new CoreDriver(scenario, await normsOf(scenario.pack));
    await runScenario(scenario, driver);
    const outcome = outcomeOf(driver.timeline(), driver.verdicts());
    if (writesGoldens()) writeGolden(scenario.name, outcome);
    expect(outcome, `golden/scenarios/${scenario.name}: if this is wanted, write it anew with THREERINGS_GOLDEN=write`).toEqual(
      readGolden(scenario.name),
    );
  });
});

describe.each(scenarios.filter((scenario) => scenario.spoken && !scenario.needsTranscript))('$name without a recogniser', (scenario) => {
  test('goes the same way, and what was said is unknown', async () => {
    await expect(runScenario(scenario, new CoreDriver(scenario, await normsOf(scenario.pack), false))).resolves.toBeDefined();
  });
});
