import type { RefusalSentence } from './sentence.ts';

/** Refusals of acting for a customer, of changing who is in charge of an account, and of contacts. */
export const actingRefusals = {
  'acting.unknown': {
    zh: '这次沟通里没有这项代办',
    en: 'this conversation has no such operation',
    remedy: { zh: '请刷新；以前沟通里的代办不能接着办，请重新登记', en: 'reload; what was begun in another conversation is begun anew' },
  },
  'acting.template-unknown': {
    zh: '没有这种代办产品，或已被停用',
    en: 'there is no such product, or it was taken off the list',
    remedy: { zh: '请另选产品，或请管理员在热线配置里加上', en: 'choose another one, or have it added to the hotline plan' },
  },
  'acting.too-many': {
    zh: '一次沟通至多 {most} 项代办',
    en: 'one conversation takes {most} operations at most',
    remedy: { zh: '请先办完，再另约一次', en: 'finish them, and agree on another conversation' },
  },
  'acting.too-many-plans': {
    zh: '这项代办的方案改得太多（{most} 次）',
    en: 'the plan of this operation was changed {most} times',
    remedy: { zh: '请取消这一项，重新登记', en: 'decline this operation and begin anew' },
  },
  'acting.conversation-over': {
    zh: '沟通已经结束，客户的同意也随之失效',
    en: 'the conversation is over, and the consent with it',
    remedy: { zh: '请再联系客户，重新核实、复述并征得同意', en: 'contact the customer again, then verify, read back and ask anew' },
  },
  'acting.not-yours': {
    zh: '这位客户现在不由您接待',
    en: 'this customer is not with you now',
    remedy: { zh: '请由正在接待的坐席办理', en: 'the agent who has the customer must do it' },
  },
  'acting.customer-away': {
    zh: '客户正在听等待音乐，听不到您说话',
    en: 'the customer hears music, not you',
    remedy: { zh: '请先恢复通话', en: 'take the call back first' },
  },
  'acting.identity-unknown': {
    zh: '身份还没有确认，不能代办',
    en: 'it is not known who this is, so nothing is done for the account',
    remedy: { zh: '请先核实身份；核实不了就说明原因并谢绝', en: 'verify the identity first; where that fails, say why and decline' },
  },
  'acting.not-entitled': {
    zh: '来人无权要求办理“{template}”',
    en: 'this person may not ask for “{template}”',
    remedy: { zh: '请由负责人本人或被授权人来办', en: 'the owner, or somebody authorised, has to ask' },
  },
  'acting.right-unconfirmed': {
    zh: '使用权还没有确认',
    en: 'the right to use the account is not confirmed',
    remedy: { zh: '请向客户确认有权使用这些余额或资源', en: 'confirm with the customer that they may use it' },
  },
  'acting.no-plan': {
    zh: '还没有方案',
    en: 'there is no plan yet',
    remedy: { zh: '请和客户一起填好方案', en: 'fill in the plan with the customer' },
  },
  'acting.plan-incomplete': {
    zh: '方案缺：{fields}',
    en: 'the plan lacks: {fields}',
    remedy: { zh: '请补齐后复述，再征得同意', en: 'complete it, read it back, then ask for consent' },
  },
  'acting.strange-field': {
    zh: '这种产品的方案里没有“{field}”，或没有这个选项',
    en: 'the plan of this product has no “{field}”, or not this choice',
    remedy: { zh: '请刷新后按表单填写', en: 'reload, and fill in the form as it is' },
  },
  'acting.extras-untold': {
    zh: '还没有告诉客户：{items}',
    en: 'the customer was not told: {items}',
    remedy: { zh: '请说明后按“已说明”', en: 'say it, then mark it as told' },
  },
  'acting.not-read-back': {
    zh: '方案还没有向客户复述',
    en: 'the plan was not read back',
    remedy: { zh: '请逐项复述，再征得同意', en: 'read it back item by item, then ask for consent' },
  },
  'acting.plan-changed': {
    zh: '方案已经改动，和屏幕上的不是同一份',
    en: 'the plan has changed: it is not the one on the screen',
    remedy: { zh: '请看新的方案，重新复述', en: 'look at the new one and read it back' },
  },
  'acting.no-consent': {
    zh: '这次沟通里客户还没有同意',
    en: 'the customer has not agreed in this conversation',
    remedy: { zh: '请复述方案并征得同意；以往的授权不沿用', en: 'read the plan back and ask; earlier consent is not carried over' },
  },
  'acting.consent-outdated': {
    zh: '客户同意之后方案又改了，那次同意不再有效',
    en: 'the plan was changed after the customer agreed, so that consent is void',
    remedy: { zh: '请复述新方案，再征得同意', en: 'read the new plan back and ask again' },
  },
  'acting.consent-of-colleague': {
    zh: '客户是对前一位坐席同意的，转接后不再有效',
    en: 'the customer agreed with a colleague; a handover ends that consent',
    remedy: { zh: '请您向客户复述方案，再征得同意', en: 'read the plan back yourself and ask again' },
  },
  'acting.consent-elsewhere': {
    zh: '所凭的同意不是这次沟通、这项代办的',
    en: 'the consent that was named is not of this conversation and operation',
    remedy: { zh: '请在本次沟通中征得同意', en: 'ask for consent in this conversation' },
  },
  'acting.differs': {
    zh: '要办的和客户同意的方案不一致，已拦下',
    en: 'what is to be done differs from the plan that was agreed to: stopped',
    remedy: {
      zh: '请按同意的方案办；要改，先改方案、复述、再征得同意',
      en: 'do as agreed, or change the plan, read it back and ask again',
    },
  },
  'acting.norm-stops': {
    zh: '现行规范不许这样办：{zh}',
    en: 'a norm in force stops this: {en}',
    remedy: { zh: '请先做到规范要求的，再办；规范：{norm}', en: 'do first what it asks for; the norm is {norm}' },
  },
  'acting.done-already': {
    zh: '这项代办已经办过',
    en: 'this operation was carried out already',
    remedy: { zh: '再办一次请另行登记并征得同意', en: 'to do it once more, begin another one with its own consent' },
  },
  'acting.declined': {
    zh: '这项代办已经谢绝',
    en: 'this operation was declined',
    remedy: { zh: '需要办理请重新登记', en: 'begin another one' },
  },
  'acting.not-executed': {
    zh: '还没有办理，没有结果可告知',
    en: 'it was not carried out: there is no result to tell',
    remedy: { zh: '请先办理', en: 'carry it out first' },
  },
  'acting.no-reason': {
    zh: '谢绝需要写明原因',
    en: 'declining needs a reason',
    remedy: { zh: '请写一句', en: 'give it in one sentence' },
  },
  'owner.company-unchecked': {
    zh: '账户的公司名称还没有核对上',
    en: 'the company of the account has not been checked, or does not match',
    remedy: { zh: '请先核对公司名称', en: 'check its name first' },
  },
  'owner.unverified': {
    zh: '负责人本人还没有在这次沟通中核实',
    en: 'the person in charge was not verified in this conversation',
    remedy: {
      zh: '请先登记负责人和联系方式，约回电联系本人核实后再更新',
      en: 'note who it is, agree on a callback, verify that person, then change it',
    },
  },
  'contact.owner-unconfirmed': {
    zh: '账号负责人还没有确认，不能加联系人',
    en: 'nobody in charge of the account was confirmed, so no contact is asked for',
    remedy: { zh: '请先核实身份', en: 'verify the identity first' },
  },
  'contact.not-asked': {
    zh: '还没有发送好友申请',
    en: 'no contact was asked for',
    remedy: { zh: '请先发送申请', en: 'ask for it first' },
  },
  'contact.not-accepted': {
    zh: '客户还没有通过好友申请',
    en: 'the customer has not accepted the contact',
    remedy: { zh: '请引导客户在“新的朋友”里通过', en: 'tell the customer where to accept it' },
  },
} as const satisfies Record<string, RefusalSentence>;
