import { templateFaults } from '@threerings/core/acting/templates';
import { type ActTemplate, actTemplate, type TemplatesChanged } from '@threerings/core/wire/acting';
import { z } from 'zod';

type Fault = TemplatesChanged['faults'][number];
type Words = Fault['expected'];

/** Reads products as they were sent: all of them, or every fault at its place (`1.fields.0.name.zh`). */
export function readTemplates(given: readonly unknown[]): readonly ActTemplate[] | { readonly faults: readonly Fault[] } {
  const read = z.array(actTemplate).safeParse(given);
  if (!read.success) return { faults: read.error.issues.slice(0, mostFaults).map((issue) => faultOf(issue, given)) };
  const faults = templateFaults(read.data).map(({ place, found }) => ({
    place: place.slice('acting.'.length),
    expected: place.endsWith('.when.field') ? ownField : unlike,
    found,
  }));
  return faults.length > 0 ? { faults: faults.slice(0, mostFaults) } : read.data;
}

const mostFaults = 50;
const ownField: Words = { zh: '这种产品的一个要素', en: 'a field of this product' };
const unlike: Words = { zh: '和别的不重复的编号', en: 'an id of its own' };

function faultOf(issue: z.core.$ZodIssue, given: unknown): Fault {
  const found = issue.path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), given);
  return {
    place: issue.path.join('.'),
    expected: wanted(issue),
    found: found === undefined ? '' : String(JSON.stringify(found)).slice(0, 80),
  };
}

function wanted(issue: z.core.$ZodIssue): Words {
  switch (issue.code) {
    case 'too_small':
      return issue.origin === 'string'
        ? { zh: '不能空着', en: 'something' }
        : { zh: `至少 ${issue.minimum} 项`, en: `at least ${issue.minimum}` };
    case 'too_big':
      return issue.origin === 'string'
        ? { zh: `至多 ${issue.maximum} 个字`, en: `at most ${issue.maximum} characters` }
        : { zh: `至多 ${issue.maximum} 项`, en: `at most ${issue.maximum}` };
    case 'invalid_format':
      return { zh: '编号：字母、数字、点、短横或下划线，至多 64 个', en: 'an id: letters, digits, dot, dash or underscore; at most 64' };
    case 'unrecognized_keys':
      return { zh: `没有这些内容：${issue.keys.join('、')}`, en: `nothing called ${issue.keys.join(', ')}` };
    default:
      return { zh: '产品的完整内容', en: 'a complete product' };
  }
}
