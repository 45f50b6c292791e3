import type { ActTemplate } from '@threerings/core/wire/acting';

/** A product as it is being edited: names may still be empty, choices are lines of `value | 中文 | English`. */
export interface ProductDraft {
  /** stays the same while the product is edited, and never travels */
  readonly key: string;
  readonly template: string;
  readonly zh: string;
  readonly en: string;
  readonly rights: ActTemplate['rights'];
  readonly fields: readonly FieldDraft[];
  readonly extras: readonly ExtraDraft[];
}

export interface FieldDraft {
  readonly key: string;
  readonly field: string;
  readonly zh: string;
  readonly en: string;
  readonly choices: string;
  readonly optional: boolean;
}

export interface ExtraDraft {
  readonly key: string;
  readonly item: string;
  readonly zh: string;
  readonly en: string;
  readonly sayZh: string;
  readonly sayEn: string;
  readonly whenField: string;
  readonly whenIs: string;
  readonly medium: '' | 'call' | 'chat';
  readonly advice: boolean;
}

export const emptyField = (key: string): FieldDraft => ({ key, field: '', zh: '', en: '', choices: '', optional: false });
export const emptyExtra = (key: string): ExtraDraft => ({
  ...{ key, item: '', zh: '', en: '', sayZh: '', sayEn: '' },
  ...{ whenField: '', whenIs: '', medium: '', advice: false },
});
export const emptyProduct = (key: string): ProductDraft => ({
  ...{ key, template: '', zh: '', en: '', rights: ['owner', 'authorised'] },
  ...{ fields: [emptyField(`${key}-1`)], extras: [] },
});

export function draftOf({ template, name, rights, fields, extras }: ActTemplate, key: string): ProductDraft {
  return {
    ...{ key, template, ...name, rights },
    fields: fields.map(({ field, name: { zh, en }, choices = [], optional = false }, n) => ({
      ...{ key: `${key}-f${n}`, field, zh, en, optional },
      choices: choices.map((choice) => `${choice.value} | ${choice.name.zh} | ${choice.name.en}`).join('\n'),
    })),
    extras: extras.map(
      ({ item, name: { zh, en }, say, when, medium, advice = false }, n): ExtraDraft => ({
        ...{ key: `${key}-e${n}`, item, zh, en, medium: medium ?? '', advice },
        ...{ sayZh: say?.zh ?? '', sayEn: say?.en ?? '', whenField: when?.field ?? '', whenIs: when?.is ?? '' },
      }),
    ),
  };
}

/** What is sent; the server says what of it does not check, and where. */
export function productOf({ template, zh, en, rights, fields, extras }: ProductDraft): unknown {
  return {
    ...{ template: template.trim(), name: named(zh, en), rights },
    fields: fields.map((field) => ({
      ...{ field: field.field.trim(), name: named(field.zh, field.en) },
      ...(field.choices.trim() === '' ? {} : { choices: choicesOf(field.choices) }),
      ...(field.optional ? { optional: true } : {}),
    })),
    extras: extras.map(({ item, sayZh, sayEn, whenField, whenIs, medium, advice, ...extra }) => ({
      ...{ item: item.trim(), name: named(extra.zh, extra.en) },
      ...(sayZh.trim() === '' && sayEn.trim() === '' ? {} : { say: named(sayZh, sayEn) }),
      ...(whenField === '' ? {} : { when: { field: whenField, is: whenIs.trim() } }),
      ...(medium === '' ? {} : { medium }),
      ...(advice ? { advice: true } : {}),
    })),
  };
}

const named = (zh: string, en: string) => ({ zh: zh.trim(), en: en.trim() });

/** `value | 中文 | English`, one a line; without English the Chinese stands for both. */
export function choicesOf(text: string): unknown[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const [value = '', zh = '', en = ''] = line.split('|').map((part) => part.trim());
    return { value, name: { zh: zh || value, en: en || zh || value } };
  });
}
