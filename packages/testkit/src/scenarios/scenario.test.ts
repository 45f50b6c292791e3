import { readNorms } from '@threerings/server/composition/norms-in-force';
import { describe, expect, test } from 'vitest';
import { after, agent, caller, check, s, until } from './cast.ts';
import { CoreDriver } from './core/core-driver.ts';
import { appliesTo, boardCounts, withoutTranscript, withTranscript } from './expectations.ts';
import { writesGoldens } from './golden.ts';
import { brokenInvariant } from './invariants.ts';
import { runScenario, ScenarioFailed } from './run.ts';
import { tell } from './scenario.ts';
import type { Seen, SeenEvent } from './seen.ts';

const norms = await readNorms();
const lin = agent('0217');
const wang = caller('wang');
const title = 'a caller calls';
const run = (scenario: ReturnType<typeof tell>) => runScenario(scenario, new CoreDriver(scenario, norms));

describe('a scenario that could not fail', () => {
  test('is refused when it checks nothing', () => {
    expect(() => tell('idle', { title }, wang.calls())).toThrow('the scenario idle has no check: it could not fail');
    expect(() => tell('idle', { title }, wang.calls(), check())).toThrow('the scenario idle has a check that expects nothing');
  });

  test('is refused when a check holds before the first step', async () => {
    const idle = tell(
      'idle',
      { title },
      lin.opensDesk(),
      wang.calls(),
      check(wang.has('call.queued')),
      check(wang.never('call.answered'), lin.is('offline')),
    );
    await expect(run(idle)).rejects.toThrow('the scenario idle checks what holds before its first step (call.answered');
  });

  test('is refused when what it expects is not looked at by this driver', async () => {
    const deaf = tell('deaf', { title }, wang.calls(), check(withTranscript(wang.has('speech.said'))));
    await expect(run(deaf)).rejects.toThrow(ScenarioFailed);
  });
});

describe('a scenario that does not come true', () => {
  test('names the step, what was expected and what was found', async () => {
    const wrong = tell('wrong', { title }, lin.isReady(), wang.calls(), check(lin.is('talking'), boardCounts({ waiting: 7 })));
    await expect(run(wrong)).rejects.toThrow(
      /wrong, step 6 \(check of 2\): expected that 0217 is talking: found ringing\nexpected that the board counts {"waiting":7}: it shows/,
    );
  });

  test('ends when what it waits for never comes', async () => {
    const endless = tell('endless', { title }, wang.calls(), until(lin.is('talking'), s(3)), check(lin.is('talking')));
    await expect(run(endless)).rejects.toThrow('endless, step 3 (until 0217 is talking)');
  });

  test('fails where the desk answers otherwise than told', async () => {
    const early = tell('early', { title }, lin.isReady(), lin.answers(), check(lin.is('talking')));
    await expect(run(early)).rejects.toThrow('expected the answer "done", found {"refuses":"call.unknown"}');
    const asked = tell(
      'asked',
      { title },
      lin.opensDesk(),
      lin.isRefused({ kind: 'set-presence', state: 'ready' }, 'presence.signed-out'),
      after(1),
      lin.signsIn(),
      check(lin.is('busy')),
    );
    await expect(run(asked)).resolves.toBeDefined();
  });
});

test('expectations about words apply where words are written down, and their counterparts elsewhere', () => {
  const spoken = withTranscript(wang.kept('opening-number'));
  const unheard = withoutTranscript(wang.unknown('opening-number', 'gap:no-engine'));
  expect([appliesTo(spoken, true), appliesTo(spoken, false), appliesTo(unheard, true), appliesTo(unheard, false)]).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

describe('what no scenario may do', () => {
  const event = (type: string, occurredAt: number, fields: SeenEvent['fields'] = {}): SeenEvent => ({
    id: `${occurredAt}`,
    type,
    occurredAt,
    seq: occurredAt,
    fields,
  });
  const seenWith = (...events: readonly SeenEvent[]): Seen => ({
    calls: new Map([['wang', { interaction: 'call-wang', events, verdicts: [] }]]),
    presence: new Map(),
    desks: new Map(),
    board: { waiting: 0, ready: 0, talking: 0 },
    promises: [],
    proposals: [],
  });
  const notice = (interrupted: boolean) => event('prompt.played', 1, { about: 'recording-notice', interrupted });

  test('is to record somebody who was not told to the end', () => {
    expect(brokenInvariant(seenWith(notice(false), event('recording.started', 2)))).toBeUndefined();
    expect(brokenInvariant(seenWith(notice(true), event('recording.started', 2)))).toContain('recorded before the caller was told');
    expect(brokenInvariant(seenWith(event('recording.started', 2)))).toContain('recorded before the caller was told');
  });

  test('is to end twice, ring two agents at once, or show one call on two desks', () => {
    expect(brokenInvariant(seenWith(event('call.ended', 1), event('call.ended', 2)))).toContain('ended 2 times');
    const offers = [event('call.agent-offered', 1, { agent: '0217' }), event('call.agent-offered', 2, { agent: '0209' })];
    expect(brokenInvariant(seenWith(...offers))).toContain('offered to 0209 while 0217 was asked');
    const both = { shows: 'call', interaction: 'call-wang' } as const;
    expect(
      brokenInvariant({
        ...seenWith(),
        desks: new Map([
          ['0217', both],
          ['0209', both],
        ]),
      }),
    ).toContain('two desks');
  });
});

test('goldens are written only when asked for, and never in CI', () => {
  expect(writesGoldens({})).toBe(false);
  expect(writesGoldens({ THREERINGS_GOLDEN: 'write' })).toBe(true);
  expect(() => writesGoldens({ THREERINGS_GOLDEN: 'write', CI: 'true' })).toThrow('refused in CI');
  expect(() => writesGoldens({ THREERINGS_GOLDEN: 'yes' })).toThrow('expected write, found "yes"');
});
