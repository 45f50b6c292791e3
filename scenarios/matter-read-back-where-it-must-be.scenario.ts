import { after, agent, caller, check, s, visitor } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const fang = visitor('fang');

export const scenario = tell(
  'matter-read-back-where-it-must-be',
  {
    title:
      'the matter of a call is one of the hotline’s, changes when it turns out to be another, and says what must be read back; chats have one too',
    pack: 's0',
    plan: {
      queues: [{ queue: 'general', name: { zh: '综合', en: 'General' } }],
      matters: [{ matter: '通气', code: '11' }, { matter: '维修', code: '12' }, { matter: '发票' }],
    },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.says('您好，这里是服务热线，我是林晓，请问有什么可以帮您'),
  wang.says('新房子要通气'),
  lin.isRefused({ kind: 'set-matter', matter: '天气' }, 'matter.unknown'),
  lin.setsMatter('发票'),
  lin.setsMatter('通气'),
  lin.setsMatter('通气'),
  lin.says('好的，我给您登记'),
  lin.writesTicket(wang, { kind: 'request', title: '通气', about: '新房通气' }),
  after(s(5)),
  wang.hangsUp(),
  lin.savesRecord({ who: '王先生', what: '通气', how: '已登记' }),
  lin.finishesWrapUp(),
  after(s(2)),
  check(
    wang.has('matter.set', { fields: { matter: '通气', code: '11' }, times: 1 }),
    wang.has('matter.set', { times: 2 }),
    withTranscript(wang.broke('readback-mandatory-types', { who: lin })),
  ),
  lin.takesChats(),
  fang.opensChat(),
  fang.writes('热水器不打火'),
  lin.writesTo(fang, '您好，给您登记维修'),
  lin.doesIn(fang, { kind: 'set-matter', matter: '维修' }),
  lin.isRefusedIn(fang, { kind: 'set-matter', matter: '天气' }, 'matter.unknown'),
  check(fang.has('matter.set', { fields: { matter: '维修', code: '12' } })),
);
