/** Longest envelope that is read, characters, and the elements in it: strangers send it, and each may cost a look at the whole rest. */
const longest = 65_536;
const mostElements = 64;
const element = /<([A-Za-z][A-Za-z0-9_]{0,63})>(?:<!\[CDATA\[([\s\S]*?)\]\]>|([^<]*))<\/\1>\s*/y;
const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' };

/**
 * The elements of `<xml><Name>text</Name>…</xml>`, the one form in which WeCom and WeChat write their callbacks; one that holds elements
 * of its own is left out. Undefined where it is anything else: no attributes, no DTD, no references but the five.
 * A whole XML parser would read much more from strangers than was ever meant to be sent.
 */
export function flatXml(text: string): Readonly<Record<string, string>> | undefined {
  const whole = text.length > longest ? '' : text.trim();
  if (!whole.startsWith('<xml>') || !whole.endsWith('</xml>')) return undefined;
  const inner = whole.slice('<xml>'.length, -'</xml>'.length).trim();
  const found: Record<string, string> = {};
  let at = 0;
  for (let elements = 0; at < inner.length; elements += 1) {
    if (elements === mostElements) return undefined;
    element.lastIndex = at;
    const [read, name, data, plain] = element.exec(inner) ?? [];
    if (read === undefined || name === undefined) {
      const after = pastNested(inner, at);
      if (after === undefined) return undefined;
      at = after;
      continue;
    }
    found[name] ??= data ?? (plain ?? '').replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => entities[entity] ?? entity);
    at += read.length;
  }
  return found;
}

/** Where an element ends that holds others. */
function pastNested(text: string, at: number): number | undefined {
  const name = /^<([A-Za-z][A-Za-z0-9_]{0,63})>/.exec(text.slice(at, at + 66))?.[1];
  const end = name === undefined ? -1 : text.indexOf(`</${name}>`, at);
  if (name === undefined || end < 0) return undefined;
  const after = end + name.length + 3;
  return after + (/^\s*/.exec(text.slice(after))?.[0].length ?? 0);
}
