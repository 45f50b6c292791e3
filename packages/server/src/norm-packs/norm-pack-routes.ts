import { isRefusal, type Refusal } from '@threerings/core/errors/refusal';
import { passesGate } from '@threerings/core/norm-labels/score';
import {
  approveBody,
  clauseRow,
  type LabelReportOnWire,
  labelReport,
  newDraftAnswer,
  newDraftBody,
  packParams,
  packVersionDetail,
  packVersionRow,
  reasonBody,
  savePackAnswer,
  savePackBody,
  versionParams,
  whatIfBody,
  whatIfView,
} from '@threerings/core/wire/norm-packs';
import type { CalendarTable } from '@threerings/norms/match/calendar';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App, Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { languageOf, type RefusalTable, refuseDomain, refuseFrom } from '../http/refusals.ts';
import type { WhatIf } from '../rejudging/what-if.ts';
import type { Clause } from './catalogue.ts';
import type { LabelReport } from './labelled-tests.ts';
import type { PackVersions, VersionRefusal } from './pack-versions.ts';

export interface NormPackParts {
  readonly versions: () => PackVersions;
  readonly whatIf: () => WhatIf;
  readonly clauses: () => ReadonlyMap<string, Clause>;
  /** the hotline’s time, with which a page tries norms */
  readonly calendar: () => CalendarTable;
  readonly now: () => number;
}

const refusals = {
  'norm-pack.unknown': {
    status: 404,
    zh: '没有这个规范包版本',
    en: 'there is no such version of a norm pack',
    remedy: { zh: '请从规范包列表打开', en: 'open it from the list' },
  },
  'norm-pack.conflict': {
    status: 409,
    zh: '别人刚改过这个版本，您的文字没有保存',
    en: 'somebody else has just changed this version: your text was not saved',
    remedy: { zh: '您的文字还在页面上；请先载入新的，再合并', en: 'your text is still on the page: load the new one and merge' },
  },
  'norm-pack.taken': {
    status: 409,
    zh: '这个版本号刚被别人用了',
    en: 'that version number has just been taken',
    remedy: { zh: '请再试一次', en: 'try again' },
  },
  'norm-pack.other-identity': {
    status: 422,
    zh: '规范包的名称和版本不能在文本里改：应为 {expected}',
    en: 'name and version of the pack cannot be changed in the text: expected {expected}',
    remedy: { zh: '请改回文件开头的一行', en: 'restore the first line of the file' },
  },
  'norm-pack.does-not-check': {
    status: 422,
    zh: '有 {count} 处错误，没有保存：{first}',
    en: '{count} mistakes, nothing was saved: {first}',
    remedy: { zh: '请改正后再保存', en: 'correct them and save again' },
  },
  'norm-pack.below-gate': {
    status: 422,
    zh: '标注测试没有达到门槛：{norms}；{count} 处与标注不同',
    en: 'below the gate of its labelled tests: {norms}; {count} judged otherwise than labelled',
    remedy: { zh: '请在“标注测试”里打开这些对话，改规范或改标注', en: 'open them under labelled tests, and mend the norm or the label' },
  },
} as const satisfies RefusalTable;

const done = z.object({ ok: z.literal(true) });
type Version = z.infer<typeof versionParams>;
type Step =
  | { readonly kind: 'submit' | 'review' }
  | { readonly kind: 'approve'; readonly effectiveAt: number }
  | { readonly kind: 'return' | 'withdraw'; readonly reason: string };

/** Norm packs: reading, drafts, the way to the calls, and what a version would change. */
export function normPackFeature(parts: NormPackParts): Feature {
  return {
    name: 'norm-packs',
    routes(app) {
      readingRoutes(app, parts);
      draftRoutes(app, parts);
      publishingRoutes(app, parts);
      whatIfRoutes(app, parts);
      labelRoutes(app, parts);
    },
  };
}

function readingRoutes(app: App, { versions, clauses, calendar }: NormPackParts): void {
  const see = { config: { permission: 'norms.see' } } as const;
  app.get('/api/norm-packs', { ...see, schema: { response: { 200: z.array(packVersionRow) } } }, async () => versions().list());
  const one = { ...see, schema: { params: versionParams, response: { 200: packVersionDetail } } };
  app.get('/api/norm-packs/:pack/:version', one, async (request, reply) => {
    const { pack, version } = request.params;
    return (await versions().detail(pack, version)) ?? refuseFrom(refusals, 'norm-pack.unknown', request, reply);
  });
  app.get('/api/calendar', { ...see, schema: { response: { 200: z.unknown() } } }, async () => calendar());
  app.get('/api/clauses', { ...see, schema: { response: { 200: z.array(clauseRow) } } }, async () =>
    [...clauses().values()].map(({ clause, norm, zh, en, document }) => ({ clause, norm, zh, en, document })),
  );
}

function draftRoutes(app: App, { versions }: NormPackParts): void {
  const edit = { config: { permission: 'norms.edit' } } as const;
  const draft = { ...edit, schema: { params: packParams, body: newDraftBody, response: { 201: newDraftAnswer } } };
  app.post('/api/norm-packs/:pack/drafts', draft, async (request, reply) => {
    const made = await versions().draft(request.params.pack, request.body.from, personOf(request).person.agent);
    return typeof made === 'number' ? reply.code(201).send({ version: made }) : refused(request, reply, made);
  });
  const save = { ...edit, schema: { params: versionParams, body: savePackBody, response: { 200: savePackAnswer } } };
  app.put('/api/norm-packs/:pack/:version', save, async (request, reply) => {
    const { revision, files } = request.body;
    const language = languageOf(request.headers['accept-language']);
    const saved = await versions().save({ ...request.params, revision }, files, personOf(request).person.agent, language);
    return typeof saved === 'number' ? { revision: saved } : refused(request, reply, saved);
  });
}

function publishingRoutes(app: App, { versions, now }: NormPackParts): void {
  const take = (request: FastifyRequest<{ Params: Version }>, step: Step) => {
    const { pack, version } = request.params;
    return versions().publish(pack, version, { ...step, by: personOf(request).person.agent, at: now() });
  };
  const path = '/api/norm-packs/:pack/:version';
  const schema = { params: versionParams, response: { 200: done } };
  app.post(`${path}/submit`, { config: { permission: 'norms.edit' }, schema }, async (request, reply) => {
    const answer = await take(request, { kind: 'submit' });
    return answer === undefined ? { ok: true as const } : refused(request, reply, answer);
  });
  app.post(`${path}/review`, { config: { permission: 'norms.review' }, schema }, async (request, reply) => {
    const answer = await take(request, { kind: 'review' });
    return answer === undefined ? { ok: true as const } : refused(request, reply, answer);
  });
  const approve = { config: { permission: 'norms.approve' }, schema: { ...schema, body: approveBody } } as const;
  app.post(`${path}/approve`, approve, async (request, reply) => {
    const answer = await take(request, { kind: 'approve', effectiveAt: request.body.effectiveAt ?? now() });
    return answer === undefined ? { ok: true as const } : refused(request, reply, answer);
  });
  const back = { config: { permission: ['norms.review', 'norms.approve'] }, schema: { ...schema, body: reasonBody } } as const;
  app.post(`${path}/return`, back, async (request, reply) => {
    const answer = await take(request, { kind: 'return', reason: request.body.reason });
    return answer === undefined ? { ok: true as const } : refused(request, reply, answer);
  });
  const withdraw = { config: { permission: 'norms.edit' }, schema: { ...schema, body: reasonBody } } as const;
  app.post(`${path}/withdraw`, withdraw, async (request, reply) => {
    const answer = await take(request, { kind: 'withdraw', reason: request.body.reason });
    return answer === undefined ? { ok: true as const } : refused(request, reply, answer);
  });
}

function whatIfRoutes(app: App, { versions, whatIf }: NormPackParts): void {
  const config = { permission: ['norms.edit', 'norms.review'] } as const;
  const seen = { config, schema: { params: versionParams, response: { 200: whatIfView } } };
  const path = '/api/norm-packs/:pack/:version/what-if';
  app.get(path, seen, async (request) => whatIf().view(request.params.pack, request.params.version));
  app.post(path, { config, schema: { ...seen.schema, body: whatIfBody } }, async (request, reply) => {
    const { pack, version } = request.params;
    const detail = await versions().detail(pack, version);
    if (detail === undefined) return refuseFrom(refusals, 'norm-pack.unknown', request, reply);
    return whatIf().start(pack, version, detail.files, request.body.since);
  });
  app.delete(path, seen, async (request) => whatIf().stop(request.params.pack, request.params.version));
}

/** Counts and places only: what was said in stored conversations stays behind their own page. */
function labelRoutes(app: App, { versions }: NormPackParts): void {
  const config = { permission: ['norms.edit', 'norms.review'] } as const;
  const schema = { params: versionParams, response: { 200: labelReport } };
  app.get('/api/norm-packs/:pack/:version/labelled', { config, schema }, async (request, reply) => {
    const report = await versions().labelled(request.params.pack, request.params.version);
    return report === undefined ? refuseFrom(refusals, 'norm-pack.unknown', request, reply) : onWire(report);
  });
}

function onWire({ gates, norms, disagreements, ...counts }: LabelReport): LabelReportOnWire {
  const told = disagreements.map((one) => ({ ...one, labelled: [...one.labelled], judged: [...one.judged] }));
  const gate = gates && { precision: gates.precision, recall: gates.recall };
  return { ...counts, gate, passes: passesGate({ norms }), norms: [...norms], disagreements: told };
}

function refused(request: FastifyRequest, reply: FastifyReply, answer: VersionRefusal | Refusal) {
  if (isRefusal(answer)) return refuseDomain(request, reply, answer);
  const facts: Record<string, string> =
    answer.refused === 'norm-pack.does-not-check'
      ? { count: String(answer.problems.length), first: answer.problems[0] ?? '' }
      : answer.refused === 'norm-pack.other-identity'
        ? { expected: answer.expected }
        : answer.refused === 'norm-pack.below-gate'
          ? { norms: answer.norms.join('、'), count: String(answer.count) }
          : {};
  return refuseFrom(refusals, answer.refused, request, reply, facts);
}
