import { describe, expect, it } from 'vitest';
import { type Carrier, type ClauseRow, type Feature, provenShare, reckon, totalsOf } from './reckon.ts';

const features: readonly Feature[] = [
  { id: 'hold', zh: '保持', en: 'hold', events: ['hold.started'] },
  { id: 'transfer', zh: '转接', en: 'transfer', events: ['transfer.started'] },
  { id: 'review', zh: '质检', en: 'review', events: [] },
];
const seen = new Set(['hold.started']);
const norm = (change: Partial<Carrier> = {}): Carrier => ({
  kind: 'norm',
  id: 'p/limit',
  cites: ['S0-1'],
  kept: ['good'],
  broken: ['bad'],
  lacks: [],
  written: true,
  ...change,
});
const row = (change: Partial<ClauseRow> = {}): ClauseRow => ({ clause: 'S0-1', kind: 'norm', feature: 'hold', ...change });
const one = (given: ClauseRow, ...carriers: readonly Carrier[]) => reckon([given], carriers, features, seen)[0];

describe('a clause that a norm carries', () => {
  it('is proven when the norm is shown kept and broken by what this version does', () => {
    expect(one(row(), norm())).toMatchObject({ state: 'proven', by: ['p/limit'], kept: ['good'], broken: ['bad'], observable: true });
  });

  it('is written, never covered, while only one of both is shown', () => {
    expect(one(row(), norm({ broken: [] }))).toMatchObject({ state: 'written', observable: true });
    expect(one(row(), norm({ kept: [] }))).toMatchObject({ state: 'written', observable: true });
  });

  it('is told, and waits, when no scenario has the events that the norm needs', () => {
    const told = one(row(), norm({ lacks: ['transfer.completed'] }));
    expect(told).toMatchObject({ state: 'told', waitsFor: 'transfer', lacks: ['transfer.completed'], observable: false });
  });

  it('waits for the feature that brings the very event, before one that brings events like it', () => {
    const told = norm({ lacks: ['transfer.failed'] });
    const listed = [...features, { id: 'redirect', zh: '转错', en: 'wrong extension', events: ['transfer.failed'] }];
    expect(reckon([row()], [told], listed, seen)[0]?.waitsFor).toBe('redirect');
    expect(one(row(), told)?.waitsFor).toBe('transfer');
  });

  it('goes by the best of the norms that cite it', () => {
    expect(one(row(), norm({ id: 'p/draft', kept: [] }), norm())).toMatchObject({ state: 'proven', by: ['p/limit'] });
  });

  it('goes by the named norm alone where the row names one', () => {
    expect(one(row({ by: 'draft' }), norm({ id: 'p/draft', kept: [] }), norm())).toMatchObject({ state: 'written', by: ['p/draft'] });
  });

  it('goes by the pack of its document alone where there is one: a figure of the base pack may be another', () => {
    const own = norm({ id: 's0/limit', kept: [] });
    expect(one(row(), own, norm({ id: 'common/limit' }))).toMatchObject({ state: 'written', by: ['s0/limit'] });
    expect(one(row(), { ...own, cites: ['S0-2'] }, norm({ id: 'common/limit' }))).toMatchObject({ state: 'open', by: [] });
  });

  it('is open where this version could show it and nobody wrote the norm, else waits for its feature', () => {
    expect(one(row())).toMatchObject({ state: 'open', observable: true, by: [] });
    expect(one(row({ feature: 'transfer' }))).toMatchObject({ state: 'waiting', waitsFor: 'transfer', observable: false });
  });

  it('is not carried by a rule of the same name', () => {
    expect(one(row({ kind: 'rule', by: 'limit' }), norm())).toMatchObject({ state: 'open' });
  });
});

describe('a clause that the flow or people carry', () => {
  const rule = norm({ kind: 'rule', id: 'asks', cites: [], written: false });

  it('is proven by a rule that is shown, and whose contrary is refused or cannot be', () => {
    expect(one(row({ kind: 'rule', by: 'asks' }), rule)?.state).toBe('proven');
    expect(one(row({ kind: 'rule', by: 'asks' }), { ...rule, broken: [] })?.state).toBe('open');
    expect(one(row({ kind: 'rule', by: 'asks' }), { ...rule, broken: [], noContrary: 'none' })?.state).toBe('proven');
  });

  it('waits for its feature although the item stands on the form', () => {
    const item = norm({ kind: 'item', id: 'tone', cites: [], kept: [], broken: [] });
    expect(one(row({ kind: 'item', by: 'tone', feature: 'review' }), item)).toMatchObject({
      state: 'written',
      waitsFor: 'review',
      observable: false,
    });
  });
});

it('totals count states by kind, and the share is of what this version could show', () => {
  const rows = [row(), row({ clause: 'S0-2' }), row({ clause: 'S0-3', feature: 'transfer' })];
  const totals = totalsOf(reckon(rows, [norm({ hears: true })], features, seen));
  expect(totals).toMatchObject({ clauses: 3, observable: 2, proven: 1, provenByEar: 1 });
  expect(totals.byKind.norm).toEqual({ proven: 1, told: 0, written: 0, open: 1, waiting: 1 });
  expect(provenShare(totals)).toBe(50);
  expect(provenShare(totalsOf([]))).toBe(100);
});
