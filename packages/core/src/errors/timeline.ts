import type { RefusalSentence } from './sentence.ts';

export const timelineRefusals = {
  'timeline.unknown-type': {
    zh: '没有“{type}”这种事件',
    en: 'there is no event “{type}”',
    remedy: { zh: '请使用事件表中的名称', en: 'use a name of the event table' },
  },
  'timeline.unknown-role': {
    zh: '事件“{type}”的角色“{found}”不存在',
    en: '{type} is by an unknown role “{found}”',
    remedy: { zh: '角色应为：{expected}', en: 'the roles are {expected}' },
  },
  'timeline.source-open': {
    zh: '事件“{type}”没有说明来源',
    en: '{type} does not say which source it speaks about',
    remedy: { zh: '请给出来源', en: 'give the event a source' },
  },
  'timeline.source-mismatch': {
    zh: '事件“{type}”应来自“{expected}”，实为“{found}”',
    en: '{type} is observed by {expected}, found {found}',
    remedy: { zh: '请去掉来源，由事件表决定', en: 'leave the source to the event table' },
  },
  'timeline.field-missing': {
    zh: '事件“{type}”缺少字段“{field}”（{expected}）',
    en: '{type} lacks the field {field} ({expected})',
    remedy: { zh: '请补上该字段', en: 'give the field' },
  },
  'timeline.field-unknown': {
    zh: '事件“{type}”没有字段“{field}”',
    en: '{type} has no field {field}',
    remedy: { zh: '可用字段：{expected}', en: 'its fields are {expected}' },
  },
  'timeline.field-invalid': {
    zh: '事件“{type}”的字段“{field}”应为{expected}，实为{found}',
    en: '{type}: the field {field} should be {expected}, found {found}',
    remedy: { zh: '请改正该值', en: 'correct the value' },
  },
  'timeline.personal-in-clear': {
    zh: '事件“{type}”的字段“{field}”是个人信息，不能写在事件里',
    en: '{type}: the field {field} is personal and must not stand in the event',
    remedy: { zh: '请作为个人信息交给保管库', en: 'hand the value over as personal, so that the vault keeps it' },
  },
  'timeline.instant-invalid': {
    zh: '事件“{type}”的时刻应为 UTC 毫秒整数，实为{found}',
    en: '{type}: occurredAt should be integer milliseconds since the epoch, found {found}',
    remedy: { zh: '请改正时刻', en: 'correct the instant' },
  },
  'timeline.before-first': {
    zh: '事件“{type}”早于本次交互的第一个事件',
    en: '{type} precedes the first event of its interaction',
    remedy: { zh: '请核对时刻，或作为另一次交互', en: 'check the instant, or record it as another interaction' },
  },
  'timeline.closed': {
    zh: '交互已关闭，不能再记“{type}”',
    en: 'the interaction is closed: {type} cannot follow',
    remedy: { zh: '请记到个案或新的交互', en: 'record it with the case or with a new interaction' },
  },
  'timeline.call-ended': {
    zh: '通话已结束，不能再记“{type}”',
    en: 'the call has ended: {type} cannot follow',
    remedy: { zh: '请核对时刻', en: 'check the instant' },
  },
  'timeline.not-open': {
    zh: '“{type}”要结束的“{interval}”并未开始',
    en: '{type} ends a {interval} that has not begun',
    remedy: { zh: '请先记开始的事件', en: 'record the opening event first' },
  },
} as const satisfies Record<string, RefusalSentence>;
