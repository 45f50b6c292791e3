import { agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'self-service-declined-charge-explained',
  {
    title:
      'a caller who disputes a charge and will not use self-service: asked which charge, explained by a person, and what stays open is a complaint',
    pack: 's4',
    departments: { '0901': 'billing' },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.says('您好，话费明细可以转到自助语音查询'),
  wang.says('不要转自助，你们多扣了我三个月'),
  lin.says('您对哪一笔费用有疑问，我来说明'),
  wang.says('套餐外的那笔'),
  lin.says('套餐外流量按实际用量计，情况是这样'),
  wang.says('还是不对，我要投诉'),
  lin.marks('complaint'),
  lin.says('非常抱歉，您的心情我能理解，我重复一遍：套餐外流量费三个月，是这样吗'),
  wang.says('是的'),
  lin.writesTicket(wang, {
    kind: 'complaint',
    title: '套餐外流量费有争议',
    about: '不愿自助；争议三个月套餐外流量费',
    demand: true,
    category: '资费',
    department: 'billing',
    inMs: s(86_400),
  }),
  lin.says('您的投诉已受理，我们会尽快办理并答复您'),
  wang.hangsUp(),
  lin.savesRecord({ what: '费用争议', why: '不愿自助', how: '已派单' }),
  lin.finishesWrapUp(),
  check(
    wang.hasTicket({ kind: 'complaint', stage: 'dispatched', owner: lin.number, department: 'billing' }),
    wang.wasPromised({ kind: 'ticket', owner: lin.number, state: 'open' }),
    wang.never('transfer.started'),
    withTranscript(wang.kept('self-service-refusal-explain', lin)),
    withTranscript(wang.kept('complaint-apologise', lin)),
    withTranscript(wang.kept('readback-key-facts-complaint', lin)),
    withTranscript(wang.kept('complaint-accept-promise', lin)),
  ),
);
