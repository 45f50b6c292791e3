import type { RefusalSentence } from './sentence.ts';

/** Refusals of transfers, consultations and three-way calls. */
export const transferRefusals = {
  'transfer.open': {
    zh: '正在转接，这一步要等转接结束',
    en: 'a transfer is under way: this has to wait until it is over',
    remedy: { zh: '请先收回，或在对方接手后放手', en: 'take the caller back first, or let go once the colleague has accepted' },
  },
  'transfer.none': {
    zh: '没有进行中的转接',
    en: 'no transfer is under way',
    remedy: { zh: '来电者就在线上，请继续通话', en: 'the caller is on your line: go on talking' },
  },
  'transfer.not-asked': {
    zh: '没有请您接手这个来电',
    en: 'you are not asked to take this caller over',
    remedy: { zh: '转接可能已被收回，无需操作', en: 'the transfer may have been taken back; nothing needs to be done' },
  },
  'transfer.not-answered': {
    zh: '对方还没有接听',
    en: 'the other side has not answered yet',
    remedy: { zh: '请稍等，或收回来电', en: 'wait a moment, or take the caller back' },
  },
  'transfer.not-accepted': {
    zh: '同事还没有接手，不能放手',
    en: 'the colleague has not accepted the caller yet: you cannot let go',
    remedy: { zh: '请同事按“接手”，或收回来电', en: 'ask the colleague to press “accept”, or take the caller back' },
  },
  'transfer.to-self': {
    zh: '不能转给自己',
    en: 'a call cannot be transferred to oneself',
    remedy: { zh: '请选择别的同事', en: 'choose somebody else' },
  },
  'transfer.unknown-target': {
    zh: '没有“{target}”这个同事或队列',
    en: 'there is no colleague or queue {target}',
    remedy: { zh: '请从列表中选择', en: 'choose from the list' },
  },
  'transfer.busy': {
    zh: '{agent} 现在不能接（通话中、未示闲或话机未接通）',
    en: '{agent} cannot take it now: talking, not ready, or without a phone',
    remedy: {
      zh: '请选择别人，或告诉来电者由其稍后回电并登记承诺',
      en: 'choose somebody else, or tell the caller of a callback and note the promise',
    },
  },
  'transfer.nobody-free': {
    zh: '“{queue}”现在没有人空闲',
    en: 'nobody of {queue} is free now',
    remedy: { zh: '请致歉、核对号码，改为承诺回电', en: 'apologise, check the number, and promise a callback instead' },
  },
  'self-service.unknown': {
    zh: '没有“{item}”这项自助，或它的来电流程没有上线',
    en: 'there is no self-service {item}, or its call flow is not in force',
    remedy: {
      zh: '请从列表中选择；请管理员核对方案里的 selfService',
      en: 'choose from the list; an administrator checks selfService in the plan',
    },
  },
  'self-service.dispute': {
    zh: '来电者对费用或结果有争议，不转自助',
    en: 'the caller disputes a charge or a result: that is not sent to self-service',
    remedy: {
      zh: '请问清是哪一笔，当面解释；解释不了的派单或记投诉',
      en: 'ask which one and explain it; what stays open becomes a ticket or a complaint',
    },
  },
  'self-service.declined': {
    zh: '来电者不愿用自助，不能硬转',
    en: 'the caller will not use self-service and is not made to',
    remedy: {
      zh: '请耐心解释并告知其他查询渠道；改了主意再征得同意',
      en: 'explain, name the other ways; if they change their mind, ask for a yes again',
    },
  },
  'self-service.under-way': {
    zh: '来电者正在自助，结束后回到您这里',
    en: 'the caller is in self-service and comes back to you',
    remedy: { zh: '要现在继续，请先收回来电', en: 'to go on now, take the caller back first' },
  },
  'expert.unknown-seat': {
    zh: '没有“{seat}”这个专席',
    en: 'there is no expert seat {seat}',
    remedy: { zh: '请从专席列表中选择', en: 'choose from the list of seats' },
  },
  'expert.all-busy': {
    zh: '“{seat}”的专家都在忙',
    en: 'all experts of {seat} are busy',
    remedy: {
      zh: '请致歉、核对号码，派专席回电',
      en: 'apologise, check the number, and have the seat call back',
    },
  },
  'expert.busy': {
    zh: '专家 {agent} 现在不能接（通话中、未示闲、话机未接通，或本小时已满次数）',
    en: 'expert {agent} cannot take it now: talking, not ready, without a phone, or consulted as often as an hour allows',
    remedy: { zh: '请选择同一专席的其他专家，或派专席回电', en: 'choose another expert of the seat, or have the seat call back' },
  },
  'transfer.callback-first': {
    zh: '这通已转接 {times} 次、等转接 {seconds} 秒，请先提出回电',
    en: 'this call was transferred {times} times and waited {seconds} s for it: offer a callback first',
    remedy: {
      zh: '对来电者说改为回电并登记承诺；确需再转，请写明原因',
      en: 'offer a callback and note the promise; to transfer once more, write why',
    },
  },
} as const satisfies Record<string, RefusalSentence>;
