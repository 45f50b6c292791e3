import { word, wordFile } from '@threerings/testkit/word-file';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readTable } from './table-file.ts';
import { readWord } from './word-document.ts';
import { zipParts } from './zip-parts.ts';

const read = async (bytes: Uint8Array) => {
  const answer = await readWord('a.docx', bytes);
  return answer.ok ? answer.value : answer.faults[0];
};

describe('a Word file', () => {
  it('gives headings, bold, links, lists and rows of tables in their order', async () => {
    const file = wordFile([
      word.heading('社保手册', 'Title'),
      word.heading('社保卡补办'),
      word.paragraph('带', word.run('身份证', true), '到', word.link('网点'), word.deleted('不要这句')),
      word.item('第一步', true),
      word.item('第二步', true),
      word.item('免费'),
      word.table(word.row('地区', '电话'), word.row('市区', '12333')),
      word.paragraph(),
    ]);
    expect(await read(file)).toMatchObject({
      pictures: 0,
      blocks: [
        { kind: 'paragraph', text: '社保手册', line: 1 },
        { kind: 'heading', level: 1, text: '社保卡补办', line: 2 },
        { kind: 'paragraph', text: '带**身份证**到[网点](https://example.org/)', line: 3 },
        { kind: 'item', ordered: true, text: '第一步' },
        { kind: 'item', ordered: true, text: '第二步' },
        { kind: 'item', ordered: false, text: '免费', line: 6 },
        { kind: 'item', text: '地区 ｜ 电话', line: 7 },
        { kind: 'item', text: '市区 ｜ 12333', line: 8 },
      ],
    });
  });

  it.each([
    ['cut off', wordFile([word.heading('x')]).subarray(0, 500), /no end of the archive/],
    ['old, or with a password', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /old kind/],
    ['empty', Buffer.alloc(0), /no end/],
    ['an archive of something else', Buffer.from(zipSync({ 'a.txt': Buffer.from('x') })), /./],
    ['not closed', wordFile([], { 'word/document.xml': '<w:document><w:p>' }), /./],
  ])('is refused with a reason when it is %s', async (_, bytes, found) => {
    expect(await read(bytes)).toMatchObject({ file: 'a.docx', line: 1, expected: 'a .docx document', found: expect.stringMatching(found) });
  });

  it('is refused when a byte of its text was changed', async () => {
    const file = wordFile([word.paragraph('社保卡补办'.repeat(50))]);
    const parts = zipParts(file, (name) => name === 'word/document.xml', { entries: 10, total: 1_000_000 });
    expect(parts).toBeInstanceOf(Map);
    const at = file.indexOf('word/document.xml') + 'word/document.xml'.length + 40;
    file[at] = (file[at] ?? 0) ^ 0xff;
    expect(await read(file)).toMatchObject({ found: 'a damaged part in word/document.xml' });
  });

  it('never grows: entities, and archives that unpack to more than they say or than is allowed', async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document>&b;</w:document>';
    expect(await read(wordFile([], { 'word/document.xml': bomb }))).toMatchObject({ found: 'a document type in word/document.xml' });
    const large = wordFile([word.paragraph('0'.repeat(25 * 1024 * 1024))]);
    expect(large.length).toBeLessThan(100_000);
    expect(await read(large)).toMatchObject({ found: expect.stringMatching(/^more than \d+ bytes unpacked in word\/document\.xml$/) });
    // The list of parts says 10 bytes: no more than that is unpacked.
    const central = large.lastIndexOf('word/document.xml') - 46;
    large.writeUInt32LE(10, central + 24);
    expect(await read(large)).toMatchObject({ found: expect.stringContaining('bytes unpacked') });
  });
});

it('a workbook that is damaged or declares entities is refused, not read', async () => {
  const sheet = Buffer.from(zipSync({ 'xl/workbook.xml': Buffer.from('<!DOCTYPE x [<!ENTITY a "b">]><workbook/>') }));
  const answers = await Promise.all([readTable('a.xlsx', sheet), readTable('a.xlsx', sheet.subarray(0, 60))]);
  expect(answers).toMatchObject([
    { ok: false, faults: [{ found: 'a document type in xl/workbook.xml' }] },
    { ok: false, faults: [{ found: 'no end of the archive' }] },
  ]);
});
