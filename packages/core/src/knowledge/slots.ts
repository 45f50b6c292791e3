const slot = /\{([^{}]*)\}/g;
const name = /^[\p{L}\p{N}_]{1,20}$/u;

/** Names of the slots of a sentence, each once: “{姓名}，您好” has 姓名. */
export function slotsOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(slot)].map(([, found = '']) => found).filter((found) => name.test(found)))];
}

/** The first brace that is no slot, as written; undefined where all are. */
export function slotFault(text: string): string | undefined {
  const wrong = [...text.matchAll(slot)].find(([, found = '']) => !name.test(found))?.[0];
  return wrong ?? /[{}]/.exec(text.replaceAll(slot, ''))?.[0];
}

/** The sentence with what is known filled in. What is not known stays visible as {name} and is listed. */
export function fillSlots(
  text: string,
  values: Readonly<Record<string, string>>,
): { readonly text: string; readonly missing: readonly string[] } {
  const known = (found: string): string | undefined => (Object.hasOwn(values, found) ? values[found]?.trim() : undefined);
  const filled = text.replaceAll(slot, (whole, found: string) => known(found) || whole);
  return { text: filled, missing: slotsOf(text).filter((found) => !known(found)) };
}
