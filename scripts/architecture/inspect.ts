import { parseSync } from 'rolldown/utils';

export interface ImportOf {
  readonly to: string;
  readonly line: number;
  readonly typesOnly: boolean;
  readonly reExport: boolean;
}

export interface FunctionOf {
  readonly line: number;
  readonly lines: number;
}

/** A value read from the outside world by its global name: `Date.now`, `new Date()`, `Math.random`, `.getHours()` … */
export interface ImpureUse {
  readonly what: string;
  readonly line: number;
}

export interface Inspected {
  readonly lines: number;
  readonly imports: readonly ImportOf[];
  readonly functions: readonly FunctionOf[];
  readonly impure: readonly ImpureUse[];
  readonly readsEnvironment: readonly number[];
}

type Node = { readonly type: string; readonly start: number; readonly end: number } & Record<string, unknown>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Calls `visit` for every node with its parent and the parent's property that holds it. */
function walk(node: Node, visit: (node: Node, parent: Node | undefined, key: string) => void, parent?: Node, key = ''): void {
  visit(node, parent, key);
  for (const [name, value] of Object.entries(node)) {
    if (Array.isArray(value)) for (const item of value) isNode(item) && walk(item, visit, node, name);
    else if (isNode(value)) walk(value, visit, node, name);
  }
}

/** Globals that a pure package may not even name; `Date` and `Math` have pure members and are looked at more closely. */
const forbiddenGlobals = new Set([
  ...['globalThis', 'process', 'performance', 'crypto', 'console', 'Intl', 'fetch', 'eval', 'Function'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'require', 'Buffer'],
]);
/** Members that ask the host for its time zone or locale. */
const hostMembers = /^(get(Hours|Minutes|Day|Date|Month|FullYear|TimezoneOffset)|toLocale\w*|localeCompare)$/;
const pureDateMembers = new Set(['UTC', 'parse']);

const nameOf = (node: unknown): string | undefined =>
  isNode(node) && node.type === 'Identifier' ? String((node as { name?: unknown }).name) : undefined;

function impureUse(node: Node, parent: Node | undefined, key: string): string | undefined {
  if (node.type === 'MemberExpression') {
    const property = node['computed'] === true ? undefined : nameOf(node['property']);
    if (nameOf(node['object']) === 'Math' && property === 'random') return 'Math.random';
    if (nameOf(node['object']) === 'Math' && property === undefined) return 'Math[…]';
    if (property && hostMembers.test(property)) return `.${property}()`;
    return undefined;
  }
  const name = nameOf(node);
  if (name === undefined) return undefined;
  const isPropertyName = (key === 'property' && parent?.['computed'] !== true) || (key === 'key' && parent?.['computed'] !== true);
  const isType = parent?.type.startsWith('TS') === true;
  if (isPropertyName || isType) return undefined;
  if (name === 'Math' && parent?.type !== 'MemberExpression') return 'Math handed on';
  if (name === 'Date') return impureDate(parent, key);
  return forbiddenGlobals.has(name) ? name : undefined;
}

/** `Date.UTC(…)`, `Date.parse(…)` and `new Date(ms)` depend on their arguments alone; everything else may read the clock. */
function impureDate(parent: Node | undefined, key: string): string | undefined {
  if (parent?.type === 'MemberExpression' && key === 'object') {
    const member = nameOf(parent['property']);
    return member && pureDateMembers.has(member) && parent['computed'] !== true ? undefined : `Date.${member ?? '…'}`;
  }
  if (parent?.type === 'NewExpression' && key === 'callee') {
    return (parent['arguments'] as unknown[]).length > 0 ? undefined : 'new Date()';
  }
  if (parent?.type === 'BinaryExpression' && key === 'right') return undefined;
  return 'Date handed on';
}

/** Imports, function lengths and uses of the outside world of one source file. Throws when the file does not parse. */
export function inspect(file: string, text: string): Inspected {
  const { program, module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const lineOf = lineFinder(text);
  const functions: FunctionOf[] = [];
  const impure: ImpureUse[] = [];
  const readsEnvironment: number[] = [];
  walk(program as unknown as Node, (node, parent, key) => {
    if (/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type))
      functions.push({ line: lineOf(node.start), lines: lineOf(node.end) - lineOf(node.start) + 1 });
    if (node.type === 'MemberExpression' && nameOf(node['object']) === 'process' && nameOf(node['property']) === 'env')
      readsEnvironment.push(lineOf(node.start));
    const what = impureUse(node, parent, key);
    if (what) impure.push({ what, line: lineOf(node.start) });
  });
  return { lines: text.split('\n').length - 1, imports: importsOf(module, text, lineOf), functions, impure, readsEnvironment };
}

function importsOf(module: ReturnType<typeof parseSync>['module'], text: string, lineOf: (offset: number) => number): ImportOf[] {
  return [
    ...module.staticImports.map((entry) => ({
      to: entry.moduleRequest.value,
      line: lineOf(entry.start),
      typesOnly: entry.entries.length > 0 && entry.entries.every((e) => e.isType),
      reExport: false,
    })),
    ...module.staticExports.flatMap((entry) =>
      entry.entries
        .slice(0, 1)
        .flatMap((e) =>
          e.moduleRequest ? [{ to: e.moduleRequest.value, line: lineOf(entry.start), typesOnly: e.isType, reExport: true }] : [],
        ),
    ),
    ...module.dynamicImports.map((entry) => ({
      to: text.slice(entry.moduleRequest.start + 1, entry.moduleRequest.end - 1),
      line: lineOf(entry.start),
      typesOnly: false,
      reExport: false,
    })),
  ];
}

function lineFinder(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}
