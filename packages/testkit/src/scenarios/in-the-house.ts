import type { EmergencyChange, EmergencyPlan } from '@threerings/core/wire/registers';
import type { Caller } from './caller.ts';
import type { Agent } from './cast.ts';
import type { Expectation } from './expectations.ts';
import { isCallOf } from './interaction-ids.ts';
import type { SeenEmergency } from './seen.ts';
import { dialledBy } from './stage.ts';
import type { DeskAnswered, HouseAct, Step } from './steps.ts';

const does = (agent: Agent, act: HouseAct, answered: DeskAnswered = 'done'): Step => ({
  kind: 'house',
  agent: agent.number,
  act,
  answered,
});

/** 早会: everybody must read it, until it is over. Published once more, it is a new version. */
export const publishesBriefing = (leader: Agent, bulletin: string, title: string, lastsMs: number): Step =>
  does(leader, { does: 'publishes', bulletin, title, lastsMs });

/** 阅知: what is in force now. */
export const readsBriefing = (agent: Agent, bulletin: string, answered?: DeskAnswered): Step =>
  does(agent, { does: 'reads', bulletin }, answered);

/** Just these have not read what is in force. */
export function notReadBy(bulletin: string, ...agents: readonly Agent[]): Expectation {
  const wanted = agents.map(({ number }) => number).sort();
  return {
    says: `${bulletin} was not read by ${wanted.join(', ') || 'nobody'}`,
    fault: ({ house }) => {
      const found = house?.unread.get(bulletin);
      return found !== undefined && found.join() === wanted.join() ? undefined : `found ${found?.join(', ') ?? 'no such bulletin'}`;
    },
  };
}

/** 预案: what is to be done in an emergency of this kind, step by step. */
export const writesPlan = (leader: Agent, plan: EmergencyPlan): Step => does(leader, { does: 'writes-plan', plan });

/** As a leader, on the newest emergency that this caller told of. */
export const worksEmergency = (leader: Agent, of: Caller, change: EmergencyChange, answered?: DeskAnswered): Step =>
  does(leader, { does: 'works-emergency', of: of.name, change }, answered);

/** The newest emergency of this caller stands so. */
export function emergencyStands(of: Caller, wanted: Partial<Omit<SeenEmergency, 'interaction'>>): Expectation {
  return {
    says: `the emergency of ${of.name} is ${JSON.stringify(wanted)}`,
    fault: ({ house }) => {
      const found = (house?.emergencies ?? []).findLast(({ interaction }) => isCallOf(of.name, interaction));
      const same = ([name, value]: [string, unknown]) => JSON.stringify(Reflect.get(found ?? {}, name)) === JSON.stringify(value);
      return Object.entries(wanted).every(same) && found !== undefined ? undefined : `found ${JSON.stringify(found) ?? 'none'}`;
    },
  };
}

/** 登记故障 */
export const registersOutage = (leader: Agent, outage: string, title: string, restoredInMs?: number): Step =>
  does(leader, { does: 'opens-outage', outage, title, restoredInMs });

/** 恢复后告知: this caller is to be told when it is over. */
export const notesForRestoration = (agent: Agent, of: Caller, outage: string, answered?: DeskAnswered): Step =>
  does(agent, { does: 'notes-caller', outage, of: of.name }, answered);

/** 已恢复: whoever asked is told, by message where that can be done, else by a call of one of these. */
export const restores = (leader: Agent, outage: string, tell: 'sms' | 'call', ...callers: readonly Agent[]): Step =>
  does(leader, { does: 'restores', outage, tell, owners: callers.map(({ number }) => number) });

/** So many text messages with these words went to the caller's telephone. */
export function wasSent(whom: Caller, words: string, times = 1): Expectation {
  const { number } = dialledBy(whom.name);
  return {
    says: `${times} messages with “${words}” went to ${whom.name}`,
    fault: ({ house }) => {
      const own = (house?.sent ?? []).filter(({ to, text }) => to === number && text.includes(words));
      return own.length === times ? undefined : `found ${JSON.stringify(house?.sent ?? [])}`;
    },
  };
}
