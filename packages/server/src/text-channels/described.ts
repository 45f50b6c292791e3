import type { MessageKind } from '@threerings/core/chats/lifecycle';

/** What somebody sent that is no text, in words; its file is fetched afterwards. */
export interface Described {
  readonly as: MessageKind;
  readonly text: string;
}

const files: Readonly<Record<string, Described>> = {
  image: { as: 'image', text: '〔图片〕' },
  voice: { as: 'voice', text: '〔语音〕' },
  video: { as: 'file', text: '〔视频〕' },
  shortvideo: { as: 'file', text: '〔小视频〕' },
  file: { as: 'file', text: '〔文件〕' },
};

/** `said`: what can be told of it besides its kind, for example the name of a place. */
export function described(type: string, said: readonly (string | undefined)[] = []): Described {
  const words = said.filter((each) => each !== undefined && each.trim() !== '').join(' ');
  const named = (name: string): Described => ({ as: 'text', text: words === '' ? `〔${name}〕` : `〔${name}〕${words}` });
  const file = files[type];
  if (file !== undefined) return words === '' ? file : { ...file, text: `${file.text} ${words}` };
  switch (type) {
    case 'location':
      return named('位置');
    case 'link':
      return named('链接');
    case 'business_card':
      return named('名片');
    case 'miniprogram':
      return named('小程序');
    default:
      return named(`无法显示的消息：${type.slice(0, 40)}`);
  }
}
