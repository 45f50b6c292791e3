import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const zhou = { name: '周敏', contact: '13800000001' };

export const scenario = tell(
  'acting-owner-changed',
  {
    title: 'who is not in charge changes nothing: the company is checked, the owner is noted and called back, and changes it in that call',
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.isStopped(wang, { kind: 'name-owner', owner: zhou }, 'owner.company-unchecked'),
  lin.actsFor(wang, { kind: 'check-owner', company: '宏远公司', outcome: 'matches' }),
  lin.actsFor(wang, { kind: 'verify', customer: 'hongyuan', method: 'asked', result: 'refused' }),
  lin.actsFor(wang, { kind: 'name-owner', owner: zhou, callInMs: s(3600) }),
  lin.isStopped(wang, { kind: 'update-owner', owner: zhou }, 'owner.unverified'),
  after(s(5)),
  wang.hangsUp(),
  lin.savesRecord({ what: '负责人已换' }),
  lin.finishesWrapUp(),
  check(wang.never('owner.updated'), wang.wasPromised({ kind: 'callback', owner: lin.number, state: 'open' })),
  after(s(60)),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.isStopped(wang, { kind: 'update-owner', owner: zhou }, 'owner.company-unchecked'),
  lin.actsFor(wang, { kind: 'check-owner', company: '宏远公司', outcome: 'matches' }),
  lin.isStopped(wang, { kind: 'update-owner', owner: zhou }, 'owner.unverified'),
  lin.actsFor(wang, { kind: 'verify', customer: 'hongyuan', method: 'document', result: 'owner' }),
  lin.actsFor(wang, { kind: 'update-owner', owner: zhou }),
  after(s(5)),
  wang.hangsUp(),
  lin.savesRecord({ what: '负责人更新' }),
  lin.finishesWrapUp(),
  check(wang.went('owner.checked', 'identity.verified', 'owner.updated'), wang.has('owner.updated', { times: 1 })),
);
