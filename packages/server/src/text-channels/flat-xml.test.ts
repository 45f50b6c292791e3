import fc from 'fast-check';
import { expect, it } from 'vitest';
import { flatXml } from './flat-xml.ts';

it('reads what the callbacks of WeCom and WeChat are made of', () => {
  const text =
    '<xml>\n <ToUserName><![CDATA[gh_1]]></ToUserName>\n <CreateTime>1348831860</CreateTime><Content><![CDATA[a < b ]] & c]]></Content>\n</xml>';
  expect(flatXml(text)).toEqual({ ToUserName: 'gh_1', CreateTime: '1348831860', Content: 'a < b ]] & c' });
  expect(flatXml('<xml><A>1 &lt; 2 &amp;amp;</A></xml>')).toEqual({ A: '1 < 2 &amp;' });
});

it('passes over elements that hold others, and takes the first of two', () => {
  expect(flatXml('<xml><A>1</A><Info><B>2</B></Info><A>3</A></xml>')).toEqual({ A: '1' });
});

it.each([
  ['no envelope', '<html><A>1</A></html>'],
  ['an attribute', '<xml><A b="c">1</A></xml>'],
  ['a document type', '<!DOCTYPE xml [<!ENTITY a "b">]><xml><A>&a;</A></xml>'],
  ['an end that is missing', '<xml><A>1</xml>'],
  ['more elements than a callback has', `<xml>${'<A>1</A>'.repeat(65)}</xml>`],
  ['words between elements', '<xml>1<A>2</A></xml>'],
  ['more than is ever sent', `<xml><A>${'a'.repeat(70_000)}</A></xml>`],
])('refuses %s', (_, text) => {
  expect(flatXml(text)).toBeUndefined();
});

it('takes whatever strangers send without an exception, and any text in CDATA as it is', () => {
  fc.assert(fc.property(fc.string(), (text) => void flatXml(`<xml>${text}</xml>`)));
  const content = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes(']]>'));
  fc.assert(
    fc.property(content, (text) => {
      expect(flatXml(`<xml><C><![CDATA[${text}]]></C></xml>`)).toEqual({ C: text });
    }),
  );
});
