import { type Happened, textOf } from '../timeline/decider.ts';
import type { NoticeText } from '../wire/outbox.ts';

/**
 * The newest one-time notice of a case as a text that can be sent: every item, in its order, with those that were not told yet marked.
 * Undefined where no notice was begun.
 */
export function noticeTextOf(
  events: readonly Happened[],
  hotline: { readonly name: string; readonly number: string },
  language: 'zh' | 'en',
): NoticeText | undefined {
  const begun = events.findLast(({ type }) => type === 'case.notice-begun');
  const items = begun?.fields['items'];
  if (begun === undefined || !Array.isArray(items)) return undefined;
  const notice = textOf(begun, 'notice');
  const told = new Set(
    events.flatMap((event) =>
      event.type === 'case.notice-told' && textOf(event, 'notice') === notice ? (textOf(event, 'item') ?? []) : [],
    ),
  );
  const open = items.filter((item) => !told.has(String(item))).length;
  const lines = items.map((item, at) => `${at + 1}. ${String(item)}`);
  const words = {
    zh: { subject: `${hotline.name}：一次性告知`, head: '您来电咨询的事项，办理时请备齐：', tail: `如有疑问，请拨打 ${hotline.number}。` },
    en: {
      subject: `${hotline.name}: what you need`,
      head: 'What you asked about needs:',
      tail: `If anything is unclear, call ${hotline.number}.`,
    },
  }[language];
  return { subject: words.subject, text: [words.head, ...lines, words.tail].join('\n'), open };
}
