import type { RefusalSentence } from './sentence.ts';

/** Refusals of the organisation and of the settings. */
export const houseRefusals = {
  'unit.twice': {
    zh: '组织“{unit}”出现两次',
    en: 'the unit {unit} occurs twice',
    remedy: { zh: '请给其中一个换编号', en: 'give one of them another id' },
  },
  'unit.no-parent': {
    zh: '组织“{unit}”的上级“{parent}”不存在',
    en: 'the unit {unit} lies below {parent}, which does not exist',
    remedy: { zh: '请先建立上级，或改正编号', en: 'create the parent first, or correct its id' },
  },
  'unit.circle': {
    zh: '组织“{unit}”成了自己的上级',
    en: 'the unit {unit} lies above itself',
    remedy: { zh: '请改正上级', en: 'give it another parent' },
  },
  'setting.unknown': {
    zh: '没有“{setting}”这个设置',
    en: 'there is no setting {setting}',
    remedy: { zh: '请核对名称', en: 'check the name' },
  },
  'setting.out-of-range': {
    zh: '设置“{setting}”应在 {least} 至 {most}（{unit}）之间，实为 {found}',
    en: 'the setting {setting} should lie between {least} and {most} ({unit}), found {found}',
    remedy: { zh: '请改正数值', en: 'correct the value' },
  },
} as const satisfies Record<string, RefusalSentence>;
