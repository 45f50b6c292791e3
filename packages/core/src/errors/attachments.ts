import type { RefusalSentence } from './sentence.ts';

/** Refusals of files that are sent along. `field` names what in the request is meant. */
export const attachmentRefusals = {
  'attachment.empty': {
    zh: '文件（{field}）是空的',
    en: 'the file ({field}) is empty',
    remedy: { zh: '请重新选择文件', en: 'choose it again' },
  },
  'attachment.too-large': {
    zh: '文件（{field}）有 {found} MB，最多 {most} MB',
    en: 'the file ({field}) has {found} MB; {most} MB are taken',
    remedy: { zh: '请压缩后再发，或分成几份', en: 'compress it, or send it in parts' },
  },
  'attachment.type': {
    zh: '不接收这种文件（{field}）：只按内容认类型，改名没有用',
    en: 'files of this kind are not taken ({field}): the content decides, not the name',
    remedy: {
      zh: '可以发图片（PNG、JPEG、GIF、WebP）、PDF、Word、Excel、PowerPoint（不含宏）、UTF-8 文本、录音（AMR、MP3、WAV）和 MP4',
      en: 'send a picture (PNG, JPEG, GIF, WebP), PDF, Word, Excel or PowerPoint without macros, text in UTF-8, sound (AMR, MP3, WAV) or MP4',
    },
  },
  'attachment.picture-too-large': {
    zh: '图片（{field}）有 {found} 百万像素，最多 {most}',
    en: 'the picture ({field}) has {found} million pixels; {most} are taken',
    remedy: { zh: '请缩小后再发', en: 'make it smaller' },
  },
  'attachment.too-many': {
    zh: '这里最多放 {most} 个文件，已经满了',
    en: '{most} files are kept here at most, and there are as many',
    remedy: { zh: '请用其他方式送交', en: 'bring it another way' },
  },
  'attachment.infected': {
    zh: '安全检查没有通过，文件（{field}）没有保存',
    en: 'the file ({field}) did not pass the safety check and was not kept',
    remedy: { zh: '请换一份文件，或联系您的系统管理员', en: 'send another one, or ask your administrator' },
  },
  'attachment.scan-failed': {
    zh: '安全检查现在做不了，文件（{field}）没有保存',
    en: 'the safety check does not work now, so the file ({field}) was not kept',
    remedy: { zh: '请几分钟后再发；文字消息不受影响', en: 'send it again in some minutes; words are not affected' },
  },
  'attachment.taken': {
    zh: '这个编号（{field}）已经用于另一份文件',
    en: 'this id ({field}) stands for another file already',
    remedy: { zh: '请刷新页面后重发', en: 'reload the page and send it again' },
  },
  'attachment.unknown': {
    zh: '没有这份文件，或您无权查看',
    en: 'there is no such file, or you may not see it',
    remedy: { zh: '请从会话、工单或知识里打开', en: 'open it from its chat, ticket or article' },
  },
  'attachment.gone': {
    zh: '文件已不在：保存期已满，或已按要求删除',
    en: 'the file is not there any more: its period was over, or it was deleted on request',
    remedy: { zh: '需要时请对方重发', en: 'ask for it again if you need it' },
  },
} as const satisfies Record<string, RefusalSentence>;
