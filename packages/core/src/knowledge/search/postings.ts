/** Room that a slice of a list takes, bytes: the last four of each hold the address of the next one. */
const slices = [8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096];
const pointer = 4;
const pageBits = 20;
const pageSize = 1 << pageBits;
const pageMask = pageSize - 1;

/** A list of postings as it is read: `documents[i]` holds the term as often as `counts[i]` says. Read below the returned length. */
export interface PostingBuffer {
  documents: Int32Array;
  counts: Uint8Array;
}

/**
 * The documents of every term, in one arena of pages: differences of document numbers in 7-bit groups, each followed by a byte
 * of counts. Lists only grow; a term of one document takes 8 bytes.
 */
export class Postings {
  readonly #pages: Uint8Array[] = [new Uint8Array(pageSize)];
  #free = 0;
  #head = new Int32Array(1024);
  #write = new Int32Array(1024);
  #limit = new Int32Array(1024);
  #last = new Int32Array(1024);
  #length = new Int32Array(1024);
  #level = new Uint8Array(1024);

  /** bytes of the arena */
  get bytes(): number {
    return this.#pages.length * pageSize + this.#head.length * 21;
  }

  /** in how many documents the term stands, deleted ones included */
  lengthOf(term: number): number {
    return this.#length[term] ?? 0;
  }

  /** `document` is not below the last one that was added for this term. */
  add(term: number, document: number, count: number): void {
    if (term >= this.#head.length) this.#grow(term);
    const fresh = this.#length[term] === 0;
    if (fresh) {
      this.#head[term] = this.#write[term] = this.#slice(0);
      this.#limit[term] = (this.#write[term] as number) + (slices[0] as number) - pointer;
    }
    let difference = fresh ? document : document - (this.#last[term] as number);
    while (difference > 0x7f) {
      this.#put(term, (difference & 0x7f) | 0x80);
      difference >>>= 7;
    }
    this.#put(term, difference);
    this.#put(term, count);
    this.#last[term] = document;
    this.#length[term] = (this.#length[term] as number) + 1;
  }

  /** Fills the buffer, which grows where it must, and returns the length of the list. */
  read(term: number, into: PostingBuffer): number {
    const length = this.lengthOf(term);
    if (length > into.documents.length) {
      into.documents = new Int32Array(length * 2);
      into.counts = new Uint8Array(length * 2);
    }
    const { documents, counts } = into;
    let at = this.#head[term] as number;
    let level = 0;
    let page = this.#pages[at >>> pageBits] as Uint8Array;
    let left = (slices[0] as number) - pointer;
    let document = 0;
    let offset = at & pageMask;
    let difference = 0;
    let shift = 0;
    let counting = false;
    for (let n = 0; n < length; ) {
      if (left === 0) {
        at = readPointer(page, offset);
        level = Math.min(level + 1, slices.length - 1);
        left = (slices[level] as number) - pointer;
        page = this.#pages[at >>> pageBits] as Uint8Array;
        offset = at & pageMask;
      }
      const byte = page[offset] as number;
      offset += 1;
      left -= 1;
      if (counting) {
        documents[n] = document;
        counts[n] = byte;
        n += 1;
        counting = false;
      } else if (byte > 0x7f) {
        difference |= (byte & 0x7f) << shift;
        shift += 7;
      } else {
        document += difference | (byte << shift);
        difference = 0;
        shift = 0;
        counting = true;
      }
    }
    return length;
  }

  #put(term: number, byte: number): void {
    let at = this.#write[term] as number;
    if (at === this.#limit[term]) at = this.#extend(term, at);
    (this.#pages[at >>> pageBits] as Uint8Array)[at & pageMask] = byte;
    this.#write[term] = at + 1;
  }

  #extend(term: number, at: number): number {
    const level = Math.min((this.#level[term] as number) + 1, slices.length - 1);
    const next = this.#slice(level);
    const page = this.#pages[at >>> pageBits] as Uint8Array;
    for (let i = 0; i < pointer; i++) page[(at & pageMask) + i] = (next >>> (8 * i)) & 0xff;
    this.#level[term] = level;
    this.#limit[term] = next + (slices[level] as number) - pointer;
    return next;
  }

  /** Address of a new slice; none lies across two pages. */
  #slice(level: number): number {
    const size = slices[level] as number;
    if ((this.#free & pageMask) + size > pageSize || this.#free >>> pageBits >= this.#pages.length) {
      this.#free = this.#pages.length << pageBits;
      this.#pages.push(new Uint8Array(pageSize));
    }
    const at = this.#free;
    this.#free += size;
    return at;
  }

  #grow(term: number): void {
    const size = Math.max(this.#head.length * 2, term + 1);
    const longer = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const fresh = new Int32Array(size);
      fresh.set(old);
      return fresh;
    };
    this.#head = longer(this.#head);
    this.#write = longer(this.#write);
    this.#limit = longer(this.#limit);
    this.#last = longer(this.#last);
    this.#length = longer(this.#length);
    const level = new Uint8Array(size);
    level.set(this.#level);
    this.#level = level;
  }
}

function readPointer(page: Uint8Array, offset: number): number {
  return (
    (page[offset] as number) |
    ((page[offset + 1] as number) << 8) |
    ((page[offset + 2] as number) << 16) |
    ((page[offset + 3] as number) << 24)
  );
}
