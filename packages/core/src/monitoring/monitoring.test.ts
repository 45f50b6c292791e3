import { describe, expect, it } from 'vitest';
import { isRefusal } from '../errors/refusal.ts';
import { absent, decidePresence, evolvePresence, hasAcknowledged } from '../presence/lifecycle.ts';
import { fact } from '../timeline/decider.ts';
import { decideMonitoring, type MonitoringCommand } from './lifecycle.ts';
import { evolveMonitoring, type Monitoring, notMonitored, shownToAgent } from './state.ts';

const answered = fact('call.answered', 0, { agent: '1', leg: 'a' }, { by: 'agent' });

function play(commands: readonly MonitoringCommand[]) {
  let state: Monitoring = evolveMonitoring(notMonitored, { by: 'agent', ...answered });
  const refused: string[] = [];
  const types: string[] = [];
  for (const command of commands) {
    const decision = decideMonitoring(command, state);
    if (isRefusal(decision)) refused.push(decision.refused);
    else {
      types.push(...decision.map(({ type }) => type));
      state = decision.reduce((next, event) => evolveMonitoring(next, { by: 'leader', ...event }), state);
    }
  }
  return { state, refused, types };
}

const monitor = (mode: 'listen' | 'whisper' | 'barge', at: number, leader = '9', acknowledged = true): MonitoringCommand => ({
  ...{ kind: 'monitor', mode, leader, acknowledged, at },
});

describe('monitoring', () => {
  it('needs the agent’s acknowledged policy, whatever the mode', () => {
    for (const mode of ['listen', 'whisper', 'barge'] as const)
      expect(play([monitor(mode, 1, '9', false)])).toMatchObject({ refused: ['monitor.not-acknowledged'], types: [] });
  });

  it('is one leader at a time, never on an own call', () => {
    expect(play([monitor('listen', 1), monitor('barge', 2, '8'), monitor('listen', 3, '1')]).refused).toEqual([
      ...['monitor.taken', 'monitor.own-call'],
    ]);
    expect(play([monitor('listen', 1), { kind: 'stop', leader: '8', at: 2 }]).refused).toEqual(['monitor.not-yours']);
  });

  it('is told once, changes its mode, and ends once', () => {
    const stop: MonitoringCommand = { kind: 'stop', leader: '9', at: 9 };
    const { types } = play([monitor('listen', 1), monitor('listen', 2), monitor('whisper', 3), stop, stop]);
    expect(types).toEqual(['monitor.started', 'monitor.changed', 'monitor.ended']);
  });

  it('shows whispering and joining to the agent at once, listening only when the own part is over', () => {
    const listening = play([monitor('listen', 1)]).state;
    expect(shownToAgent(listening, '1', false)).toEqual([]);
    expect(shownToAgent(listening, '1', true)).toMatchObject([{ leader: '9', mode: 'listen', since: 1 }]);
    const whispering = play([monitor('listen', 1), monitor('whisper', 5)]).state;
    expect(shownToAgent(whispering, '1', false)).toMatchObject([{ mode: 'whisper', since: 5 }]);
    expect(shownToAgent(whispering, '1', true).map(({ mode }) => mode)).toEqual(['listen', 'whisper']);
    expect(shownToAgent(whispering, '2', true)).toEqual([]);
  });

  it('is acknowledged once for each version, also by who is not signed in', () => {
    const acknowledge = { kind: 'acknowledge', policy: 'monitoring', version: 1, at: 1 } as const;
    const decision = decidePresence(acknowledge, absent('1'));
    if (isRefusal(decision)) throw new Error(decision.refused);
    const presence = decision.reduce((next, event) => evolvePresence(next, { by: 'agent', ...event }), absent('1'));
    expect(decidePresence(acknowledge, presence)).toEqual([]);
    expect([1, 2].map((version) => hasAcknowledged(presence, 'monitoring', version))).toEqual([true, false]);
    const signedIn = decidePresence({ kind: 'sign-in', at: 2 }, presence);
    const after = isRefusal(signedIn)
      ? presence
      : signedIn.reduce((next, event) => evolvePresence(next, { by: 'agent', ...event }), presence);
    expect(hasAcknowledged(after, 'monitoring', 1)).toBe(true);
  });
});
