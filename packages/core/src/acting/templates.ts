import { canonical } from '../timeline/canonical.ts';
import type { ActTemplate, PlanValues, TemplateExtra } from '../wire/acting.ts';

const both = ['owner', 'authorised'] as const;
const field = (id: string, zh: string, en: string) => ({ field: id, name: { zh, en } });

const expiry: TemplateExtra = {
  item: 'expiry',
  name: { zh: '到期时间', en: 'when it expires' },
  say: { zh: '您的余额到期日是……', en: 'Your balance expires on …' },
};

/** The templates that ship: the field lists of S1h for calls (S1h-11 to S1h-17) and for WeChat (S1h-24 to S1h-30). */
export const deliveredTemplates: readonly ActTemplate[] = [
  {
    template: 'refresh',
    name: { zh: '职位刷新', en: 'Refreshing positions' },
    rights: [...both],
    fields: [
      field('positions', '职位及条数', 'positions and how many'),
      field('premium-days', '精品天数', 'premium days'),
      field('refreshes', '刷新次数', 'refreshes'),
      field('resources', '消耗资源量', 'resources used'),
    ],
    extras: [],
  },
  {
    template: 'promotion',
    name: { zh: '职位推广', en: 'Promoting positions' },
    rights: [...both],
    fields: [
      field('positions', '职位', 'positions'),
      field('product', '推广产品', 'promotion product'),
      field('budget', '预算', 'budget'),
      field('duration', '时长', 'duration'),
      {
        ...field('mode', '推广模式', 'mode'),
        choices: [
          { value: 'normal', name: { zh: '普通', en: 'normal' } },
          { value: 'accelerated', name: { zh: '加速', en: 'accelerated' } },
        ],
      },
    ],
    extras: [
      {
        item: 'surcharge',
        name: { zh: '加速模式扣费更高', en: 'the accelerated mode costs more' },
        say: { zh: '加速模式的扣费比普通模式高，您确定要用吗', en: 'The accelerated mode costs more than the normal one: do you want it?' },
        when: { field: 'mode', is: 'accelerated' },
      },
    ],
  },
  {
    template: 'clear-balance',
    name: { zh: '清余额', en: 'Using up the balance' },
    rights: [...both],
    fields: [
      field('positions', '职位', 'positions'),
      field('product', '增值产品', 'add-on product'),
      field('duration', '增值时长', 'add-on duration'),
    ],
    extras: [
      {
        item: 'balance',
        name: { zh: '剩余推广币', en: 'coins that are left' },
        say: { zh: '您还剩推广币……个', en: 'You have … coins left' },
        medium: 'call',
      },
      expiry,
    ],
  },
  {
    template: 'resumes',
    name: { zh: '简历点使用', en: 'Using resume points' },
    rights: [...both],
    fields: [
      field('points', '使用点数', 'points to use'),
      field('way', '消耗方式', 'how they are used'),
      field('validity', '剩余有效期', 'remaining validity'),
    ],
    extras: [
      {
        item: 'advice',
        name: { zh: '建议合理安排', en: 'advice on using them well' },
        say: { zh: '建议您分几次用，免得过期', en: 'I suggest using them in portions, so that none expire' },
        advice: true,
      },
    ],
  },
];

export type Medium = 'call' | 'chat';

/** Fields of the template that the plan leaves empty. */
export function missingIn({ fields }: ActTemplate, values: PlanValues): readonly string[] {
  return fields.filter(({ field: id, optional }) => optional !== true && (values[id] ?? '') === '').map(({ field: id }) => id);
}

/** A field that the template does not have, or a value that is none of its choices. */
export function strangeIn({ fields }: ActTemplate, values: PlanValues): string | undefined {
  return Object.entries(values).find(([id, value]) => {
    const known = fields.find((one) => one.field === id);
    return known === undefined || (value !== '' && known.choices?.every((choice) => choice.value !== value) === true);
  })?.[0];
}

/** What the customer has to be told of this plan in this medium. */
export function extrasOf({ extras }: ActTemplate, values: PlanValues, medium: Medium): readonly TemplateExtra[] {
  return extras.filter((extra) => {
    const applies = extra.when === undefined || values[extra.when.field] === extra.when.is;
    return applies && (extra.medium === undefined || extra.medium === medium);
  });
}

/** The plan with each value trimmed and without empty ones: what two equal plans have in common. */
export function tidied(values: PlanValues): PlanValues {
  const kept = Object.entries(values).flatMap(([id, value]): [string, string][] => (value.trim() === '' ? [] : [[id, value.trim()]]));
  return Object.fromEntries(kept);
}

/** The one text of a plan that its digest is taken of: another operation, field or value gives another text. */
export function planText(proxy: string, template: string, values: PlanValues): string {
  return canonical({ proxy, template, values: tidied(values) });
}

/** What is wrong with a hotline's own templates, and where: `acting.1.extras.0.when.field`. */
export function templateFaults(templates: readonly ActTemplate[]): readonly TemplateFault[] {
  const named = twice(
    templates.map(({ template }) => template),
    (n) => `acting.${n}.template`,
  );
  return [...named, ...templates.flatMap((template, n) => faultsOf(template, `acting.${n}`))];
}

interface TemplateFault {
  readonly place: string;
  readonly expected: string;
  readonly found: string;
}

function faultsOf({ fields, extras }: ActTemplate, place: string): readonly TemplateFault[] {
  const ids = fields.map(({ field: id }) => id);
  const items = extras.map(({ item }) => item);
  const strangers = extras.flatMap(({ when }, n) =>
    when === undefined || ids.includes(when.field)
      ? []
      : [{ place: `${place}.extras.${n}.when.field`, expected: 'a field of this product', found: when.field }],
  );
  return [...twice(ids, (n) => `${place}.fields.${n}.field`), ...twice(items, (n) => `${place}.extras.${n}.item`), ...strangers];
}

function twice(ids: readonly string[], place: (n: number) => string): readonly TemplateFault[] {
  return ids.flatMap((id, n) => (ids.indexOf(id) === n ? [] : [{ place: place(n), expected: 'an id of its own', found: id }]));
}
