import type { Language } from './refusals.ts';

/** One thing that a schema found wrong, as the validator tells it. Limits are inclusive. */
export interface SchemaIssue {
  readonly code: string;
  readonly message?: string;
  readonly expected?: string;
  readonly origin?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly values?: readonly unknown[];
  readonly format?: string;
  readonly keys?: readonly string[];
}

type Words = Readonly<Record<Language, string>>;

const kinds: Readonly<Record<string, Words>> = {
  string: { zh: '文字', en: 'a text' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: '是或否', en: 'yes or no' },
  array: { zh: '列表', en: 'a list' },
  object: { zh: '一组字段', en: 'a group of fields' },
  record: { zh: '一组字段', en: 'a group of fields' },
};
const units: Readonly<Record<string, Words>> = {
  string: { zh: ' 个字', en: ' characters' },
  array: { zh: ' 项', en: ' entries' },
  set: { zh: ' 项', en: ' entries' },
};
const formats: Readonly<Record<string, Words>> = {
  email: { zh: '邮箱地址', en: 'a mail address' },
  url: { zh: '网址', en: 'an address of the web' },
  uuid: { zh: 'UUID', en: 'a UUID' },
  datetime: { zh: '日期时间', en: 'a date with its time' },
  date: { zh: '日期', en: 'a date' },
};
const mostListed = 12;

/** What was expected in place of what was sent, in a few words of one language; never what was sent. */
export function wordsOfIssue(issue: SchemaIssue, language: Language): string {
  const say = (words: Words) => words[language];
  switch (issue.code) {
    case 'invalid_type': {
      const kind = kinds[issue.expected ?? ''] ?? { zh: String(issue.expected), en: String(issue.expected) };
      return say({ zh: `缺少，或应为${kind.zh}`, en: `missing, or not ${kind.en}` });
    }
    case 'too_small':
    case 'too_big':
      return say(limitOf(issue));
    case 'invalid_value': {
      const values = (issue.values ?? []).slice(0, mostListed).map(String);
      return say({ zh: `应为 ${values.join('、')} 之一`, en: `expected one of ${values.join(', ')}` });
    }
    case 'unrecognized_keys': {
      const keys = (issue.keys ?? []).slice(0, mostListed).map((key) => key.slice(0, 40));
      return say({ zh: `没有 ${keys.join('、')} 这样的项`, en: `there is no ${keys.join(', ')} here` });
    }
    case 'invalid_format': {
      const format = formats[issue.format ?? ''];
      return say({
        zh: format ? `应为${format.zh}` : '格式不符',
        en: format ? `expected ${format.en}` : 'not of the form that is expected',
      });
    }
    default:
      // What a schema of ours says by itself stands in English.
      return say({ zh: '不符合要求', en: issue.message ?? 'not as required' });
  }
}

function limitOf({ code, origin = '', minimum = 0, maximum = 0 }: SchemaIssue): Words {
  const unit = units[origin];
  if (code === 'too_small')
    return unit === undefined
      ? { zh: `不能小于 ${minimum}`, en: `expected ${minimum} or more` }
      : { zh: `至少 ${minimum}${unit.zh}`, en: `expected at least ${minimum}${unit.en}` };
  return unit === undefined
    ? { zh: `不能大于 ${maximum}`, en: `expected ${maximum} or less` }
    : { zh: `最多 ${maximum}${unit.zh}`, en: `expected at most ${maximum}${unit.en}` };
}
