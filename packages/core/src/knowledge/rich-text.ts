/** A run of text in one manner. A link goes to the web, a telephone or a mailbox, nowhere else. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

/** A small part of Markdown, as data: whoever shows it makes elements of it and never markup. HTML stays the characters that it is. */
export type Block =
  | { readonly kind: 'heading'; readonly parts: readonly Part[] }
  | { readonly kind: 'paragraph'; readonly parts: readonly Part[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Part[])[] };

/** Control characters, and those that turn the direction of writing around to make a text look other than it is. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const unwanted = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** What of a text is stored: line ends are one kind, no control characters, no more than two empty lines. Doing it again changes nothing. */
export function cleanText(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(unwanted, '')
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/\n{4,}/g, '\n\n\n')
    .trim();
}

const item = /^(?:[-*]|(\d{1,3})[.)、])\s+(.+)$/;
const heading = /^#{1,4}\s+(.+)$/;

/** Reads `# heading`, `- item`, `1. item`, `**strong**` and `[words](https://…)`; everything else is text. Never fails. */
export function readRichText(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const close = () => {
    if (paragraph.length > 0) blocks.push({ kind: 'paragraph', parts: partsOf(paragraph.join('\n')) });
    paragraph = [];
  };
  for (const line of cleanText(text).split('\n')) {
    const [, title] = heading.exec(line) ?? [];
    const [found, number, words = ''] = item.exec(line) ?? [];
    if (title !== undefined) {
      close();
      blocks.push({ kind: 'heading', parts: partsOf(title) });
    } else if (found !== undefined) {
      close();
      listed(blocks, number !== undefined, partsOf(words));
    } else if (line.trim() === '') close();
    else paragraph.push(line);
  }
  close();
  return blocks;
}

function listed(blocks: Block[], ordered: boolean, parts: readonly Part[]): void {
  const last = blocks.at(-1);
  if (last?.kind === 'list' && last.ordered === ordered) blocks[blocks.length - 1] = { ...last, items: [...last.items, parts] };
  else blocks.push({ kind: 'list', ordered, items: [parts] });
}

const inline = /\*\*([^*\n]{1,500})\*\*|\[([^\]\n]{1,200})\]\(([^()\s]{1,500})\)/g;
const safe = /^(?:https?:\/\/[^\s/]|tel:[+\d*#-]+$|mailto:[^\s@]+@[^\s@]+$)/i;

function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const match of text.matchAll(inline)) {
    const [whole, strong, words = '', href = ''] = match;
    const part: Part | undefined =
      strong !== undefined ? { kind: 'strong', text: strong } : safe.test(href) ? { kind: 'link', text: words, href } : undefined;
    if (part === undefined) continue;
    if (match.index > at) parts.push({ kind: 'text', text: text.slice(at, match.index) });
    parts.push(part);
    at = match.index + whole.length;
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
  return parts;
}

/** The words alone, for a line of a list. */
export function plainText(text: string): string {
  const words = (parts: readonly Part[]) => parts.map((part) => part.text).join('');
  return readRichText(text)
    .map((block) => (block.kind === 'list' ? block.items.map(words).join(' ') : words(block.parts)))
    .join(' ')
    .replaceAll(/\s+/g, ' ');
}
