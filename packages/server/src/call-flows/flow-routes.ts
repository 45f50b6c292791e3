import { plainFlow } from '@threerings/core/call-flow/examples';
import {
  flowDetail,
  flowHouse,
  flowParams,
  flowRow,
  flowVersionParams,
  newFlowAnswer,
  newFlowBody,
  saveFlowAnswer,
  saveFlowBody,
} from '@threerings/core/wire/call-flows';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App, Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { type RefusalTable, refuseFrom } from '../http/refusals.ts';
import type { FlowBook, FlowRefusal } from './flow-book.ts';
import type { FlowVersion } from './flow-rows.ts';

const refusals = {
  'call-flow.unknown': {
    status: 404,
    zh: '没有这个来电流程版本',
    en: 'there is no such version of a call flow',
    remedy: { zh: '请从流程列表打开', en: 'open it from the list' },
  },
  'call-flow.conflict': {
    status: 409,
    zh: '这个版本刚被别人改过或发布，没有保存',
    en: 'somebody else has just changed or published this version: nothing was saved',
    remedy: { zh: '您的文字还在页面上；请重新载入后合并', en: 'your text is still on the page: load it anew and merge' },
  },
  'call-flow.not-live': {
    status: 409,
    zh: '这个流程没有在用',
    en: 'this flow takes no calls',
    remedy: { zh: '无需停用', en: 'nothing needs to be done' },
  },
  'call-flow.does-not-check': {
    status: 422,
    zh: '有 {count} 处错误，没有发布：{first}',
    en: '{count} mistakes, it was not published: {first}',
    remedy: { zh: '请改正后再发布；在用的版本不变', en: 'correct them and publish again; the version in use goes on' },
  },
  'call-flow.other-name': {
    status: 422,
    zh: '流程名称不能在文本里改：应为 {expected}',
    en: 'the name of the flow cannot be changed in the text: expected {expected}',
    remedy: { zh: '请改回第一行', en: 'restore the first line' },
  },
  'call-flow.number-taken': {
    status: 409,
    zh: '流程“{flow}”已接听号码 {number}（* 指其余全部号码）',
    en: 'the flow “{flow}” takes the number {number} already (* = all others)',
    remedy: { zh: '请停用那个流程，或在“用于”里写别的号码', en: 'withdraw that flow, or name other numbers under “for”' },
  },
} as const satisfies RefusalTable;

const done = z.object({ ok: z.literal(true) });
const edit = { permission: 'flows.edit' } as const;
const publish = { permission: 'flows.publish' } as const;

export interface FlowRouteParts {
  readonly book: FlowBook;
  /** the flows that take calls are others now */
  changed(): Promise<void>;
}

/** `/api/call-flows`: reading, drafts, and the way to the calls. */
export function flowFeature(parts: () => FlowRouteParts): Feature {
  return {
    name: 'call flows',
    routes(app) {
      readRoutes(app, parts);
      draftRoutes(app, parts);
      publishRoutes(app, parts);
    },
  };
}

function readRoutes(app: App, parts: () => FlowRouteParts): void {
  app.get('/api/call-flows', { config: edit, schema: { response: { 200: z.array(flowRow) } } }, async () =>
    (await parts().book.list()).map(rowOf),
  );
  app.get('/api/call-flow-house', { config: edit, schema: { response: { 200: flowHouse } } }, async () => {
    const { queues, prompts, voicemail, lookupHosts } = await parts().book.house();
    return { queues: [...queues], prompts: [...prompts], voicemail, lookupHosts: [...lookupHosts] };
  });
  const one = { config: edit, schema: { params: flowVersionParams, response: { 200: flowDetail } } };
  app.get('/api/call-flows/:flow/:version', one, async (request, reply) => {
    const found = await parts().book.find(request.params);
    if (found === undefined) return refuseFrom(refusals, 'call-flow.unknown', request, reply);
    return { ...rowOf(found), text: found.text, revision: found.revision };
  });
}

function draftRoutes(app: App, parts: () => FlowRouteParts): void {
  const draft = { config: edit, schema: { params: flowParams, body: newFlowBody, response: { 201: newFlowAnswer } } };
  app.post('/api/call-flows/:flow/drafts', draft, async (request, reply) => {
    const { book } = parts();
    const { flow } = request.params;
    const { from } = request.body;
    const origin = from === undefined ? undefined : await book.find({ flow, version: from });
    if (from !== undefined && origin === undefined) return refuseFrom(refusals, 'call-flow.unknown', request, reply);
    const text = origin?.text ?? plainFlow.replace('主流程', flow);
    const made = await book.draft(flow, text, personOf(request).person.agent);
    return typeof made === 'number' ? reply.code(201).send({ version: made }) : refused(request, reply, made);
  });
  const save = { config: edit, schema: { params: flowVersionParams, body: saveFlowBody, response: { 200: saveFlowAnswer } } };
  app.put('/api/call-flows/:flow/:version', save, async (request, reply) => {
    const { revision, text } = request.body;
    const saved = await parts().book.save({ ...request.params, revision }, text, personOf(request).person.agent);
    return typeof saved === 'number' ? { revision: saved } : refused(request, reply, saved);
  });
}

function publishRoutes(app: App, parts: () => FlowRouteParts): void {
  const schema = { params: flowVersionParams, response: { 200: done } };
  app.post('/api/call-flows/:flow/:version/publish', { config: publish, schema }, async (request, reply) => {
    const { book, changed } = parts();
    const answer = await book.publish(request.params, personOf(request).person.agent);
    if (answer !== undefined) return refused(request, reply, answer);
    await changed();
    return { ok: true as const };
  });
  const withdraw = { config: publish, schema: { params: flowParams, response: { 200: done } } };
  app.post('/api/call-flows/:flow/withdraw', withdraw, async (request, reply) => {
    const { book, changed } = parts();
    const answer = await book.withdraw(request.params.flow, personOf(request).person.agent);
    if (answer !== undefined) return refused(request, reply, answer);
    await changed();
    return { ok: true as const };
  });
}

function rowOf({ flow, version, state, author, changedAt, publisher, publishedAt }: FlowVersion) {
  return { flow, version, state, author, changedAt, publisher, publishedAt };
}

function refused(request: FastifyRequest, reply: FastifyReply, { refused: code, ...facts }: FlowRefusal) {
  const told = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, String(value)]));
  return refuseFrom(refusals, code, request, reply, told);
}
