import type { Tongue } from '../problem.ts';
import type { Lexicon } from '../syntax/lexicon.ts';
import { printExpression } from '../syntax/print-terms.ts';
import type { Expression } from '../tree.ts';
import type { Names } from './names.ts';

/** Parameters that name parameters that name …; deeper than this is a circle, which the checker refuses. */
const deepest = 8;

/**
 * A text with the values of the parameters and lists that it names in braces, as people read them: “铃响{max_rings}内接起” →
 * “铃响3声内接起”. Calls `unknown` for a name that is neither, and leaves it as it stands.
 */
export function fillIn(text: string, tongue: Tongue, names: Names, lexicon: Lexicon, unknown: (name: string) => void): string {
  return text.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const list = names.lists.get(name);
    const value = finalValue({ kind: 'param', name }, names);
    if (list === undefined && value === undefined) {
      if (!names.params.has(name)) unknown(name);
      return whole;
    }
    const items = list?.items ?? (value?.kind === 'listOf' ? value.items : [value]);
    const words = items.flatMap((item) => (item === undefined ? [] : [inWords(item, tongue, names, lexicon)]));
    return words.join(tongue === 'zh' ? '、' : ', ');
  });
}

type Reference = { readonly kind: 'param'; readonly name: string };

/** What a parameter comes to in the end; undefined where it has no value. */
function finalValue(e: Expression | Reference, names: Names): Expression | undefined {
  let value: Expression | Reference | undefined = e;
  for (let depth = 0; depth < deepest && value?.kind === 'param'; depth++) value = names.params.get(value.name)?.value;
  return value?.kind === 'param' ? undefined : value;
}

function inWords(item: Expression, tongue: Tongue, names: Names, lexicon: Lexicon): string {
  const value = finalValue(item, names) ?? item;
  if (value.kind === 'str') return value.value;
  const printed = printExpression({ lexicon, tongue }, value);
  return tongue === 'zh' ? printed.replaceAll(' ', '') : printed;
}
