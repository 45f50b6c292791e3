import { permits } from '@threerings/core/people/permissions';
import { importForm, importKinds, importReport } from '@threerings/core/wire/imports';
import { z } from 'zod';
import type { App, Feature } from '../../http/app.ts';
import { personOf } from '../../http/guard.ts';
import { type RefusalTable, refuseFrom } from '../../http/refusals.ts';
import type { Audit } from '../../people/people-store.ts';
import type { ImportHouse } from './import-house.ts';
import { endingsOf } from './import-table.ts';
import { permissionOf, tableKinds } from './table-kinds.ts';

export const tableRouteRefusals = {
  'import.not-allowed': {
    status: 403,
    zh: '您的角色不能导入这一类',
    en: 'your roles do not allow importing this',
    remedy: {
      zh: '人员由管理员导入；承诺与工单由运营导入；知识由编写知识的人导入',
      en: 'people are imported by administrators, promises and tickets by operations, knowledge by who writes it',
    },
  },
  'import.other-file': {
    status: 409,
    zh: '文件与预览的不是同一份',
    en: 'this is not the file that was looked at',
    remedy: { zh: '请重新预览', en: 'look at it again first' },
  },
} as const satisfies RefusalTable;

/** A table of 20 000 rows. */
const largestTable = 16 * 1024 * 1024;

const config = { permission: ['users.manage', 'settings.change', 'calls.import', 'knowledge.edit', 'blocklist.keep'] } as const;
const params = z.object({ kind: z.enum(importKinds) });
const query = z.object({
  file: z.string().min(1).max(200),
  /** digest of what was looked at; absent = only look */
  apply: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});

/** `/api/imports`: a table is uploaded and looked at; sent again with the digest of what was looked at, it is written – whole, or not at all. */
export function tableImportFeature(house: (by: string) => ImportHouse, audit: Audit): Feature {
  return {
    name: 'table imports',
    async routes(outer) {
      // A scope of its own: what takes bytes here takes them nowhere else.
      await outer.register(async (inner: App) => {
        inner.addContentTypeParser('application/octet-stream', { parseAs: 'buffer', bodyLimit: largestTable }, (_, body, done) =>
          done(null, body),
        );
        tableRoutes(inner, house, audit);
      });
    },
  };
}

function tableRoutes(app: App, house: (by: string) => ImportHouse, audit: Audit): void {
  app.get('/api/imports', { config, schema: { response: { 200: z.array(importForm) } } }, async (request) => {
    const { roles } = personOf(request).person;
    return tableKinds.map((each) => ({
      kind: each.kind,
      title: each.form.title,
      endings: [...endingsOf(each)],
      columns: Object.values(each.form.columns).map(({ heads: [zh, en], required = false, expected }) => ({
        head: { zh, en },
        required,
        expected,
      })),
      allowed: permits(roles, permissionOf[each.kind]),
    }));
  });
  const route = { config, bodyLimit: largestTable, schema: { params, querystring: query, response: { 200: importReport } } };
  app.post('/api/imports/:kind', route, async (request, reply) => {
    const { agent, roles } = personOf(request).person;
    const { kind } = request.params;
    if (!permits(roles, permissionOf[kind])) return refuseFrom(tableRouteRefusals, 'import.not-allowed', request, reply);
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { file, apply } = request.query;
    const of = tableKinds.find((one) => one.kind === kind);
    if (of === undefined) throw new Error(`no table ${kind}`);
    const looked = await of.read({ file, bytes, apply: false }, house(agent));
    if (apply === undefined || looked.faults.length > 0) return looked;
    if (apply !== looked.digest) return refuseFrom(tableRouteRefusals, 'import.other-file', request, reply);
    const done = await of.read({ file, bytes, apply: true }, house(agent));
    const facts = { kind, digest: done.digest, ...done.counts };
    if (done.applied) await audit.record({ at: house(agent).now(), action: 'table.imported', actor: agent, facts });
    return done;
  });
}
