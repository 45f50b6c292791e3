import type { RefusalSentence } from './sentence.ts';

/** Refusals of calls, holds, presence and the call record. */
export const callRefusals = {
  'call.unknown': {
    zh: '没有这个通话',
    en: 'there is no such call',
    remedy: { zh: '请刷新后再试', en: 'reload and try again' },
  },
  'call.not-waiting': {
    zh: '来电者已不在等候',
    en: 'the caller is not waiting any more',
    remedy: { zh: '无需操作', en: 'nothing needs to be done' },
  },
  'call.already-offered': {
    zh: '来电已派给坐席 {agent}',
    en: 'the call is being offered to agent {agent}',
    remedy: { zh: '请等该坐席应答或超时', en: 'wait until that agent answers or the ring ends' },
  },
  'call.not-ringing': {
    zh: '此来电没有在您的话机振铃',
    en: 'this call does not ring at your phone',
    remedy: { zh: '来电可能已被接听或已放弃', en: 'it may have been answered elsewhere or abandoned' },
  },
  'matter.unknown': {
    zh: '本热线没有“{matter}”这个事项',
    en: 'this hotline has no matter “{matter}”',
    remedy: {
      zh: '请从列表中选；要增加事项，请管理员改热线设置',
      en: 'choose from the list; an administrator adds matters to the hotline plan',
    },
  },
  'rest.not-asked': {
    zh: '这位坐席现在没有等批的小休申请',
    en: 'this agent is not waiting for a rest to be granted',
    remedy: { zh: '可能已批、已取消，或别的班长答复过', en: 'it may have been granted, given up, or answered by another leader' },
  },
  'recording.none': {
    zh: '此通话没有在录音',
    en: 'this call is not being recorded',
    remedy: { zh: '无需暂停', en: 'there is nothing to pause' },
  },
  'call.not-talking': {
    zh: '没有正在进行的通话',
    en: 'there is no call in progress',
    remedy: { zh: '请先接听来电', en: 'answer a call first' },
  },
  'call.not-yours': {
    zh: '这不是您的通话',
    en: 'this is not your call',
    remedy: { zh: '请由负责的坐席操作', en: 'the agent in charge must do it' },
  },
  'call.in-talk': {
    zh: '通话正在进行，系统不能结束它',
    en: 'people are talking: the hotline does not end their call',
    remedy: { zh: '请由坐席或来电者挂机', en: 'the agent or the caller hangs up' },
  },
  'wrap-up.none': {
    zh: '没有进行中的后处理',
    en: 'there is no work after a call in progress',
    remedy: { zh: '无需操作', en: 'nothing needs to be done' },
  },
  'wrap-up.used-up': {
    zh: '后处理最多延长 {times} 次',
    en: 'the work after a call can be extended {times} times',
    remedy: { zh: '请暂存记录，稍后补全', en: 'park the record and complete it later' },
  },
  'wrap-up.no-reason': {
    zh: '延长后处理需要说明原因',
    en: 'more time after a call needs a reason',
    remedy: { zh: '请写明原因', en: 'give the reason' },
  },
  'hold.no-call': {
    zh: '没有可以保持的通话',
    en: 'there is no call to hold',
    remedy: { zh: '请先接听来电', en: 'answer a call first' },
  },
  'hold.open': {
    zh: '来电者已在保持中',
    en: 'the caller is on hold already',
    remedy: { zh: '请先取回通话', en: 'resume the call first' },
  },
  'hold.none': {
    zh: '来电者不在保持中',
    en: 'the caller is not on hold',
    remedy: { zh: '无需操作', en: 'nothing needs to be done' },
  },
  'hold.not-requested': {
    zh: '这次保持没有先申请',
    en: 'this hold was not requested',
    remedy: { zh: '请先说明原因与时限', en: 'give the reason and the limit first' },
  },
  'hold.limit': {
    zh: '保持时限应在 {least} 至 {most} 秒之间',
    en: 'the limit of a hold lies between {least} and {most} seconds',
    remedy: { zh: '更久请改为回电', en: 'offer a callback when it takes longer' },
  },
  'hold.not-longer': {
    zh: '延长后的时限应超过 {limit} 秒',
    en: 'an extended hold must be longer than {limit} seconds',
    remedy: { zh: '请给出从保持开始计的新时限', en: 'give the new limit, counted from the beginning of the hold' },
  },
  'presence.signed-out': {
    zh: '尚未签入班次',
    en: 'not signed in to a shift',
    remedy: { zh: '请先签入', en: 'sign in first' },
  },
  'presence.no-phone': {
    zh: '话机没有接通，来电响不到这里',
    en: 'the phone is not connected: a call could not ring here',
    remedy: { zh: '请先接通话机（检查麦克风权限），再示闲', en: 'connect the phone (check the microphone permission), then go ready' },
  },
  'presence.engaged': {
    zh: '通话或后处理未结束',
    en: 'a call or the work after it is still going on',
    remedy: { zh: '请在结束后再变更状态', en: 'change the state when it is finished' },
  },
  'record.closed': {
    zh: '通话已关闭，记录不能再改',
    en: 'the call is closed: its record cannot change any more',
    remedy: { zh: '请在个案中补充', en: 'add a note to the case' },
  },
  'record.empty': {
    zh: '记录是空的',
    en: 'the record is empty',
    remedy: { zh: '请至少填写一项', en: 'fill in at least one part' },
  },
  'survey.none': {
    zh: '这里不能邀请评价',
    en: 'this caller cannot be asked to rate the call',
    remedy: { zh: '热线配置里要有 survey，且对方用电话', en: 'the plan needs a survey, and the caller a telephone' },
  },
  'stop.no-reason': {
    zh: '继续需要说明原因',
    en: 'going on needs a reason',
    remedy: { zh: '请写明原因', en: 'give the reason' },
  },
} as const satisfies Record<string, RefusalSentence>;
