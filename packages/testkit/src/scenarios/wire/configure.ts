import { setTimeout as sleep } from 'node:timers/promises';
import { personRow } from '@threerings/core/wire/people';
import { z } from 'zod';
import type { ConsoleClient } from '../../console-client.ts';
import { boardOf } from '../../product/house.ts';
import type { Scenario } from '../scenario.ts';

/** How long a running server may take to follow a new plan, ms. */
const mostMs = 20_000;

/** Puts the scenario's plan and skills in force, as an administrator does; returns how to put back what was before. */
export async function configure(administrator: ConsoleClient, leader: ConsoleClient, scenario: Scenario): Promise<() => Promise<void>> {
  const { body: before } = await administrator.get('/api/hotline');
  const people = z.array(personRow).parse((await administrator.get('/api/people')).body);
  const put = async (path: string, body: unknown) => {
    const answer = await administrator.send('PUT', path, body);
    if (answer.status !== 200) throw new Error(`PUT ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  };
  const skills = (of: (agent: string) => unknown) =>
    Promise.all(scenario.agents.map((agent) => put(`/api/people/${agent}/skills`, of(agent))));
  await skills((agent) => scenario.skills[agent] ?? {});
  await put('/api/hotline', scenario.plan);
  const wanted = scenario.plan?.queues.map(({ queue }) => queue).join();
  for (const deadline = Date.now() + mostMs; (await boardOf(leader)).queues.map(({ queue }) => queue).join() !== wanted; await sleep(100))
    if (Date.now() > deadline) throw new Error('the plan of the scenario did not come in force');
  return async () => {
    await skills((agent) => people.find((person) => person.agent === agent)?.skills ?? {});
    await put('/api/hotline', before);
  };
}
