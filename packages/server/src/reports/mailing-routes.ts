import { mailAddress, maskedAddress } from '@threerings/core/sending/address';
import { newReportMailing, reportMailings } from '@threerings/core/wire/report-mailings';
import { reportQuery } from '@threerings/core/wire/reports';
import { z } from 'zod';
import type { Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { type RefusalTable, refuseFrom } from '../http/refusals.ts';
import type { Audit } from '../people/people-store.ts';
import type { Person } from '../session/sessions.ts';
import type { MailReportsParts } from './mail-reports.ts';
import { addMailing, addressesOf, listMailings, type MailingRow, mostMailings, removeMailing } from './mailings-read-model.ts';
import { fileOfReport } from './report-files.ts';
import { scopeOf } from './report-scope.ts';

export const mailingRefusals = {
  'mailing.no-address': {
    status: 422,
    zh: '收件地址中有不是邮箱地址的',
    en: 'one of the addresses is no mail address',
    remedy: { zh: '每行一个邮箱地址，例如 wang@example.org', en: 'one address a line, such as wang@example.org' },
  },
  'mailing.no-channel': {
    status: 409,
    zh: '没有配置邮件服务器',
    en: 'no mail server is configured',
    remedy: { zh: '请管理员设置 --mail-url 与 --mail-from', en: 'an administrator sets --mail-url and --mail-from' },
  },
  'mailing.too-many': {
    status: 409,
    zh: '定期发送已达上限',
    en: 'there are as many mailings as there can be',
    remedy: { zh: '请先删除不再需要的', en: 'remove those that nobody needs' },
  },
  'mailing.not-yours': {
    status: 403,
    zh: '没有这个组织，或不在您的查看范围内',
    en: 'there is no such unit, or it is beyond what you may see',
    remedy: { zh: '请从列表中选择', en: 'choose from the list' },
  },
  'mailing.gone': {
    status: 404,
    zh: '没有这一条定期发送，或是别人设的',
    en: 'there is no such mailing, or somebody else set it up',
    remedy: { zh: '请刷新列表', en: 'load the list again' },
  },
} as const satisfies RefusalTable;

export interface MailingRouteParts extends Omit<MailReportsParts, 'onError'> {
  readonly audit: Audit;
  /** a mail server is configured */
  sends(): boolean;
}

const config = { permission: 'reports.mail' } as const;
const ok = z.object({ ok: z.literal(true) });

/** `/api/report-mailings`: reports that are mailed by themselves; who sets one up sees and removes it, operations all. */
export function mailingFeature(parts: () => MailingRouteParts): Feature {
  return {
    name: 'report mailings',
    routes(app) {
      app.get('/api/report-mailings', { config, schema: { response: { 200: reportMailings } } }, async (request) => {
        const { db, vault, sends } = parts();
        const rows = await seenBy(parts(), personOf(request).person);
        const addresses = await addressesOf(db, vault, rows);
        return { sends: sends(), mailings: rows.map((row) => onWire(row, addresses.get(row.mailing) ?? [])) };
      });
      app.post('/api/report-mailings', { config, schema: { body: newReportMailing, response: { 201: ok } } }, async (request, reply) => {
        const refused = await setUp(parts(), personOf(request).person, request.body);
        return refused === undefined ? reply.code(201).send({ ok: true as const }) : refuseFrom(mailingRefusals, refused, request, reply);
      });
      const removing = { params: z.object({ mailing: z.string().min(6).max(40) }), response: { 200: ok } };
      app.delete('/api/report-mailings/:mailing', { config, schema: removing }, async (request, reply) => {
        const { db, vault, audit, desk } = parts();
        const { person } = personOf(request);
        const { mailing } = request.params;
        if (!(await seenBy(parts(), person)).some((row) => row.mailing === mailing))
          return refuseFrom(mailingRefusals, 'mailing.gone', request, reply);
        await removeMailing(db, vault, mailing);
        await audit.record({ at: desk.parts.now(), action: 'report-mailing.removed', actor: person.agent, facts: { mailing } });
        return { ok: true as const };
      });
    },
  };
}

async function seenBy({ db }: MailingRouteParts, { agent, roles }: Person): Promise<MailingRow[]> {
  return (await listMailings(db)).filter(({ maker }) => maker === agent || roles.includes('operations'));
}

async function setUp(
  { db, vault, audit, desk, sends }: MailingRouteParts,
  person: Person,
  given: z.infer<typeof newReportMailing>,
): Promise<keyof typeof mailingRefusals | undefined> {
  if (!sends()) return 'mailing.no-channel';
  const to = given.to.map(mailAddress);
  if (to.includes(undefined)) return 'mailing.no-address';
  const { people: store, unitsBelow, now, zoneOffsetMs } = desk.parts;
  const [people, units] = await Promise.all([store.people(), store.units()]);
  const { kind, unit, queue, by, mailing } = given;
  const query = reportQuery.parse({ kind, unit, queue, by });
  if ((await scopeOf(person, query, { people, units, unitsBelow })) === undefined) return 'mailing.not-yours';
  if ((await listMailings(db)).length >= mostMailings) return 'mailing.too-many';
  const lastDay = fileOfReport(kind, now(), zoneOffsetMs).day;
  await addMailing(db, vault, { ...given, to: to.filter((one) => one !== undefined) }, { maker: person.agent, at: now(), lastDay });
  const facts = {
    mailing,
    kind,
    recipients: to.length,
    ...(unit === undefined ? {} : { unit }),
    ...(queue === undefined ? {} : { queue }),
  };
  await audit.record({ at: now(), action: 'report-mailing.set', actor: person.agent, facts });
  return undefined;
}

function onWire(row: MailingRow, addresses: readonly string[]): z.infer<typeof reportMailings>['mailings'][number] {
  const { mailing, kind, unit, queue, grouping, language, maker, at, last_day, last_fault } = row;
  return {
    ...{ mailing, kind, by: grouping, language, maker, at, lastDay: last_day, to: addresses.map(maskedAddress) },
    ...(unit === null ? {} : { unit }),
    ...(queue === null ? {} : { queue }),
    ...(last_fault === 'maker-gone' || last_fault === 'not-yours' ? { fault: last_fault } : {}),
  };
}
