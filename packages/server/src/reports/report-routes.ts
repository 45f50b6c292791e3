import { reportQuery, reportRows, reportRowsQuery, reportView } from '@threerings/core/wire/reports';
import { z } from 'zod';
import type { Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { languageOf, type RefusalTable, refuseFrom } from '../http/refusals.ts';
import type { Audit } from '../people/people-store.ts';
import type { ReportDesk } from './report-desk.ts';
import { rowsBehind } from './report-rows.ts';
import { reportSheet } from './report-sheet.ts';

export const reportRefusals = {
  'report.not-yours': {
    status: 403,
    zh: '没有这个组织或人员，或不在您的查看范围内',
    en: 'there is no such unit or person, or it is beyond what you may see',
    remedy: { zh: '请从筛选列表中选择', en: 'choose from the lists of the page' },
  },
  'report.no-day': {
    status: 400,
    zh: '日期不存在',
    en: 'there is no such day',
    remedy: { zh: '请按 2026-09-30 的格式填写', en: 'write it like 2026-09-30' },
  },
  'report.no-figure': {
    status: 404,
    zh: '没有这项指标',
    en: 'there is no such figure',
    remedy: { zh: '请从报表中点开', en: 'open it from the report' },
  },
} as const satisfies RefusalTable;

const config = { permission: ['reports.see-own', 'reports.see-unit', 'reports.see-all'] } as const;

/** A browser fetches a file by a plain link, which cannot name the page's language in a head. */
const sheetQuery = reportQuery.extend({ language: z.enum(['zh', 'en']).optional() });

/** `/api/reports`: figures with their formulas, the rows behind each, and the same as a workbook. */
export function reportFeature(desk: () => ReportDesk, audit: Audit): Feature {
  return {
    name: 'reports',
    routes(app) {
      app.get('/api/reports', { config, schema: { querystring: reportQuery, response: { 200: reportView } } }, async (request, reply) => {
        const report = await desk().make(personOf(request).person, request.query);
        return typeof report === 'string' ? refuseFrom(reportRefusals, report, request, reply) : report;
      });
      const rows = { querystring: reportRowsQuery, response: { 200: reportRows } };
      app.get('/api/reports/rows', { config, schema: rows }, async (request, reply) => {
        const found = await rowsBehind(desk(), personOf(request).person, request.query);
        return typeof found === 'string' ? refuseFrom(reportRefusals, found, request, reply) : found;
      });
      app.get('/api/reports/sheet', { config, schema: { querystring: sheetQuery } }, async (request, reply) => {
        const { person } = personOf(request);
        const report = await desk().make(person, request.query);
        if (typeof report === 'string') return refuseFrom(reportRefusals, report, request, reply);
        const { now, zoneOffsetMs } = desk().parts;
        const { kind, by, unit, agent, queue, language } = request.query;
        const facts = { kind, period: report.title, by, ...(unit && { unit }), ...(queue && { queue }) };
        await audit.record({ at: now(), action: 'report.exported', actor: person.agent, about: agent, facts });
        const sheet = await reportSheet(report, language ?? languageOf(request.headers['accept-language']), zoneOffsetMs);
        const name = `threerings-${kind}-${report.title.replaceAll(' – ', '_')}.xlsx`;
        return reply
          .header('content-disposition', `attachment; filename="${name}"`)
          .header('cache-control', 'private, no-store')
          .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
          .send(sheet);
      });
    },
  };
}
