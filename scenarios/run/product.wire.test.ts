import { readNorms } from '@threerings/server/composition/norms-in-force';
import { House } from '@threerings/testkit/product/house';
import { CoreDriver } from '@threerings/testkit/scenarios/core/core-driver';
import { readScenarios } from '@threerings/testkit/scenarios/read-scenarios';
import { runScenario } from '@threerings/testkit/scenarios/run';
import type { Seen } from '@threerings/testkit/scenarios/seen';
import { WireDriver } from '@threerings/testkit/scenarios/wire/wire-driver';
import { lacks } from '@threerings/testkit/tools';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const norms = await readNorms();
const scenarios = (await readScenarios()).filter(({ onTheWire }) => onTheWire);

/** What was judged, without instants: in real time they are never the same twice. */
const judged = ({ calls }: Seen) =>
  [...calls].map(([caller, { verdicts }]) => [
    caller,
    verdicts.map(({ norm, value, reason, missing, who }) => `${norm} ${value} ${reason ?? ''} ${missing ?? ''} ${who ?? ''}`).sort(),
  ]);

describe.skipIf(lacks('baresip'))('on the whole product', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  }, 180_000);
  afterAll(() => house?.close(), 30_000);

  test.each(scenarios)('$name: $title', { timeout: 120_000 }, async (scenario) => {
    const core = new CoreDriver(scenario, norms, false);
    const wanted = judged(await runScenario(scenario, core));
    const driver = await WireDriver.open(scenario, house);
    try {
      await runScenario(scenario, driver);
      await expect.poll(async () => judged(await driver.look()), { timeout: 10_000, interval: 250 }).toEqual(wanted);
    } finally {
      await driver.close();
    }
  });
});
