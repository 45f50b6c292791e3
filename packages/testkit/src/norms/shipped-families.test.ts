import { readdirSync, readFileSync } from 'node:fs';
import { readFamilies } from '@threerings/norms/check/families';
import { compileLexicon, read } from '@threerings/norms/lexical/lexicon';
import type { PhraseFamily } from '@threerings/norms/phrases';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const packs = new URL('../../../../packs/', import.meta.url);

const files = readdirSync(packs, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.phrases.yaml'))
  .sort();

function familiesOf(file: string): readonly PhraseFamily[] {
  const { families, problems } = readFamilies({ path: file, data: parse(readFileSync(new URL(file, packs), 'utf8')) });
  expect(problems).toEqual([]);
  return families;
}

const heardIn = (families: readonly PhraseFamily[]) => {
  const lexicon = compileLexicon(families, []);
  return (sentence: string) =>
    [...read(lexicon, sentence).families].filter(([, hits]) => hits.some(({ guarded }) => guarded === undefined)).map(([id]) => id);
};

describe.each(files)('the families of packs/%s', (file) => {
  const families = familiesOf(file);
  const heard = heardIn(families);

  it.each(families.map((family) => [family.id, family] as const))(
    '%s are heard in their examples, and not in what only looks alike',
    (id, { hit, miss }) => {
      expect(hit.filter((sentence) => !heard(sentence).includes(id))).toEqual([]);
      expect(miss.filter((sentence) => heard(sentence).includes(id))).toEqual([]);
      expect(hit.length, 'a family says in which sentences it is heard').toBeGreaterThan(0);
    },
  );
});

describe('forbidden words', () => {
  const families = familiesOf('phrases/forbidden.phrases.yaml');
  const heard = heardIn(families);

  it.each([
    '您好，请问有什么可以帮您',
    '我不是不知道，是要核实一下',
    '请问您知不知道自己的编号',
    '您知道不知道都没有关系',
    '您不知道的话我来查',
    '不知道您现在方便吗',
    '您说“不知道”，那我再解释一遍',
    '这个不行的话，银行也可以办',
    '请问您有病历吗',
    '您有病假条或者病情证明吗',
    '我们不能保证百分之百通过',
    '您打错了也没关系，我帮您转过去',
    '她不在座位上，我请她回您电话',
    '您别急，慢慢说',
    '处理好以后给您发票，请您联系我们',
    '不客气，请您慢走',
    '您看是不是我们的责任，我们核实',
    '他们说不归我管，我还是帮您问',
    '不用谢，这是我们应该做的',
    '您要投诉的话，我这就为您登记',
  ])('are not heard in %s', (sentence) => {
    expect(heard(sentence)).toEqual([]);
  });

  it.each([
    ['这个我不知道', 'forbidden_ignorance'],
    ['不是，我不知道', 'forbidden_ignorance'],
    ['这不归我管', 'forbidden_shirking'],
    ['没这个人', 'forbidden_refusal'],
    ['你急什么', 'forbidden_command'],
    ['有完没完', 'forbidden_impatience'],
    ['你懂什么', 'forbidden_belittle'],
    ['你给我等着', 'forbidden_threat'],
    ['爱投诉就投诉', 'forbidden_argue'],
    ['包您满意', 'forbidden_overpromise'],
    ['喂', 'forbidden_hey'],
    ['你有病吧', 'abuse'],
  ])('%s is %s', (sentence, id) => {
    expect(heard(sentence)).toContain(id);
  });

  it('say how grave they are', () => {
    expect(families.filter(({ severity }) => severity === undefined)).toEqual([]);
    expect(new Set(families.map(({ severity }) => severity))).toEqual(new Set(['minor', 'major', 'critical']));
  });
});
