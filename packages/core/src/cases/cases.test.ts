import { describe, expect, it } from 'vitest';
import { isRefusal } from '../errors/refusal.ts';
import type { Happened } from '../timeline/decider.ts';
import { type CaseCommand, decideCase, evolveCase, noCase, untold } from './lifecycle.ts';

const by = (agent: string, at: number) => ({ case: 'c1', agent, at });
const open: CaseCommand = { ...by('0217', 1), kind: 'open', customer: 'k1', interaction: 'i1' };
const begin: CaseCommand = { ...by('0217', 2), kind: 'begin-notice', notice: 'n1', items: ['银行卡', '身份证', '银行卡', ' '] };
const tell = (item: string): CaseCommand => ({ ...by('0209', 3), kind: 'tell', notice: 'n1', item });
const close = (owed = 0): CaseCommand => ({ ...by('0217', 9), kind: 'close', owed });

function play(commands: readonly CaseCommand[]) {
  let state = noCase;
  const refused: string[] = [];
  const types: string[] = [];
  for (const command of commands) {
    const decision = decideCase(command, state);
    if (isRefusal(decision)) refused.push(decision.refused);
    else {
      types.push(...decision.map(({ type }) => type));
      state = decision.map((event): Happened => ({ by: 'agent', ...event })).reduce(evolveCase, state);
    }
  }
  return { state, refused, types };
}

describe('a case', () => {
  it('keeps who received the customer first; the next contact joins it once', () => {
    const link: CaseCommand = { ...by('0209', 5), kind: 'link', interaction: 'i2' };
    const { state, types } = play([open, open, link, link]);
    expect(state).toMatchObject({ state: 'open', first: '0217', interactions: ['i1', 'i2'] });
    expect(types).toEqual(['case.opened', 'case.linked', 'case.linked']);
  });

  it('is not closed before every item of a full notice was told, nor with something owed', () => {
    const started = play([open, begin]);
    expect(started.state.notices.map(untold)).toEqual([['银行卡', '身份证']]);
    expect(play([open, begin, tell('银行卡'), close()]).refused).toEqual(['case.untold']);
    expect(play([open, close(2)]).refused).toEqual(['case.owed']);
    const done = play([open, begin, tell('银行卡'), tell('银行卡'), tell('身份证'), close(), close()]);
    expect(done).toMatchObject({ refused: [], state: { state: 'closed' } });
    expect(done.types.filter((type) => type === 'case.notice-told')).toHaveLength(2);
  });

  it('takes nothing after it was closed, and no item that is not on the list', () => {
    expect(play([open, close(), begin]).refused).toEqual(['case.closed']);
    expect(play([open, begin, tell('户口本')]).refused).toEqual(['case.no-item']);
    expect(play([open, { ...begin, items: [' '] } as CaseCommand]).refused).toEqual(['case.no-items']);
    expect(play([{ ...begin }]).refused).toEqual(['case.unknown']);
  });
});
