/**
 * What browsers of the baseline lack beyond syntax, which the build takes care of (`vite.config.ts`): Chromium 80 and iOS 14, as inside
 * WeChat on telephones that nobody updates. Only what the first pages use; a browser that has it keeps its own.
 */
type Missing = Readonly<Record<string, (this: never, ...given: never[]) => unknown>>;

const ofLists: Missing = {
  at(this: ArrayLike<unknown>, index: number) {
    return this[index < 0 ? this.length + index : index];
  },
  findLast(this: readonly unknown[], accepts: (one: unknown, index: number) => boolean) {
    return this[lastIndex(this, accepts)];
  },
  findLastIndex(this: readonly unknown[], accepts: (one: unknown, index: number) => boolean) {
    return lastIndex(this, accepts);
  },
};

const ofTexts: Missing = {
  at(this: string, index: number) {
    return this[index < 0 ? this.length + index : index];
  },
  replaceAll(this: string, what: string | RegExp, by: string) {
    return typeof what === 'string' ? this.split(what).join(by) : this.replace(what, by);
  },
};

const ofObjects: Missing = {
  hasOwn: (of: object, name: PropertyKey) => Object.hasOwn(of, name),
};

function lastIndex(list: readonly unknown[], accepts: (one: unknown, index: number) => boolean): number {
  for (let index = list.length - 1; index >= 0; index -= 1) if (accepts(list[index], index)) return index;
  return -1;
}

function fillIn(target: object, missing: Missing): void {
  for (const [name, value] of Object.entries(missing))
    if (!(name in target)) Object.defineProperty(target, name, { value, writable: true, configurable: true });
}

fillIn(Array.prototype, ofLists);
fillIn(String.prototype, ofTexts);
fillIn(Object, ofObjects);
