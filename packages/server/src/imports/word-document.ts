import mammoth from 'mammoth';
import { faulty, type Imported } from './fault.ts';
import { officeFault, soundOffice } from './office-file.ts';

/** A piece of a document in its order; `line`: which paragraph it is, from 1. Texts are in the small Markdown of articles. */
export type WordBlock =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string; readonly line: number }
  | { readonly kind: 'paragraph' | 'item'; readonly ordered: boolean; readonly text: string; readonly line: number };

export interface WordText {
  readonly blocks: readonly WordBlock[];
  /** pictures that were left out */
  readonly pictures: number;
}

/** A text of far more pages than anybody looks up during a call. */
const limits = { entries: 5000, total: 24 * 1024 * 1024 };
const parts = /^(\[Content_Types\]\.xml|_rels\/\.rels|word\/(document|styles|numbering)\d*\.xml|word\/_rels\/document\d*\.xml\.rels)$/;

/**
 * The text of a .docx (ECMA-376 WordprocessingML): headings by their style, lists, bold, links, rows of tables. What was deleted with
 * changes tracked is not there; pictures, notes and frames are left out. Refused: damaged, protected or too large a file.
 */
export async function readWord(file: string, bytes: Uint8Array): Promise<Imported<WordText>> {
  const sound = soundOffice(bytes, (name) => parts.test(name), limits);
  if ('zipFault' in sound) return faulty(officeFault(file, bytes, sound, 'a .docx document'));
  try {
    const document = await documentIn(sound);
    const reading = new Reading();
    reading.take(document.children ?? []);
    return { ok: true, value: reading };
  } catch (error) {
    const found = error instanceof Error ? (error.message.split('\n')[0] ?? '').slice(0, 120) : 'another';
    return faulty({ file, line: 1, column: 1, expected: 'a .docx document', found });
  }
}

/** What the library reads of a document, as far as it is used here. */
interface Node {
  readonly type: string;
  readonly children?: readonly Node[];
  readonly value?: string;
  readonly styleName?: string | null;
  readonly numbering?: { readonly isOrdered: boolean } | null;
  readonly isBold?: boolean;
  readonly href?: string;
}

/** The document as read, without the page that the library would make of it. */
async function documentIn(buffer: Buffer): Promise<Node> {
  let found: Node | undefined;
  const transformDocument = (document: Node): Node => {
    found = document;
    return { ...document, children: [] };
  };
  await mammoth.convertToHtml({ buffer }, { transformDocument, includeEmbeddedStyleMap: false });
  return found ?? { type: 'document' };
}

class Reading implements WordText {
  readonly blocks: WordBlock[] = [];
  pictures = 0;
  #line = 0;

  take(nodes: readonly Node[]): void {
    for (const node of nodes) {
      if (node.type === 'paragraph') this.#paragraph(node);
      else if (node.type === 'table') for (const row of node.children ?? []) this.#row(row);
      else this.take(node.children ?? []);
    }
  }

  #paragraph(node: Node): void {
    this.#line += 1;
    const text = this.#rich(node.children ?? []).trim();
    const line = this.#line;
    if (text === '' || /^toc( |$)/i.test(node.styleName ?? '')) return;
    const [, level] = /^(?:heading|标题) ?([1-9])$/i.exec(node.styleName ?? '') ?? [];
    if (level !== undefined) this.blocks.push({ kind: 'heading', level: Number(level), text: text.replaceAll('**', ''), line });
    else if (node.numbering) this.blocks.push({ kind: 'item', ordered: node.numbering.isOrdered, text: oneLine(text), line });
    else this.blocks.push({ kind: 'paragraph', ordered: false, text, line });
  }

  #row(row: Node): void {
    this.#line += 1;
    const cells = (row.children ?? []).map((cell) => oneLine(this.#rich(cell.children ?? [], ' ')));
    if (cells.some((cell) => cell !== '')) this.blocks.push({ kind: 'item', ordered: false, text: cells.join(' ｜ '), line: this.#line });
  }

  #rich(nodes: readonly Node[], between = ''): string {
    return nodes.map((node) => this.#inline(node, between)).join('');
  }

  #inline(node: Node, between: string): string {
    switch (node.type) {
      case 'text':
        return node.value ?? '';
      case 'tab':
        return ' ';
      case 'break':
        return '\n';
      case 'image':
        this.pictures += 1;
        return '';
      case 'run': {
        const text = this.#rich(node.children ?? []);
        return node.isBold === true && /^[^*\n]{1,400}$/.test(text) && text.trim() !== '' ? `**${text.trim()}**` : text;
      }
      case 'hyperlink': {
        const words = this.#rich(node.children ?? []).replaceAll('**', '');
        return node.href === undefined || /[\]\n]/.test(words) || words === '' ? words : `[${words}](${node.href})`;
      }
      default:
        return this.#rich(node.children ?? [], between) + between;
    }
  }
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
