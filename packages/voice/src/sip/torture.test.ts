import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseMessage } from './parse.ts';

/** RFC 4475's messages as files with a manifest, in .cache/rfc4475 or where RFC4475_DIR says. They are not ours to distribute. */
const FOLDER = process.env['RFC4475_DIR'] ?? fileURLToPath(new URL('../../../../.cache/rfc4475', import.meta.url));
const MANIFEST = `${FOLDER}/manifest.tsv`;

/** What RFC 4475 lets an element answer differently, and why we do. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  // §3.1.2.12: "an element … can ignore" a Date that it has no use for. A wrong zone must not cost a caller the call.
  baddate: 'accepted',
};
const REFUSED: Readonly<Record<string, number>> = {
  badinv01: 400,
  clerr: 400,
  ncl: 400,
  scalar02: 400,
  scalarlg: 0,
  quotbal: 400,
  ltgtruri: 400,
  lwsruri: 400,
  lwsstart: 400,
  trws: 400,
  escruri: 400,
  regbadct: 400,
  badaspec: 400,
  baddn: 400,
  badvers: 505,
  mismatch01: 400,
  mismatch02: 400,
  bigcode: 0,
  // §3.3: refused already by the parser, because no layer above could make sense of them
  insuf: 400,
  multi01: 400,
  mcl01: 400,
};

interface Case {
  readonly name: string;
  readonly title: string;
  readonly kind: string;
}

function cases(): Case[] {
  return readFileSync(MANIFEST, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [file = '', , kind = '', title = ''] = line.split('\t');
      return { name: file.replace('.dat', ''), kind, title };
    });
}

describe.skipIf(!existsSync(MANIFEST))(`RFC 4475 torture messages (skipped without manifest.tsv in RFC4475_DIR)`, () => {
  const all = existsSync(MANIFEST) ? cases() : [];

  it.each(all.map((each) => [each.name, each.title, each.kind]))('%s: %s (%s)', (name, _title, kind) => {
    const parsed = parseMessage(readFileSync(`${FOLDER}/dat/${name}.dat`));
    const status = REFUSED[name];
    if (status === undefined) {
      expect(kind === 'parser-invalid' ? EXCEPTIONS[name] : 'accepted').toBe('accepted');
      expect(parsed.kind === 'refused' ? parsed.reason : 'accepted').toBe('accepted');
    } else {
      expect(kind).not.toBe('parser-valid');
      expect(parsed).toMatchObject({ kind: 'refused', status });
    }
  });

  it('reads what the wildest of them says', () => {
    const wild = parseMessage(readFileSync(`${FOLDER}/dat/wsinv.dat`));
    if (wild.kind !== 'request') throw new Error('not a request');
    expect(wild.method).toBe('INVITE');
    expect(wild.from.displayName).toBe('J Rosenberg \\"');
    expect(wild.from.params.get('tag')).toBe('98asjd8');
    expect(wild.to.params.get('tag')).toBe('1918181833n');
    expect(wild.cseq).toEqual({ number: 9, method: 'INVITE' });
    expect(wild.headers.filter(({ name }) => name === 'via')).toHaveLength(3);
    expect(wild.contact?.params.get('secondparam')).toBeUndefined();
    expect(wild.contact?.params.get('q')).toBe('0.33');
    expect(wild.body.toString()).toContain('m=audio 49217');
  });

  it('knows every file of the manifest that it promises something about', () => {
    const names = new Set(all.map(({ name }) => name));
    expect([...Object.keys(REFUSED), ...Object.keys(EXCEPTIONS)].filter((name) => !names.has(name))).toEqual([]);
  });
});
