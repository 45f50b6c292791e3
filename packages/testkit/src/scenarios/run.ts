import { appliesTo, type Expectation } from './expectations.ts';
import { brokenInvariant } from './invariants.ts';
import { type Scenario, vacuous } from './scenario.ts';
import type { Seen } from './seen.ts';
import { type DeskAnswered, type Step, told } from './steps.ts';

type Performed = Exclude<Step, { readonly kind: 'pause' | 'until' | 'check' }>;

/** Runs steps against one form of the product: pure core, server, or everything. */
export interface Driver {
  /** what is said is written down */
  readonly transcribed: boolean;
  /** how long a check waits for what it expects, ms; 0 where everything has settled when a step is done */
  readonly patienceMs: number;
  /** Carries out a step; for a desk act, what the desk answered. */
  perform(step: Performed): Promise<DeskAnswered>;
  wait(ms: number): Promise<void>;
  /** The machine sleeps so long; absent: this driver's cannot. */
  sleep?(ms: number): Promise<void>;
  look(): Promise<Seen>;
  /** Leaves nothing running. */
  close(): Promise<void>;
}

/** A step did not go as told. */
export class ScenarioFailed extends Error {}

/** How often something that is waited for is looked at, ms. */
const lookEveryMs = 250;

/** Runs a scenario to its end and gives what is seen then. Throws ScenarioFailed with the step and what was found instead. */
export async function runScenario(scenario: Scenario, driver: Driver): Promise<Seen> {
  const nothing = vacuous(scenario, await driver.look(), driver.transcribed);
  if (nothing !== undefined) throw new ScenarioFailed(nothing);
  for (const [index, step] of scenario.steps.entries()) {
    const fault = await faultOf(step, driver);
    if (fault !== undefined) throw new ScenarioFailed(`${scenario.name}, step ${index + 1} (${told(step)}): ${fault}`);
    const broken = brokenInvariant(await driver.look());
    if (broken !== undefined) throw new ScenarioFailed(`${scenario.name}, after step ${index + 1} (${told(step)}): ${broken}`);
  }
  return driver.look();
}

async function faultOf(step: Step, driver: Driver): Promise<string | undefined> {
  switch (step.kind) {
    case 'pause':
      if (step.asleep !== true) await driver.wait(step.ms);
      else if (driver.sleep === undefined) return 'this machine cannot sleep';
      else await driver.sleep(step.ms);
      return undefined;
    case 'until':
      return patient([step.expectation], driver, step.mostMs);
    case 'check':
      return patient(step.expectations, driver, driver.patienceMs);
    default: {
      const wanted = 'answered' in step ? step.answered : 'done';
      const answered = await driver.perform(step);
      if (JSON.stringify(answered) === JSON.stringify(wanted)) return undefined;
      return `expected the answer ${JSON.stringify(wanted)}, found ${JSON.stringify(answered)}`;
    }
  }
}

/** Waits until all expectations hold at once; after `mostMs` says which do not. */
async function patient(expectations: readonly Expectation[], driver: Driver, mostMs: number): Promise<string | undefined> {
  for (let waited = 0; ; waited += lookEveryMs) {
    const faults = faultsIn(await driver.look(), expectations, driver.transcribed);
    if (faults.length === 0) return undefined;
    if (waited >= mostMs) return faults.join('\n');
    await driver.wait(lookEveryMs);
  }
}

function faultsIn(seen: Seen, expectations: readonly Expectation[], transcribed: boolean): string[] {
  return expectations
    .filter((each) => appliesTo(each, transcribed))
    .flatMap((each) => {
      const fault = each.fault(seen);
      return fault === undefined ? [] : [`expected that ${each.says}: ${fault}`];
    });
}
