import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wang = caller('wang');

export const scenario = tell(
  'three-way-then-handed-over',
  { title: 'three people talk; the agent lets go by hanging up once the colleague has accepted, and one who leaves brings nobody down' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  han.isReady(),
  lin.transfers({ to: han }),
  lin.isRefused({ kind: 'transfer-step', step: 'join' }, 'transfer.not-answered'),
  han.isConsulted(),
  lin.joinsThemAll(),
  check(
    wang.went('consult.answered', 'music.stopped', 'conference.joined'),
    wang.has('conference.joined', { fields: { agent: han.number } }),
    lin.desk('call', wang),
    han.desk('consult', wang),
  ),
  after(s(10)),
  han.leavesTheConsult(),
  check(wang.went('conference.left', 'transfer.returned'), han.is('ready'), lin.desk('call', wang)),
  lin.transfers({ to: han }),
  han.isConsulted(),
  lin.joinsThemAll(),
  lin.isRefused({ kind: 'release', confirmed: true, reason: '交给同事' }, 'transfer.not-accepted'),
  han.accepts(),
  lin.releases(),
  check(
    wang.has('conference.left', { fields: { agent: lin.number } }),
    wang.has('transfer.completed', { fields: { agent: han.number } }),
    wang.never('call.released'),
    han.desk('call', wang),
    lin.desk('wrap-up', wang),
  ),
  after(s(10)),
  wang.lineDrops(),
  check(wang.wasPromised({ kind: 'callback', owner: han.number, state: 'open' })),
  lin.finishesWrapUp(),
  han.finishesWrapUp(),
);
