import { agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

const days = (n: number) => s(86_400 * n);

export const scenario = tell(
  'charge-disputed-without-the-bill',
  {
    title:
      'who disputes a charge and will not look at the bill: understood, asked which charge, explained by the article, written down and dispatched with its reply time',
    pack: 's4',
    articles: { tariff: '套餐资费说明' },
    departments: { '0901': 'billing' },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  wang.says('这个月费用不对，我不看什么详单'),
  lin.marks('complaint'),
  lin.says('很抱歉，您的心情我能理解，您对哪一笔费用有疑问'),
  wang.says('漫游费'),
  lin.opensArticle(wang, 'tariff', '漫游资费'),
  lin.says('漫游费按天计；详单是依据，您同意的话我核实身份后替您查，或发到您的邮箱'),
  wang.says('不要'),
  lin.marksAnswer(wang, 'refused'),
  lin.says('我重复一遍：漫游费一百二十元有疑问，不查详单，对吗'),
  wang.says('对的'),
  lin.writesTicket(wang, {
    kind: 'complaint',
    title: '漫游费争议',
    about: '一百二十元；拒绝查详单',
    demand: true,
    category: '资费',
    department: 'billing',
    inMs: days(2),
  }),
  lin.says('您的投诉已受理，两天内答复您'),
  wang.hangsUp(),
  lin.savesRecord({ what: '漫游费争议', why: '不愿查详单', how: '已派单' }),
  lin.finishesWrapUp(),
  check(
    wang.never('identity.verified'),
    wang.has('answer.marked', { fields: { outcome: 'refused' } }),
    wang.hasTicket({ kind: 'complaint', stage: 'dispatched', department: 'billing' }),
    wang.wasPromised({ kind: 'ticket', owner: lin.number, state: 'open' }),
    withTranscript(wang.kept('complaint-empathise', lin)),
    withTranscript(wang.kept('readback-key-facts-complaint', lin)),
  ),
);
