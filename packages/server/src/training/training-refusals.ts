import type { RefusalTable } from '../http/refusals.ts';

export const trainingRouteRefusals = {
  'training.unknown': {
    status: 404,
    zh: '没有这次演练，或您无权查看',
    en: 'there is no such training, or you may not see it',
    remedy: { zh: '请从培训页打开', en: 'open it from the training page' },
  },
  'training.not-own': {
    status: 403,
    zh: '只能取本人的培训数据',
    en: 'only your own training data can be taken along',
    remedy: { zh: '别人的由管理员导出', en: 'that of others is handed out by an administrator' },
  },
  'training.no-script': {
    status: 404,
    zh: '没有这个演练脚本，或它已不合用',
    en: 'there is no such script, or it does not check any more',
    remedy: {
      zh: '请刷新培训页；脚本用 threerings training check 检查',
      en: 'reload the page; check the script with threerings training check',
    },
  },
  'training.elsewhere': {
    status: 409,
    zh: '这次演练在另一个页面上继续了',
    en: 'this training went on in another page',
    remedy: { zh: '请刷新页面', en: 'reload the page' },
  },
  'training.no-line': {
    status: 404,
    zh: '脚本里没有这句话',
    en: 'the script has no such line',
    remedy: { zh: '脚本可能刚换了版本：请刷新后再录', en: 'the script may have a new version: reload, then record' },
  },
  'training.no-recording': {
    status: 404,
    zh: '这句话没有人录过',
    en: 'nobody has recorded this line',
    remedy: { zh: '请按文字演练', en: 'practise it as text' },
  },
  'lesson.unknown': {
    status: 409,
    zh: '没有这一课，或它已有新版',
    en: 'there is no such lesson, or it has a newer version',
    remedy: { zh: '请刷新后再读', en: 'reload it and read it' },
  },
} as const satisfies RefusalTable;
