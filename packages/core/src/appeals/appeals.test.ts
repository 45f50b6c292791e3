import { expect, it } from 'vitest';
import { isRefusal } from '../errors/refusal.ts';
import { decideProposal, evolveProposal, noProposal, type ProposalCommand } from '../proposals/lifecycle.ts';
import type { Happened } from '../timeline/decider.ts';
import { type AppealCommand, decideAppeal, evolveAppeal, noAppeal } from './lifecycle.ts';

function play<Command, State>(
  commands: readonly Command[],
  from: State,
  decide: (command: Command, state: State) => ReturnType<typeof decideAppeal>,
  evolve: (state: State, event: Happened) => State,
) {
  let state = from;
  const refused: string[] = [];
  for (const command of commands) {
    const decision = decide(command, state);
    if (isRefusal(decision)) refused.push(decision.refused);
    else state = decision.map((event): Happened => ({ by: 'agent', ...event })).reduce(evolve, state);
  }
  return { state, refused };
}

const words = { subject: 'staff-0217', value: '我等她讲完才开口' };
const file: AppealCommand = { at: 1, kind: 'file', form: 'appeal', verdict: 'n k', norm: 'n', agent: '0217', ground: 'evidence', words };
const decide = (upheld: boolean, reviewer = '0301', reason = '录音可证'): AppealCommand => ({
  at: 2,
  kind: 'decide',
  upheld,
  reviewer,
  reason,
});
const appeal = (commands: readonly AppealCommand[]) => play(commands, noAppeal, decideAppeal, evolveAppeal);

it('an appeal is decided once, with a reason, by somebody else', () => {
  expect(appeal([file, decide(true)])).toMatchObject({ refused: [], state: { state: 'upheld', decidedBy: '0301', reason: '录音可证' } });
  expect(appeal([file, decide(true, '0217'), decide(true, '0301', ' ')]).refused).toEqual(['appeal.own', 'appeal.no-reason']);
  expect(appeal([file, decide(false), decide(false), decide(true)])).toMatchObject({
    refused: ['appeal.decided'],
    state: { state: 'rejected' },
  });
  expect(appeal([file, file, decide(true)]).refused).toEqual(['appeal.filed-before']);
  expect(appeal([decide(true)]).refused).toEqual(['appeal.unknown']);
});

const make: ProposalCommand = { at: 1, proposal: 'q', kind: 'make', what: 'callback', origin: 'norm', agent: '0217', norm: 'n' };
const confirm: ProposalCommand = { at: 2, proposal: 'q', kind: 'confirm', agent: '0217', by: 'agent', result: 'p1' };
const decline = (reason: string): ProposalCommand => ({ at: 3, proposal: 'q', kind: 'decline', agent: '0217', by: 'agent', reason });
const propose = (commands: readonly ProposalCommand[]) => play(commands, noProposal, decideProposal, evolveProposal);

it('a proposal binds nobody until it is confirmed, and is settled one way', () => {
  expect(propose([make, make])).toMatchObject({ state: { state: 'open', agent: '0217', norm: 'n' } });
  expect(propose([make, confirm, confirm, decline('误听')])).toMatchObject({
    refused: ['proposal.settled'],
    state: { state: 'confirmed' },
  });
  expect(propose([make, decline(''), decline('误听'), confirm])).toMatchObject({
    refused: ['proposal.no-reason', 'proposal.settled'],
    state: { state: 'declined' },
  });
  expect(propose([confirm]).refused).toEqual(['proposal.unknown']);
});
