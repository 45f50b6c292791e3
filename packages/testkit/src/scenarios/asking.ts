import type { Agent } from './cast.ts';
import type { Expectation } from './expectations.ts';
import type { SeenSupport } from './seen.ts';
import type { DeskAct, DeskAnswered, Step } from './steps.ts';

const does = (agent: Agent, act: DeskAct, answered: DeskAnswered): Step => ({ kind: 'desk', agent: agent.number, act, answered });

/** 现场支撑: asks somebody experienced to come to the desk. */
export const asksSupport = (agent: Agent, topic: string, answered: DeskAnswered = 'done'): Step =>
  does(agent, { kind: 'request-support', topic }, answered);

/** Says what came of it, in the call or long after it. */
export const closesSupport = (agent: Agent, outcome: 'answered' | 'callback' | 'none', answered: DeskAnswered = 'done'): Step =>
  does(agent, { kind: 'close-support', outcome }, answered);

/** As a leader: goes to the agent who asked, or says that nobody can now. */
export const answersSupport = (leader: Agent, of: Agent, comes = true, answered: DeskAnswered = 'done'): Step => ({
  kind: 'leader',
  agent: leader.number,
  of: of.number,
  act: { kind: 'answer-support', comes },
  answered,
});

/** 找领导: the agent calmed the caller and offered to pass it on; then asks a leader to take the call. */
export const stepsToLeader = (agent: Agent, step: 'soothe' | 'request', answered: DeskAnswered = 'done'): Step =>
  does(agent, { kind: 'ask-leader', step }, answered);

/** As a leader: takes the call of this agent, or has the caller called back. */
export const answersCaller = (leader: Agent, of: Agent, takes: boolean, answered: DeskAnswered = 'done'): Step => ({
  kind: 'leader',
  agent: leader.number,
  of: of.number,
  act: { kind: 'answer-request', takes },
  answered,
});

/** The one request on the desk of this agent stands like this; undefined = there is none. */
export function supportStands(agent: Agent, wanted: Partial<SeenSupport> | undefined): Expectation {
  return {
    says: `the support that ${agent.number} asked for is ${JSON.stringify(wanted)}`,
    fault: (seen) => {
      const own = (seen.supports ?? []).filter((each) => each.agent === agent.number);
      const [only, ...others] = own;
      const right = only !== undefined && Object.entries(wanted ?? {}).every(([name, value]) => Reflect.get(only, name) === value);
      if (wanted === undefined ? own.length === 0 : right && others.length === 0) return undefined;
      return `found ${JSON.stringify(own)}`;
    },
  };
}

/** The leader's board shows an alert of this kind, or none. */
export function boardAlerts(kind: string, shown = true): Expectation {
  return {
    says: `the board ${shown ? 'shows' : 'does not show'} ${kind}`,
    fault: ({ alerts = [] }) => (alerts.includes(kind) === shown ? undefined : `it shows ${alerts.join(', ') || 'nothing'}`),
  };
}
