/** Reads JSON that another program wrote: every field has a type and a bound, everything else is left out. */

export interface Shape<T> {
  /** the type as Asterisk's api-docs name it, so that a test can hold one against the other */
  readonly is: string;
  /** Undefined = it is not of this shape. */
  read(value: unknown): T | undefined;
}

interface Maybe<T> {
  readonly maybe: Shape<T>;
}

type Field = Shape<unknown> | Maybe<unknown>;
type Fields = Readonly<Record<string, Field>>;
type Always<F extends Fields> = { readonly [K in keyof F as F[K] extends Maybe<unknown> ? never : K]: ValueOf<F[K]> };
type Sometimes<F extends Fields> = { readonly [K in keyof F as F[K] extends Maybe<unknown> ? K : never]?: ValueOf<F[K]> };
type ValueOf<F> = F extends Maybe<infer T> ? T : F extends Shape<infer T> ? T : never;

export interface ModelShape<T> extends Shape<T> {
  readonly fields: Fields;
}

export type Read<S> = S extends Shape<infer T> ? T : never;

/** A text of at most `max` UTF-16 units. */
export const text = (max: number): Shape<string> => ({
  is: 'string',
  read: (value) => (typeof value === 'string' && value.length <= max ? value : undefined),
});

export const whole: Shape<number> = {
  is: 'int',
  read: (value) => (Number.isSafeInteger(value) ? (value as number) : undefined),
};

/** A time as ISO 8601 with an offset, read as ms since the epoch. */
export const instant: Shape<number> = {
  is: 'Date',
  read(value) {
    if (typeof value !== 'string' || value.length > 40) return undefined;
    const at = Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
    return Number.isNaN(at) ? undefined : at;
  },
};

export const maybe = <T>(shape: Shape<T>): Maybe<T> => ({ maybe: shape });

export const list = <T>(item: Shape<T>, max: number): Shape<readonly T[]> => ({
  is: `List[${item.is}]`,
  read(value) {
    if (!Array.isArray(value) || value.length > max) return undefined;
    const items = value.map((each) => item.read(each));
    return items.includes(undefined) ? undefined : (items as T[]);
  },
});

/** An object with these fields; others are ignored. */
export function model<F extends Fields>(name: string, fields: F): ModelShape<Always<F> & Sometimes<F>> {
  return {
    is: name,
    fields,
    read(value) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
      const read: Record<string, unknown> = {};
      for (const [key, field] of Object.entries(fields)) {
        const found = (value as Record<string, unknown>)[key];
        const optional = 'maybe' in field;
        if (found === undefined && optional) continue;
        const each = (optional ? field.maybe : field).read(found);
        if (each === undefined) return undefined;
        read[key] = each;
      }
      return read as Always<F> & Sometimes<F>;
    },
  };
}
