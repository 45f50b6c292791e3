import { expect, test } from 'vitest';
import { integer, text, yesNo } from '../config/kinds.ts';
import { option } from '../config/option.ts';
import { parseArguments } from './arguments.ts';

const table = {
  port: option(integer(0, 65535), { help: 'port', fallback: 8080 }),
  hotlineName: option(text(20), { help: 'name', fallback: undefined }),
  public: option(yesNo, { help: 'public', fallback: false }),
};

const parse = (...args: string[]) => {
  const read = parseArguments(args, [table]);
  return read.ok ? { given: Object.fromEntries(read.value.given), operands: read.value.operands } : read.message;
};

test('a value stands after a space or an equals sign, a switch stands alone', () => {
  expect(parse('--port', '81', '--hotline-name=12333', '--public', 'a')).toEqual({
    given: { '--port': '81', '--hotline-name': '12333', '--public': '' },
    operands: ['a'],
  });
  expect(parse('--no-public')).toEqual({ given: { '--public': 'false' }, operands: [] });
});

test('after two dashes everything is an operand', () => {
  expect(parse('--', '--port', '-')).toEqual({ given: {}, operands: ['--port', '-'] });
});

test('a mistyped option is refused with the one that was meant', () => {
  expect(parse('--pubilc')).toBe('--pubilc: unknown option, did you mean --public?; see --help');
  expect(parse('--colour')).toBe('--colour: unknown option; see --help');
});

test('an option without its value, a doubled option and a value for a negated switch are refused', () => {
  expect(parse('--port')).toBe('--port: expected a value after it');
  expect(parse('--port', '--public')).toBe('--port: expected a value after it');
  expect(parse('--port', '1', '--port=2')).toBe('--port: expected once, found twice');
  expect(parse('--no-public=yes')).toBe('--no-public: expected no value, found "yes"');
});
