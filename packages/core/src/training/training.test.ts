import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shippedSettings } from '../settings/defaults.ts';
import { type TrainingAct, trainingAct } from '../wire/training.ts';
import { scriptFaults } from './check-script.ts';
import { longestMs, Rehearsal } from './rehearsal.ts';
import { resultOf } from './result.ts';
import { trainingScript } from './script.ts';

const raw = {
  script: 'roof',
  version: 1,
  scenario: 'X1',
  title: { zh: '漏雨', en: 'A leaking roof' },
  about: { zh: '屋顶漏雨', en: 'the roof leaks' },
  caller: { name: '张', number: '13800000000', patience: '10s', holds: '30s', tries: 3 },
  colleagues: [
    { colleague: 'seat-1', title: { zh: '专席', en: 'seat' }, answers: 'takes', events: 'expert' },
    { colleague: 'seat-2', title: { zh: '同事', en: 'colleague' }, answers: 'declines' },
    { colleague: 'seat-3', title: { zh: '同事', en: 'colleague' }, answers: 'silent' },
  ],
  articles: [{ article: 'roofs', title: '屋顶维修', keywords: ['漏雨'], text: '先拍照' }],
  acts: [
    {
      act: 'ticket',
      title: { zh: '登记', en: 'register' },
      records: [
        { type: 'ticket.created', by: 'agent', fields: { ticket: 't', kind: 'repair', owner: '$agent', first: '$agent', due: '$in 2h' } },
      ],
    },
  ],
  start: 'rains',
  states: {
    rains: {
      says: ['屋里在下雨，下得可大了！', '床都湿了！'],
      when: [
        { said: ['sorry'], go: 'asks', mood: 1 },
        { after: '6s', says: ['说话呀！'] },
      ],
      otherwise: { says: ['我说屋里在下雨！'] },
    },
    asks: { says: ['那怎么办？'], when: [{ did: ['act:ticket'], go: 'ends' }], otherwise: { says: ['到底怎么办？'] } },
    ends: { says: ['好，再见。'], ends: 'content' },
  },
  steps: [
    { step: 'sorry', title: { zh: '致歉', en: 'apologise' }, when: { said: ['sorry'] } },
    { step: 'ticket', title: { zh: '登记', en: 'register' }, when: { did: ['act:ticket'] } },
  ],
  stops: [{ did: ['act:ticket'], undone: ['sorry'], says: { zh: '先致歉', en: 'apologise first' } }],
  record: ['what'],
};
const script = trainingScript.parse(raw);

const startedAt = Date.UTC(2026, 8, 30, 2);
const world = {
  settings: shippedSettings,
  calendar: { zone: [], days: {} } as never,
  hears: (text: string) => new Set(text.includes('抱歉') ? ['sorry'] : text === '嗯' ? ['backchannel'] : []),
};
const begin = (seed = 1) => new Rehearsal({ script, agent: '0217', startedAt, seed }, world);

/** Texts are said, numbers are seconds that pass. */
function played(...acts: readonly (string | number | TrainingAct)[]) {
  const rehearsal = begin();
  const answers = acts.map((act) => {
    if (typeof act === 'number') return void rehearsal.advance(rehearsal.now + act * 1000);
    return rehearsal.act(typeof act === 'string' ? { do: 'say', text: act } : act, rehearsal.now);
  });
  return { rehearsal, answers, result: () => resultOf(rehearsal, []) };
}
const said = (rehearsal: Rehearsal, by: string) =>
  rehearsal.events().flatMap((event) => (event.type === 'speech.said' && event.by === by ? [event.text] : []));
const record = { who: '', when: '', where: '', what: '漏雨', why: '', how: '' };

describe('a training', () => {
  it('leads the caller on by what is said and done, and ends well', () => {
    const { rehearsal, result } = played(
      6,
      { do: 'answer' },
      '您好',
      9,
      '抱歉，马上登记',
      5,
      { do: 'own', act: 'ticket' },
      9,
      { do: 'record', record },
      { do: 'finish' },
    );
    expect(said(rehearsal, 'customer')).toEqual(['屋里在下雨，下得可大了！', '床都湿了！', '那怎么办？', '好，再见。']);
    expect(rehearsal.over).toBe(true);
    expect(result()).toMatchObject({ ending: 'content', passed: true, record: { missing: [] }, wouldCreate: [{ type: 'ticket.created' }] });
  });

  it('refuses what comes too early, and says what comes first', () => {
    const { answers, result } = played(6, { do: 'answer' }, '您好', 15, { do: 'own', act: 'ticket' });
    expect(answers.at(-1)).toMatchObject({ stopped: { says: { en: 'apologise first' } } });
    expect(result().stops).toMatchObject([{ did: 'act:ticket' }]);
    expect(result().wouldCreate).toEqual([]);
  });

  it('counts a step that was done before its turn as early', () => {
    const early = { ...script, stops: [], steps: [...script.steps].reverse() };
    const rehearsal = new Rehearsal({ script: early, agent: '0217', startedAt, seed: 1 }, world);
    rehearsal.advance(startedAt + 6000);
    for (const act of [{ do: 'answer' }, { do: 'say', text: '抱歉' }] as const) rehearsal.act(act, rehearsal.now);
    expect(resultOf(rehearsal, []).steps.map(({ step, standing }) => `${step} ${standing}`)).toEqual(['ticket missing', 'sorry early']);
  });

  it('takes words into what the caller is saying as an interruption, but not a backchannel', () => {
    const interrupted = (text: string) =>
      played(6, { do: 'answer' }, '您好', 2, text)
        .rehearsal.events()
        .filter(({ type }) => type === 'speech.interrupted').length;
    expect(interrupted('您听我说')).toBe(1);
    expect(interrupted('嗯')).toBe(0);
  });

  it('is not heard on hold, and a caller who is held too long hangs up', () => {
    const hold: TrainingAct = { do: 'hold', reason: 'lookup', limitMs: 60_000, consent: true };
    const { answers, rehearsal } = played(6, { do: 'answer' }, '您好', 15, hold, '在吗', 40);
    expect(answers[5]).toMatchObject({ refused: 'training.not-heard' });
    expect(rehearsal.ending).toBe('held-too-long');
  });

  it('hands the caller over to a colleague who takes the call, and has the caller back from one who does not', () => {
    const transfer = (colleague: string): TrainingAct => ({ do: 'transfer', colleague, how: 'warm', brief: '漏雨', consent: true });
    const taken = played(
      6,
      { do: 'answer' },
      '您好',
      15,
      transfer('seat-1'),
      8,
      { do: 'transfer-step', step: 'complete' },
      { do: 'finish' },
    );
    expect(taken.rehearsal.ending).toBe('handed-over');
    expect(taken.rehearsal.events().find(({ type }) => type === 'transfer.started')?.fields['kind']).toBe('expert');
    const refused = played(6, { do: 'answer' }, '您好', 15, transfer('seat-2'), 8);
    expect(refused.rehearsal.events().map(({ type }) => type)).toContain('transfer.failed');
    expect(refused.rehearsal.over).toBe(false);
  });

  it('ends when nobody answers, when nobody says anything, and when it is given up', () => {
    expect(played(60).rehearsal.ending).toBe('not-answered');
    expect(played(6, { do: 'answer' }, 200).rehearsal.ending).toBe('tired');
    expect(played({ do: 'give-up' }).rehearsal).toMatchObject({ over: true, ending: 'gave-up' });
  });

  it('is the same again with the same seed, and another with another', () => {
    const told = (seed: number) => {
      const rehearsal = begin(seed);
      rehearsal.advance(startedAt + 60_000);
      return rehearsal.events().map(({ type, occurredAt }) => `${type} ${occurredAt}`);
    };
    expect(told(7)).toEqual(told(7));
    expect(told(7)).not.toEqual(told(8));
  });

  it('never throws and always ends, whatever is put in', () => {
    const text = fc.oneof(
      fc.constantFrom('抱歉', '嗯', '您好', '再见'),
      fc.string({ minLength: 1, maxLength: 40 }).filter((each) => each.trim() !== ''),
    );
    const any = fc.oneof(
      { weight: 3, arbitrary: text.map((each): TrainingAct => ({ do: 'say', text: each })) },
      {
        weight: 5,
        arbitrary: fc.constantFrom<TrainingAct>(
          { do: 'answer' },
          { do: 'answer' },
          { do: 'hold', reason: 'lookup', limitMs: 10_000, consent: true },
          { do: 'resume' },
          { do: 'speak-over', on: true },
          { do: 'mute', on: true },
          { do: 'mute', on: false },
          { do: 'transfer', colleague: 'seat-1', how: 'cold', brief: 'x', consent: true },
          { do: 'transfer', colleague: 'seat-2', how: 'warm', brief: 'x', consent: true },
          { do: 'transfer', colleague: 'seat-3', how: 'warm', brief: '', consent: false, override: 'x' },
          { do: 'transfer', colleague: 'nobody', how: 'warm', brief: '', consent: false },
          { do: 'transfer-step', step: 'complete' },
          { do: 'transfer-step', step: 'take-back' },
          { do: 'transfer-step', step: 'join' },
          { do: 'release', confirmed: true, reason: 'x' },
          { do: 'mark-consent', about: 'hold', given: false },
          { do: 'promise', what: 'callback', inMs: 3_600_000, about: '漏雨' },
          { do: 'record', record },
          { do: 'finish' },
          { do: 'search', keywords: '漏雨' },
          { do: 'open', article: 'roofs' },
          { do: 'mark-answer', outcome: 'answered' },
          { do: 'own', act: 'ticket' },
          { do: 'own', act: 'nothing' },
        ),
      },
    );
    const moves = fc.array(fc.tuple(fc.integer({ min: -5000, max: 20_000 }), any), { maxLength: 30 });
    const endings = new Set<string>();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), moves, (seed, all) => {
        const rehearsal = begin(seed);
        if (seed % 4 > 0) {
          rehearsal.advance(startedAt + 6000);
          rehearsal.act({ do: 'answer' }, rehearsal.now);
        }
        for (const [wait, act] of all) {
          const answer = rehearsal.act(trainingAct.parse(act), rehearsal.now + wait);
          expect(answer).toBeTypeOf('object');
        }
        rehearsal.advance(startedAt + longestMs);
        expect(rehearsal.over).toBe(true);
        expect(rehearsal.house.call).toBeUndefined();
        expect(rehearsal.events().at(-1)?.type ?? 'interaction.closed').toBeTypeOf('string');
        endings.add(resultOf(rehearsal, []).ending);
      }),
      { numRuns: 60, seed: 20260930 },
    );
    expect(endings.size).toBeGreaterThan(2);
  });
});

describe('the check of a script', () => {
  const known = { families: new Set(['sorry']), norms: new Set(['n']), clauses: new Set(['S4-01']) };
  const faults = (changed: object) =>
    scriptFaults(trainingScript.parse({ ...raw, ...changed }), known).map(({ path, found }) => `${path.join('.')}: ${found}`);

  it('finds nothing wrong with a script that can be practised', () => {
    expect(faults({})).toEqual([]);
  });

  it('says where something is named that does not exist', () => {
    expect(faults({ practises: ['m'] })).toEqual(['practises.0: m']);
    expect(faults({ start: 'x' })[0]).toBe('start: x');
    expect(
      faults({ steps: [{ step: 'a', title: raw.title, cites: ['S9-01'], when: { said: ['family'], did: ['jump'] } }], stops: [] }),
    ).toEqual(['steps.0.cites.0: S9-01', 'steps.0.when.said.0: family', 'steps.0.when.did.0: jump']);
  });

  it('refuses a conversation that cannot end, a state nobody comes to, and an answer that is missing', () => {
    const { rains, asks, ends } = raw.states;
    expect(faults({ states: { rains, asks: { ...asks, when: [] }, ends } })).toEqual([
      'states.rains: none',
      'states.asks: none',
      'states.ends: none',
    ]);
    expect(faults({ states: { ...raw.states, rains: { ...rains, otherwise: undefined } } })).toEqual(['states.rains: none']);
  });

  it('refuses an event that a timeline would refuse', () => {
    const acts = [
      {
        act: 'ticket',
        title: raw.title,
        records: [
          { type: 'ticket.created', fields: { ticket: 't' } },
          { type: 'ticket.made', fields: {} },
        ],
      },
    ];
    expect(faults({ acts })).toEqual(['acts.0.records.0.fields.kind: this', 'acts.0.records.1.type: ticket.made']);
  });
});
