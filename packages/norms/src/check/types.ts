import type { Bilingual } from '../problem.ts';
import type { Arith, ResolvedExpression, Unit, ValueType } from '../tree.ts';
import type { FieldType } from '../vocabulary.ts';

export const typeNames: Readonly<Record<ValueType, Bilingual>> = {
  duration: { zh: '时长', en: 'a duration' },
  rings: { zh: '声数', en: 'a number of rings' },
  number: { zh: '数', en: 'a number' },
  ratio: { zh: '比例', en: 'a ratio' },
  rate: { zh: '语速', en: 'a speech rate' },
  db: { zh: '音量', en: 'a loudness' },
  text: { zh: '文字', en: 'a text' },
  bool: { zh: '是否', en: 'a truth value' },
  list: { zh: '清单', en: 'a list' },
  instant: { zh: '时刻', en: 'an instant' },
  any: { zh: '未知', en: 'anything' },
};

const unitTypes: Partial<Readonly<Record<Unit, ValueType>>> = {
  ms: 'duration',
  s: 'duration',
  min: 'duration',
  h: 'duration',
  d: 'duration',
  wd: 'duration',
  wh: 'duration',
  ring: 'rings',
  pct: 'ratio',
  cpm: 'rate',
  db: 'db',
};

/** What a field of an event is when a norm looks at it. */
export const fieldTypes: Readonly<Record<FieldType, ValueType>> = {
  ms: 'duration',
  rings: 'rings',
  count: 'number',
  ratio: 'ratio',
  rate: 'rate',
  db: 'db',
  bool: 'bool',
  text: 'text',
  ref: 'text',
  id: 'text',
  enum: 'text',
  instant: 'instant',
  list: 'list',
};

/** A number agrees with rings and with a ratio; nothing else converts. */
export function agree(a: ValueType, b: ValueType): boolean {
  if (a === b || a === 'any' || b === 'any') return true;
  const other = a === 'number' ? b : b === 'number' ? a : undefined;
  return other === 'ratio' || other === 'rings';
}

/** Where the types of names are looked up. */
export interface TypeScope {
  readonly variables: ReadonlyMap<string, ValueType>;
  readonly triggerFields: ReadonlyMap<string, ValueType>;
}

export function typeOf(e: ResolvedExpression, scope: TypeScope): ValueType {
  switch (e.kind) {
    case 'str':
    case 'symbol':
    case 'attribute':
      return 'text';
    case 'bool':
      return 'bool';
    case 'listOf':
      return 'list';
    case 'quantity':
      return e.unit === undefined ? 'number' : (unitTypes[e.unit] ?? 'number');
    case 'variable':
      return scope.variables.get(e.name) ?? 'any';
    case 'trigField':
      return scope.triggerFields.get(e.field) ?? 'any';
    case 'count':
      return 'number';
    case 'tod':
    case 'clock':
    case 'since':
    case 'duration':
    case 'longest':
    case 'responseGap':
      return 'duration';
    case 'share':
    case 'mood':
      return 'ratio';
    case 'rate':
      return 'rate';
    case 'loudness':
      return 'db';
    case 'arith':
      return typeOfArith(e.op, typeOf(e.left, scope), typeOf(e.right, scope));
    case 'field':
      return 'any';
  }
}

function typeOfArith(op: Arith['op'], left: ValueType, right: ValueType): ValueType {
  if (op === '*') return left === 'number' ? right : left;
  if (op === '/') return left === right ? 'ratio' : left;
  if (op === '-' && left === 'instant' && right === 'instant') return 'duration';
  return left;
}

/** May these be added or subtracted? An instant and a duration give an instant. */
export function addable(op: Arith['op'], left: ValueType, right: ValueType): boolean {
  if (left === 'instant' && right === 'duration') return true;
  if (left === 'instant' && right === 'instant') return op === '-';
  return agree(left, right);
}
