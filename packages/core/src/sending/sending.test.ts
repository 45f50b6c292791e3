import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mailAddress, maskedAddress, smsNumber } from './address.ts';
import { noticeTextOf } from './notice-text.ts';

it('sends to one number or one address, and to nothing that could be more', () => {
  expect(['138 0013 8000', '+8613800138000', '0086 138-0013-8000', '+4915112345678'].map(smsNumber)).toEqual([
    '13800138000',
    '13800138000',
    '13800138000',
    '+4915112345678',
  ]);
  expect(['12333', '0571-88880001', '', '138001380001', '+0123456789'].map(smsNumber)).toEqual(Array(5).fill(undefined));
  expect(mailAddress(' wang@example.org ')).toBe('wang@example.org');
  for (const evil of ['a@b', 'a@b.cn\nBcc: c@d.cn', 'a@b.cn,c@d.cn', '<a@b.cn>', '王@b.cn', 'a b@c.cn'])
    expect(mailAddress(evil)).toBeUndefined();
});

it('masks so that neither number nor name is left', () => {
  expect([maskedAddress('13800138000'), maskedAddress('wang@example.org')]).toEqual(['138****8000', 'w***@example.org']);
  fc.assert(fc.property(fc.stringMatching(/^\+?\d{7,15}$/), (number) => !maskedAddress(number).includes(number)));
});

it('writes the newest notice with all its items, and says how many were not told', () => {
  const event = (type: string, fields: Record<string, string | readonly string[]>) => ({ type, occurredAt: 0, fields });
  const events = [
    event('case.notice-begun', { notice: 'n1', items: ['旧'] }),
    event('case.notice-begun', { notice: 'n2', items: ['身份证', '社保卡'] }),
    event('case.notice-told', { notice: 'n2', item: '身份证' }),
    event('case.notice-told', { notice: 'n1', item: '社保卡' }),
  ];
  const written = noticeTextOf(events, { name: '云州市 12333', number: '12333' }, 'zh');
  expect(written).toEqual({
    subject: '云州市 12333：一次性告知',
    text: '您来电咨询的事项，办理时请备齐：\n1. 身份证\n2. 社保卡\n如有疑问，请拨打 12333。',
    open: 1,
  });
  expect(noticeTextOf([], { name: '', number: '' }, 'zh')).toBeUndefined();
});
