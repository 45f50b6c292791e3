import type { Refusal } from '@threerings/core/errors/refusal';

/**
 * Refusals of the store itself, in the shape of the domain's.
 * `stream.conflict`: somebody appended first; load again and decide again. `stream.id-taken`: an event with this id stands
 * elsewhere. `stream.text-invalid`: a text holds NUL or half a surrogate pair. `stream.too-many`: more than `most` events
 * at once. `stream.field-invalid`: an event outside the vocabulary that is too large or misnamed. `store.busy`: too many
 * appends are waiting.
 */
export type StreamRefusalCode =
  | 'stream.conflict'
  | 'stream.id-taken'
  | 'stream.text-invalid'
  | 'stream.too-many'
  | 'stream.field-invalid'
  | 'store.busy';

export interface StreamRefusal {
  readonly refused: StreamRefusalCode;
  readonly facts: Readonly<Record<string, string | number>>;
}

export type AppendRefusal = Refusal | StreamRefusal;

export function refuseAppend(refused: StreamRefusalCode, facts: StreamRefusal['facts'] = {}): StreamRefusal {
  return { refused, facts };
}

const sentences: Readonly<Record<StreamRefusalCode, { readonly zh: string; readonly en: string }>> = {
  'stream.conflict': { zh: '刚刚有人改动了同一记录，请重试', en: 'somebody changed the same record just now: try again' },
  'stream.id-taken': { zh: '事件编号已被占用', en: 'the id of the event is taken: choose another one' },
  'stream.text-invalid': { zh: '文字中含有无法保存的字符', en: 'a text holds characters that cannot be stored: remove them' },
  'stream.too-many': { zh: '一次提交的事件太多', en: 'too many events at once: send fewer' },
  'stream.field-invalid': { zh: '事件的内容过大或名称有误', en: 'the event is too large or misnamed: correct it' },
  'store.busy': { zh: '系统繁忙，请稍后再试', en: 'too many writes are waiting: try again in a moment' },
};

/** The refusal in the reader's language. */
export function speakStream(refusal: StreamRefusal, language: 'zh' | 'en'): string {
  return sentences[refusal.refused][language];
}
