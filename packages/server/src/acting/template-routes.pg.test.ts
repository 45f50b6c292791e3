import { deliveredTemplates } from '@threerings/core/acting/templates';
import type { ActingTemplates, ActTemplate, TemplatesChanged } from '@threerings/core/wire/acting';
import { testShell } from '@threerings/testkit/shell';
import { testDatabase } from '@threerings/testkit/test-database';
import { expect, test } from 'vitest';
import { readStoredPlan } from '../hotline-plan/plan-read-model.ts';
import { templateFeature } from './template-routes.ts';

const { db } = await testDatabase();
const now = () => Date.UTC(2026, 8, 30, 2);
const shell = await testShell(db, { now, features: ({ audit }) => [templateFeature({ db, audit, now })] });
type Role = Parameters<typeof shell.cookieOf>[0];

async function ask<Body>(who: Role, method: 'GET' | 'PUT', body?: object) {
  const answer = await shell.request(method, '/api/acting-templates', { as: await shell.cookieOf(who), body });
  return { status: answer.status, body: answer.body as Body, refused: (answer.body as { refused?: string }).refused };
}
const seen = async () => (await ask<ActingTemplates>('norm-owner', 'GET')).body;
const save = (who: Role, templates: readonly unknown[], state: string) =>
  ask<TemplatesChanged>(who, 'PUT', { state, note: '新增热招', templates });

const own: ActTemplate = {
  template: 'hot',
  name: { zh: '热招', en: 'Hot position' },
  rights: ['owner'],
  fields: [{ field: 'days', name: { zh: '天数', en: 'days' } }],
  extras: [],
};

test('products are seen and changed by who keeps norms or settings, every change is a version, and the newest stands in the plan', async () => {
  expect((await ask('agent', 'GET')).status).toBe(403);
  const before = await seen();
  expect(before).toMatchObject({ delivered: true, versions: [] });
  expect(before.templates).toEqual(deliveredTemplates);
  expect((await save('agent', [own], before.state)).status).toBe(403);
  expect((await save('norm-owner', [...before.templates, own], before.state)).body).toEqual({ version: 1, faults: [] });
  const after = await seen();
  expect(after).toMatchObject({ delivered: false, versions: [{ version: 1, madeBy: 'norm-owner', note: '新增热招' }] });
  expect((await readStoredPlan(db))?.acting?.map(({ template }) => template)).toContain('hot');
  expect((await save('administrator', [own], before.state)).refused).toBe('templates.changed');
  expect((await save('administrator', [], after.state)).body).toEqual({ version: 2, faults: [] });
  expect((await readStoredPlan(db))?.acting).toEqual([]);
  expect((await seen()).versions[1]?.templates.at(-1)).toEqual(own);
  expect((await shell.audit.entries(0, 9)).filter(({ action }) => action === 'acting.templates-changed')).toHaveLength(2);
});

test('a product that does not check is not saved, and every fault comes with its place', async () => {
  const { state, templates } = await seen();
  const wrong: readonly [unknown, string][] = [
    [{ ...own, name: { zh: '', en: 'x' } }, '0.name.zh'],
    [{ ...own, rights: [] }, '0.rights'],
    [{ ...own, fields: [] }, '0.fields'],
    [{ ...own, fields: [own.fields[0], own.fields[0]] }, '0.fields.1.field'],
    [{ ...own, template: '含 空格' }, '0.template'],
    [{ ...own, price: 1 }, '0'],
    [{ ...own, extras: [{ item: 'x', name: own.name, when: { field: 'nothing', is: '1' } }] }, '0.extras.0.when.field'],
    ['nonsense', '0'],
  ];
  for (const [given, place] of wrong) {
    const { body } = await save('norm-owner', [given], state);
    expect(body.version).toBeUndefined();
    expect(body.faults).toContainEqual({ place, expected: { zh: expect.any(String), en: expect.any(String) }, found: expect.any(String) });
  }
  expect((await save('norm-owner', [own, own], state)).body.faults).toMatchObject([{ place: '1.template' }]);
  expect((await ask('norm-owner', 'PUT', { state, note: ' ', templates: [own] })).refused).toBe('request.invalid');
  expect((await seen()).templates).toEqual(templates);
});
