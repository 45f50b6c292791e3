import { after, agent, check, s, visitor } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const yin = agent('0238');
const lin = agent('0217');
const fang = visitor('fang');
const record = { who: '', when: '', where: '', what: '问工伤认定谁申请', why: '', how: '' };

export const scenario = tell(
  'chat-noted-down',
  { title: 'a chat is noted down like a call: what is missing is said, it goes on after the end, and nobody else writes to it' },
  yin.isInChat(),
  fang.opensChat(),
  fang.writes('我要问工伤'),
  after(s(5)),
  lin.isInChat(),
  yin.writesTo(fang, '您好，我是市社保中心尹晴，请问有什么可以帮您'),
  yin.isRefusedIn(fang, { kind: 'save-record', record: { ...record, what: ' ' } }, 'record.empty'),
  yin.doesIn(fang, { kind: 'save-record', record }),
  yin.doesIn(fang, { kind: 'verify-identity', customer: 'fang', method: 'number-and-name', result: 'owner' }),
  yin.doesIn(fang, { kind: 'promise', what: 'reply', inMs: s(3600), about: '工伤认定的材料清单' }),
  after(s(5)),
  fang.leavesChat(),
  yin.doesIn(fang, {
    kind: 'save-record',
    record: { who: '方女士', when: '今天', where: '网页', what: '问工伤认定谁申请', why: '单位不办', how: '答应发材料清单' },
  }),
  lin.isRefusedIn(fang, { kind: 'save-record', record }, 'chat.not-yours'),
  yin.doesIn(fang, { kind: 'close' }),
  yin.isRefusedIn(fang, { kind: 'save-record', record }, 'chat.unknown'),
  after(s(5)),
  check(
    fang.has('record.opened', { times: 1 }),
    fang.has('record.saved', { times: 2 }),
    fang.has('record.saved', { fields: { missing: ['who', 'when', 'where', 'why', 'how'] } }),
    fang.has('record.saved', { fields: { filled: ['who', 'when', 'where', 'what', 'why', 'how'] } }),
    fang.has('identity.verified'),
    fang.wasPromised({ kind: 'reply', owner: '0238', state: 'open' }),
  ),
);
