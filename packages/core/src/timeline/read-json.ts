/** A JSON value with the column (from 1) at which it stands, so that a fault in it can be shown. */
export interface JsonNode {
  readonly column: number;
  readonly value: string | number | boolean | null | readonly JsonNode[] | ReadonlyMap<string, JsonNode>;
}

/** What was expected at a column, and what stands there. */
export interface JsonFault {
  readonly column: number;
  readonly expected: string;
  readonly found: string;
}

/** Deepest nesting that is read. */
const deepest = 16;

/** Reads one JSON text (RFC 8259) that stands on one line. Refuses duplicate keys and nesting beyond 16. */
export function readJson(text: string): JsonNode | JsonFault {
  const cursor: Cursor = { text, at: 0 };
  const node = readValue(cursor, 0);
  if (isFault(node)) return node;
  skipSpace(cursor);
  return cursor.at === text.length ? node : faultAt(cursor, 'the end of the line');
}

export function isFault(read: JsonNode | JsonFault): read is JsonFault {
  return 'expected' in read;
}

interface Cursor {
  readonly text: string;
  at: number;
}

function readValue(cursor: Cursor, depth: number): JsonNode | JsonFault {
  skipSpace(cursor);
  if (depth > deepest) return faultAt(cursor, `at most ${deepest} levels`);
  const column = cursor.at + 1;
  const first = cursor.text[cursor.at];
  if (first === '{') return readObject(cursor, depth);
  if (first === '[') return readList(cursor, depth);
  const scalar = first === '"' ? readString(cursor) : readWord(cursor);
  return typeof scalar === 'object' && scalar !== null ? scalar : { column, value: scalar };
}

function readObject(cursor: Cursor, depth: number): JsonNode | JsonFault {
  const column = cursor.at + 1;
  const members = new Map<string, JsonNode>();
  cursor.at += 1;
  if (take(cursor, '}')) return { column, value: members };
  for (;;) {
    skipSpace(cursor);
    const keyAt = cursor.at;
    const key = readString(cursor);
    if (typeof key === 'object') return key;
    if (members.has(key)) return { column: keyAt + 1, expected: 'each key once', found: `“${key}” again` };
    if (!take(cursor, ':')) return faultAt(cursor, '“:”');
    const value = readValue(cursor, depth + 1);
    if (isFault(value)) return value;
    members.set(key, value);
    if (take(cursor, '}')) return { column, value: members };
    if (!take(cursor, ',')) return faultAt(cursor, '“,” or “}”');
  }
}

function readList(cursor: Cursor, depth: number): JsonNode | JsonFault {
  const column = cursor.at + 1;
  const items: JsonNode[] = [];
  cursor.at += 1;
  if (take(cursor, ']')) return { column, value: items };
  for (;;) {
    const item = readValue(cursor, depth + 1);
    if (isFault(item)) return item;
    items.push(item);
    if (take(cursor, ']')) return { column, value: items };
    if (!take(cursor, ',')) return faultAt(cursor, '“,” or “]”');
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259 forbids them inside a string, so they must be named
const stringForm = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const wordForm = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y;

function readString(cursor: Cursor): string | JsonFault {
  const found = match(cursor, stringForm);
  return found === undefined ? faultAt(cursor, 'a text in double quotes') : (JSON.parse(found) as string);
}

function readWord(cursor: Cursor): number | boolean | null | JsonFault {
  const found = match(cursor, wordForm);
  return found === undefined ? faultAt(cursor, 'a JSON value') : (JSON.parse(found) as number | boolean | null);
}

function match(cursor: Cursor, form: RegExp): string | undefined {
  form.lastIndex = cursor.at;
  const found = form.exec(cursor.text)?.[0];
  if (found !== undefined) cursor.at += found.length;
  return found;
}

function take(cursor: Cursor, sign: string): boolean {
  skipSpace(cursor);
  if (cursor.text[cursor.at] !== sign) return false;
  cursor.at += 1;
  return true;
}

function skipSpace(cursor: Cursor): void {
  while (cursor.at < cursor.text.length && ' \t\r\n'.includes(cursor.text[cursor.at] ?? '')) cursor.at += 1;
}

function faultAt(cursor: Cursor, expected: string): JsonFault {
  const rest = cursor.text.slice(cursor.at, cursor.at + 20);
  return { column: cursor.at + 1, expected, found: rest === '' ? 'the end of the line' : `“${rest}”` };
}
