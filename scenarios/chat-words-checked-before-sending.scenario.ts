import { after, agent, check, s, visitor } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const yin = agent('0238');
const fang = visitor('fang');

export const scenario = tell(
  'chat-words-checked-before-sending',
  {
    title: 'words are looked at before they go out: warned, sent for a reason or stopped as the pack says, and judged the same afterwards',
  },
  yin.isInChat(),
  fang.opensChat(),
  fang.writes('我的申请能批下来吗'),
  after(s(5)),
  yin.writesTo(fang, '您好，我是市社保中心尹晴，请问有什么可以帮您'),
  after(s(5)),
  // Warned: a wrong character, 你, slang. Mended, it goes out without a word; insisted on, it goes out and is written down.
  yin.isRefusedIn(fang, { kind: 'send', text: '请登陆系统查看' }, 'chat.words-found'),
  yin.writesTo(fang, '请登录系统查看'),
  yin.isRefusedIn(fang, { kind: 'send', text: '你可以带身份证来' }, 'chat.words-found'),
  yin.writesTo(fang, '你可以带身份证来', { despite: '' }),
  after(s(5)),
  yin.isRefusedIn(fang, { kind: 'send', text: '好滴，帐户已查到' }, 'chat.words-found'),
  yin.writesTo(fang, '好滴，帐户已查到', { despite: '' }),
  after(s(5)),
  // An over-promise needs a reason, and a blank is none.
  yin.isRefusedIn(fang, { kind: 'send', text: '您放心，肯定没问题' }, 'chat.words-found'),
  yin.isRefusedIn(fang, { kind: 'send', text: '您放心，肯定没问题', despite: ' ' }, 'chat.words-found'),
  yin.writesTo(fang, '您放心，肯定没问题', { despite: '系统里已经显示批准' }),
  after(s(5)),
  // What the pack stops goes to nobody, whatever the reason.
  yin.isRefusedIn(fang, { kind: 'send', text: '再问就要你好看' }, 'chat.words-stopped'),
  yin.isRefusedIn(fang, { kind: 'send', text: '再问就要你好看', despite: '他先骂我' }, 'chat.words-stopped'),
  after(s(5)),
  check(
    fang.has('chat.sent', { times: 5 }),
    fang.has('chat.checked', { fields: { outcome: 'sent' }, times: 3 }),
    fang.has('chat.checked', { fields: { outcome: 'stopped' }, times: 2 }),
    fang.has('chat.sent', { fields: { typos: 1 }, times: 1 }),
    fang.brokeOnce('chat-typos', yin),
    fang.broke('chat-formal', { who: yin }),
    fang.brokeOnce('chat-same-as-phone', yin),
  ),
);
