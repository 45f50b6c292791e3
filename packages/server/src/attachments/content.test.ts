import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentOf } from './content.ts';
import { dispositionOf, safeName } from './file-name.ts';
import { docx, gif, jpeg, png, webp } from './fixtures/sample-files.ts';
import { imageSizeOf } from './image-size.ts';

test('each kind is known by its bytes, whatever it is called', () => {
  const known = {
    png: png(3, 2),
    jpeg: jpeg(640, 480),
    gif: gif(7, 9),
    webp: webp(100, 50),
    docx: docx('word/document.xml'),
    xlsx: docx('xl/workbook.xml'),
  };
  expect(Object.fromEntries(Object.entries(known).map(([name, bytes]) => [name, contentOf(bytes)?.ending]))).toEqual({
    ...{ png: '.png', jpeg: '.jpg', gif: '.gif', webp: '.webp', docx: '.docx', xlsx: '.xlsx' },
  });
  expect(contentOf(Buffer.from('%PDF-1.7\n'))?.type).toBe('application/pdf');
  expect(contentOf(Buffer.from('#!AMR\n\u0001'))?.type).toBe('audio/amr');
  expect(contentOf(Buffer.from('社保卡号见下\r\n12345'))?.type).toBe('text/plain; charset=utf-8');
});

test.each([
  ['a page', '<!doctype html><script>alert(1)</script>'],
  ['a page behind blanks and a byte order mark', '\uFEFF \n\t<html>'],
  ['a drawing with a script', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ['XML', '<?xml version="1.0"?><a/>'],
  ['words with a script in them', 'hello\n<SCRIPT src=//evil.example></SCRIPT>'],
  ['a shell script', '#!/bin/sh\nrm -rf ~'],
  ['a program for Windows', 'MZ\u0090'],
  ['a program for Linux', '\u007fELF\u0002\u0001'],
  ['nothing', ''],
  ['a bare archive', docx('evil.exe')],
  ['a document with macros', docx('word/document.xml', 'word/vbaProject.bin')],
  ['an old office document', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
  ['text that is not UTF-8', Buffer.from([0xc4, 0xe3, 0xba, 0xc3])],
])('%s is not taken', (_, bytes) => {
  expect(contentOf(Buffer.from(bytes as string))).toBeUndefined();
});

test('whatever the bytes, nothing is ever given out under a type that a browser runs', () => {
  const prefix = fc.constantFrom('', '\u0089PNG', 'GIF89a', '%PDF-', '<svg', '<html', '\uFEFF<', 'PK\u0003\u0004', 'RIFF', '#!AMR\n');
  fc.assert(
    fc.property(prefix, fc.uint8Array({ maxLength: 300 }), (head, tail) => {
      const found = contentOf(Buffer.concat([Buffer.from(head, 'latin1'), tail]));
      if (found !== undefined)
        expect(found.type).toMatch(/^(?:image\/(?:png|jpeg|gif|webp)|application\/(?:pdf|vnd\.openx)|audio\/|video\/mp4|text\/plain)/);
    }),
  );
});

test('a name shows what it is, leads nowhere and fits its header', () => {
  const odd = fc.constantFrom(
    '../',
    '\\',
    '\u202e',
    '\0',
    '\r\n',
    '"',
    '.',
    ' ',
    '<b>',
    '身份证',
    'a',
    '%2e',
    ';filename=x',
    '\u200b',
    "'",
    '😀',
  );
  let turned = 0;
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 4, arbitrary: odd }, fc.string()), { maxLength: 40, size: 'max' }),
      fc.constantFrom('.png', '.txt', '.jpg'),
      (parts, ending) => {
        const name = safeName(parts.join(''), ending);
        if (parts.includes('\u202e')) turned += 1;
        expect(name.endsWith(ending)).toBe(true);
        expect(name.length).toBeLessThanOrEqual(220);
        expect(name).not.toMatch(/[/\\"<>\p{Cc}\p{Cf}]|^\./u);
        const header = dispositionOf(name, ending);
        expect(header).toMatch(/^attachment; filename="file\.[a-z]+"; filename\*=UTF-8''[A-Za-z0-9%._~-]+$/);
        expect(decodeURIComponent(header.split("''")[1] ?? '')).toBe(name);
      },
    ),
  );
  expect(turned).toBeGreaterThan(5);
  expect(safeName('/etc/passwd', '.txt')).toBe('passwd.txt');
  expect(safeName('invoice\u202egnp.exe', '.png')).toBe('invoicegnp.exe.png');
  expect(safeName('我的照片.JPEG', '.jpg')).toBe('我的照片.jpg');
  expect(safeName('   ', '.pdf')).toBe('file.pdf');
});

test('the size of a picture is read from its header, and a broken header is no size', () => {
  expect(imageSizeOf('image/png', png(60_000, 50_000))).toEqual({ width: 60_000, height: 50_000 });
  expect(imageSizeOf('image/jpeg', jpeg(640, 480))).toEqual({ width: 640, height: 480 });
  expect(imageSizeOf('image/gif', gif(7, 9))).toEqual({ width: 7, height: 9 });
  expect(imageSizeOf('image/webp', webp(100, 50))).toEqual({ width: 100, height: 50 });
  for (const bytes of [png(1, 1).subarray(0, 18), Buffer.from([0xff, 0xd8, 0xff]), Buffer.from([0xff, 0xd8, 0x00, 0x01])])
    expect(imageSizeOf(bytes[0] === 0xff ? 'image/jpeg' : 'image/png', bytes)).toBeUndefined();
});
