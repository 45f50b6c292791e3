import type { RefusalSentence } from './sentence.ts';

/** Refusals of conversations in writing. */
export const chatRefusals = {
  'chat.unknown': {
    zh: '没有这个会话',
    en: 'there is no such chat',
    remedy: { zh: '请刷新后再试', en: 'reload and try again' },
  },
  'chat.over': {
    zh: '会话已经结束',
    en: 'the chat is over',
    remedy: { zh: '请另开会话，或改用电话', en: 'begin a new one, or call' },
  },
  'chat.not-yours': {
    zh: '这不是您的会话',
    en: 'this is not your chat',
    remedy: { zh: '请由负责的坐席操作', en: 'the agent who has it must do it' },
  },
  'chat.not-waiting': {
    zh: '会话已不在排队',
    en: 'the chat is not waiting any more',
    remedy: { zh: '无需操作', en: 'nothing needs to be done' },
  },
  'chat.too-long': {
    zh: '一个会话最多 {most} 条消息',
    en: 'a chat takes {most} messages at most',
    remedy: { zh: '请另开会话，或改用电话', en: 'begin a new one, or call' },
  },
  'chat.not-rated-now': {
    zh: '现在不能评价这个会话',
    en: 'this chat cannot be rated now',
    remedy: { zh: '会话有过答复、刚结束时可以评价', en: 'a chat in which somebody replied can be rated just after its end' },
  },
  'chat.going-on': {
    zh: '会话还在进行',
    en: 'the chat is still going on',
    remedy: { zh: '请先结束会话', en: 'end it first' },
  },
  'chat.no-room': {
    zh: '坐席 {agent} 现在接不了会话',
    en: 'agent {agent} cannot take a chat now',
    remedy: { zh: '请换一位同事，或稍后再转', en: 'choose somebody else, or try again later' },
  },
  'chat.seats-held': {
    zh: '您还有 {chats} 个会话没结束',
    en: 'you still have {chats} chats',
    remedy: { zh: '请先结束或转给同事，再签出', en: 'end them or hand them over, then sign out' },
  },
  'chat.no-contact': {
    zh: '没有留下联系方式',
    en: 'no contact was given',
    remedy: { zh: '请填写电话号码', en: 'give a telephone number' },
  },
  'chat.empty': {
    zh: '消息是空的',
    en: 'the message is empty',
    remedy: { zh: '请写下内容', en: 'write something' },
  },
  'chat.words-found': {
    zh: '发送前检查发现“{found}”（{title}）',
    en: 'the check before sending found “{found}” ({title})',
    remedy: { zh: '请改写，或写明原因后再发', en: 'write it otherwise, or say why it goes out like this' },
  },
  'chat.words-stopped': {
    zh: '“{found}”（{title}）不能发给客户',
    en: '“{found}” ({title}) goes to no customer',
    remedy: { zh: '请改写后再发；写好的内容还在输入框里', en: 'write it otherwise; what you wrote is still in the box' },
  },
  'chat.reply-expired': {
    zh: '快捷回复“{title}”已过有效期，没有发出',
    en: 'the quick reply “{title}” is out of date and was not sent',
    remedy: {
      zh: '请核对后用自己的话写，并请知识管理员更新这条；写好的内容还在输入框里',
      en: 'check it and write it in your own words, and ask for a new version; what you wrote is still in the box',
    },
  },
  'chat.reply-changed': {
    zh: '快捷回复“{title}”刚刚更新过，没有发出',
    en: 'the quick reply “{title}” has just been changed and was not sent',
    remedy: { zh: '请重新选用最新的内容再发', en: 'choose it again and send its new words' },
  },
  'chat.reply-gone': {
    zh: '这条快捷回复已经撤下，没有发出',
    en: 'this quick reply was withdrawn and was not sent',
    remedy: { zh: '请另选一条，或用自己的话写', en: 'choose another one, or write it in your own words' },
  },
  'chat.no-files-there': {
    zh: '对方平台不能把这样的文件发给客户（企业微信：10 MB 内的 PNG、JPEG 图片，20 MB 内的其他文件；公众号、QQ：10 MB 内的图片）',
    en: 'this channel does not bring such a file (WeCom: PNG and JPEG to 10 MB, other files to 20 MB; WeChat and QQ: pictures to 10 MB)',
    remedy: { zh: '请换成较小的图片，把内容写成文字，或改发邮件', en: 'send a smaller picture, write it as words, or send it by mail' },
  },
  'chat.under-way': {
    zh: '还有 {messages} 条消息没有送达对方平台',
    en: 'the channel has not brought {messages} messages yet',
    remedy: {
      zh: '系统会继续发送，送达或放弃后自动关闭；请先处理其他会话',
      en: 'they go on being sent; the chat closes by itself afterwards',
    },
  },
  'chat.window-closed': {
    zh: '客户最后一条消息已过 {hours} 小时，对方平台不再允许发送',
    en: 'the customer last wrote more than {hours} hours ago: the channel lets nobody write any more',
    remedy: {
      zh: '请改发短信或邮件，或承诺回电；客户再来消息后可以继续回复',
      en: 'send a text message or mail, or promise to call back; you can write again once the customer writes',
    },
  },
  'chat.window-used': {
    zh: '客户没有新消息时，对方平台最多允许连续发 {most} 条，已经用完',
    en: 'the channel lets the house write {most} messages until the customer writes again, and they are used up',
    remedy: {
      zh: '请等客户回复，或改发短信、承诺回电',
      en: 'wait for the customer to write, or send a text message, or promise to call back',
    },
  },
  'chat.window-short': {
    zh: '这段文字要分 {parts} 条发送，对方平台只允许再发 {left} 条',
    en: 'this text takes {parts} messages of the channel, which lets you write {left} more',
    remedy: { zh: '请精简后再发，其余部分改发短信或承诺回电', en: 'shorten it, and tell the rest by text message or by telephone' },
  },
} as const satisfies Record<string, RefusalSentence>;
