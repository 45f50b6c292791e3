import { describe, expect, it } from 'vitest';
import { isRefusal } from '../errors/refusal.ts';
import { settings, shippedSettings, withSettings } from '../settings/defaults.ts';
import { role } from '../wire/session.ts';
import { permissions, permissionsOf, permits } from './permissions.ts';
import { mayHear, maySee, type Viewer } from './sight.ts';
import { isWithin, pathTo, type Unit, unitTree } from './units.ts';

const units: readonly Unit[] = [
  { id: 'city', name: '市热线' },
  { id: 'day', name: '白班', parent: 'city' },
  { id: 'day-1', name: '白班一组', parent: 'day' },
  { id: 'night', name: '夜班', parent: 'city' },
];

function tree() {
  const made = unitTree(units);
  if (isRefusal(made)) throw new Error(made.refused);
  return made;
}

describe('units', () => {
  it('form a tree whose paths begin outermost', () => {
    expect(pathTo(tree(), 'day-1').map((unit) => unit.id)).toEqual(['city', 'day', 'day-1']);
    expect(isWithin(tree(), 'day-1', 'day')).toBe(true);
    expect(isWithin(tree(), 'day', 'day-1')).toBe(false);
    expect(pathTo(tree(), 'moon')).toEqual([]);
  });

  it.each([
    ['unit.twice', [...units, { id: 'day', name: '又一个' }]],
    ['unit.no-parent', [{ id: 'a', name: 'A', parent: 'b' }]],
    [
      'unit.circle',
      [
        { id: 'a', name: 'A', parent: 'b' },
        { id: 'b', name: 'B', parent: 'a' },
      ],
    ],
  ])('are refused with %s', (code, given) => {
    expect(unitTree(given)).toMatchObject({ refused: code });
  });
});

describe('permissions', () => {
  it('are each brought by some role, and every role brings some', () => {
    const brought = new Set(role.options.flatMap((name) => permissionsOf[name]));
    expect([...Object.keys(permissions)].filter((name) => !brought.has(name as keyof typeof permissions))).toEqual([]);
    expect(role.options.filter((name) => permissionsOf[name].length === 0)).toEqual([]);
  });

  it('do not let an agent see the board, nor an administrator hear calls', () => {
    expect(permits(['agent'], 'board.see')).toBe(false);
    expect(permits(['agent', 'leader'], 'board.see')).toBe(true);
    expect(permits(['administrator'], 'recording.hear')).toBe(false);
    expect(permits([], 'norms.see')).toBe(false);
  });
});

describe('sight', () => {
  const agent: Viewer = { agent: '1024', unit: 'day-1', roles: ['agent'] };
  const leader: Viewer = { agent: '2001', unit: 'day', roles: ['leader'] };
  const owner: Viewer = { agent: '3001', unit: 'city', roles: ['norm-owner'] };
  const own = { agent: '1024', unit: 'day-1' };
  const other = { agent: '1030', unit: 'night' };

  it('of an agent ends at own calls', () => {
    expect([maySee(agent, own, tree()), maySee(agent, { agent: '1025', unit: 'day-1' }, tree()), maySee(agent, {}, tree())]).toEqual([
      true,
      false,
      false,
    ]);
    expect(mayHear(agent, own, tree())).toBe(true);
  });

  it('of a leader covers the own unit, what lies below it, and calls that nobody has answered', () => {
    expect([maySee(leader, own, tree()), maySee(leader, other, tree()), maySee(leader, {}, tree())]).toEqual([true, false, true]);
    expect([mayHear(leader, own, tree()), mayHear(leader, other, tree())]).toEqual([true, false]);
  });

  it('of calls does not bring their sound', () => {
    expect([maySee(owner, other, tree()), mayHear(owner, other, tree())]).toEqual([true, false]);
  });
});

describe('settings', () => {
  it('ship within their own range, and their ring is five seconds', () => {
    for (const [name, spec] of Object.entries(settings)) expect(isRefusal(withSettings({ [name]: spec.default })), name).toBe(false);
    expect(shippedSettings.ringToneMs + shippedSettings.ringPauseMs).toBe(5000);
  });

  it('take a changed value and refuse unknown names and wrong values', () => {
    expect(withSettings({ wrapUpMs: 30_000 })).toEqual({ ...shippedSettings, wrapUpMs: 30_000 });
    expect(withSettings({ toString: 1 })).toMatchObject({ refused: 'setting.unknown' });
    for (const wrapUpMs of [-1, 1.5, Number.NaN, '30000', 99 * 60_000]) {
      expect(withSettings({ wrapUpMs })).toMatchObject({ refused: 'setting.out-of-range' });
    }
    expect(withSettings({ connectionGoal: 0.9 })).toMatchObject({ connectionGoal: 0.9 });
  });
});
