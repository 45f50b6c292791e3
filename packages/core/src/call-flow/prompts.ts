import type { Bilingual } from '@threerings/norms/problem';

/** A prompt that the hotline plays by itself, and what it should say. */
export interface StandardPrompt {
  readonly prompt: string;
  readonly says: Bilingual;
}

const places = Array.from({ length: 10 }, (_, n) => n + 1);
const waits = [1, 2, 3, 5, 10, 15, 20, 30];
const says = (prompt: string, zh: string, en: string): StandardPrompt => ({ prompt, says: { zh, en } });

/** Every prompt of a hotline but those of its call flows. */
export const standardPrompts: readonly StandardPrompt[] = [
  says('recording-notice', '为保证服务质量，本次通话将被录音。', 'This call is recorded so that we can serve you well.'),
  says('nobody', '现在没有坐席值守。', 'Nobody is on duty now.'),
  says('closed', '现在不是服务时间。', 'You are calling outside our hours.'),
  says('queue-full', '现在排队的人太多。', 'Too many callers are waiting.'),
  says('callback-offer', '按 1 我们给您回电；不按键请继续等候。', 'Press 1 to be called back, or stay on the line.'),
  says('callback-promised', '已登记，我们会给您回电。', 'We have noted it and will call you back.'),
  says(
    'blocked',
    '您好，您的来电号码暂时不能转接人工。如有紧急情况，请按 1。',
    'Hello. Calls from your number are not put through at present. In an emergency, press 1.',
  ),
  says('message-offer', '按 1 我们给您回电，按 2 请留言。', 'Press 1 to be called back, 2 to leave a message.'),
  says(
    'message-greeting',
    '请在提示音后留言，说完按井号键或直接挂机。',
    'Speak after the tone; press the hash key or hang up when you have finished.',
  ),
  says(
    'survey',
    '请为本次服务评分：5 很满意，4 满意，3 一般，2 不满意，1 很不满意。',
    'Please rate this call, from 1, very bad, to 5, very good.',
  ),
  says('survey-thanks', '感谢您的评价，再见。', 'Thank you, and goodbye.'),
  says(
    'outage-notice',
    '您所在片区出现故障，正在抢修。需要恢复后通知您请按 1。',
    'There is an outage, and we are mending it. Press 1 to be told when it is over.',
  ),
  says('outage-noted', '已登记，恢复后通知您。', 'We have noted it and will tell you.'),
  says('menu', '热线配置里的菜单：按几找谁。', 'The menu of the hotline’s plan: which key leads where.'),
  says('position-many', '您前面还有很多人。', 'Many callers are before you.'),
  ...places.map((n) => says(`position-${n}`, `您排在第 ${n} 位。`, `You are number ${n} in the queue.`)),
  ...waits.map((n) => says(`wait-${n}`, `预计等候约 ${n} 分钟。`, `It will take about ${n} min.`)),
];

const known: ReadonlySet<string> = new Set(standardPrompts.map(({ prompt }) => prompt));

/** `flow-…`: a prompt of a call flow; `agent-number-…`: who answers, by 工号. */
export function isPromptName(prompt: string): boolean {
  return known.has(prompt) || /^(?:flow|agent-number)-[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u.test(prompt);
}
