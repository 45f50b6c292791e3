import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { callerLines } from '@threerings/core/training/lines';
import { Rehearsal } from '@threerings/core/training/rehearsal';
import { type TrainingAct, trainingAct } from '@threerings/core/wire/training';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packsFolder, readNorms } from '../composition/norms-in-force.ts';
import { settingsUnder } from '../norm-packs/pack-rules.ts';
import { packNamedIn, scriptTexts, trainingFolder } from './delivered-scripts.ts';
import { judged } from './judged-try.ts';
import { readScript } from './script-text.ts';
import { TrainingPacks } from './training-norms.ts';

const goldens = fileURLToPath(new URL('../../../../golden/training/', import.meta.url));
const opening = Date.UTC(2026, 8, 30, 2);
const scripts = [
  't1-self-service',
  't2-asks-for-leader',
  't3-unknown-matter',
  't4-low-mood',
  't5-angry-complaint',
  't6-roaming-expert',
  't7-monthly-rebate',
  't8-long-fault',
  't9-handset-repair',
  't10-charge-dispute',
];

const norms = await readNorms();
const packs = new TrainingPacks(packsFolder, new Set(norms.clauses.keys()), norms.calendar.table);
await packs.read((await scriptTexts(trainingFolder)).flatMap(({ text }) => packNamedIn(text) ?? []));

/** `+8` = so many seconds pass; a text is said; anything else is an act. */
type Played = string | TrainingAct;

const played = new Map<string, ReturnType<typeof playNow>>();
function play(name: string, how: 'well' | 'badly') {
  const known = played.get(`${name} ${how}`) ?? playNow(name, how);
  played.set(`${name} ${how}`, known);
  return known;
}

function playNow(name: string, how: 'well' | 'badly') {
  const file = path.join(trainingFolder, `${name}.yaml`);
  const read = readScript(file, readFileSync(file, 'utf8'), (pack) => packs.known(norms.book, pack));
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const own = packs.of(norms.book, read.script);
  const settings = settingsUnder(norms.book.pack);
  const setup = { script: read.script, agent: '0217', startedAt: opening, seed: 1 };
  const rehearsal = new Rehearsal(setup, { settings, calendar: norms.calendar.table, hears: (text) => own.hears(text) });
  const plays = parse(readFileSync(path.join(trainingFolder, `plays/${name}.yaml`), 'utf8')) as Record<typeof how, Played[]>;
  const refused: string[] = [];
  for (const each of plays[how]) {
    if (typeof each === 'string' && each.startsWith('+')) rehearsal.advance(rehearsal.now + Number(each.slice(1)) * 1000);
    else {
      const act = trainingAct.parse(typeof each === 'string' ? { do: 'say', text: each } : each);
      const answer = rehearsal.act(act, rehearsal.now);
      if ('refused' in answer) refused.push(`${act.do}: ${answer.refused}`);
      else if ('ask' in answer) refused.push(`${act.do}: asked for a reason`);
    }
  }
  rehearsal.advance(rehearsal.now + 3_600_000);
  return { rehearsal, refused, ...judged(rehearsal, own) };
}

const clock = (at: number) => `${((at - opening) / 1000).toFixed(1)} s`;

function told({ rehearsal, refused, verdicts, missed, result }: ReturnType<typeof play>) {
  return {
    ending: result.ending,
    passed: result.passed,
    states: [...rehearsal.visited].join(' '),
    talk: rehearsal
      .events()
      .flatMap(({ type, by, text, occurredAt }) => (type === 'speech.said' ? [`${clock(occurredAt)} ${by}: ${text}`] : [])),
    steps: result.steps.map(({ step, standing, at }) => `${step}: ${standing}${at === undefined ? '' : ` at ${clock(at)}`}`),
    stops: result.stops.map(({ did, at }) => `${did} at ${clock(at)}`),
    refused,
    recordMissing: result.record.missing,
    wouldCreate: result.wouldCreate.map(({ type, kind }) => (kind === undefined ? type : `${type} ${kind}`)),
    verdicts: verdicts.map(
      ({ norm, pack, value, at, reason }) => `${value} ${pack}/${norm} at ${clock(at)}${reason === undefined ? '' : ` (${reason})`}`,
    ),
    missed: missed.map(({ norm, sentence, message, nearest }) => ({ norm, sentence, message: message?.zh, nearest: nearest?.text })),
  };
}

describe.each(scripts)('%s', (name) => {
  it.each(['well', 'badly'] as const)('played %s comes to its golden result', (how) => {
    const found = told(play(name, how));
    const file = path.join(goldens, `${name}.${how}.json`);
    if (process.env['THREERINGS_GOLDEN'] === 'write' && process.env['CI'] === undefined) {
      mkdirSync(goldens, { recursive: true });
      writeFileSync(file, `${JSON.stringify(found, undefined, 2)}\n`);
    }
    expect(JSON.parse(JSON.stringify(found))).toEqual(JSON.parse(readFileSync(file, 'utf8')));
    expect(found.passed).toBe(how === 'well');
  });

  it('has a name for everything that the caller says: it can be recorded', () => {
    const { rehearsal } = play(name, 'badly');
    const recordable = new Set(callerLines(rehearsal.script).map(({ says }) => says));
    const said = rehearsal.events().flatMap(({ type, by, text }) => (type === 'speech.said' && by === 'customer' ? [text ?? ''] : []));
    expect(said.length).toBeGreaterThan(0);
    expect(said.filter((text) => !recordable.has(text))).toEqual([]);
  });

  it('tells apart who played it well and who did not', () => {
    const well = play(name, 'well');
    const badly = play(name, 'badly');
    const practised = new Set(well.rehearsal.script.practises);
    const values = ({ verdicts }: typeof well, value: string) =>
      verdicts.filter((verdict) => practised.has(verdict.norm) && verdict.value === value);
    expect(values(well, 'broken')).toEqual([]);
    expect(badly.result.steps.some(({ standing }) => standing === 'missing' || standing === 'early')).toBe(true);
  });
});
