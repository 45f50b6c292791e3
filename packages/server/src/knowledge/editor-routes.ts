import { isRefusal, type Refusal, refuse } from '@threerings/core/errors/refusal';
import { decideVersion, textFault } from '@threerings/core/knowledge/lifecycle';
import { maskedKeywords } from '@threerings/core/knowledge/use';
import { type Permission, permits } from '@threerings/core/people/permissions';
import {
  openCorrections as correctionsBody,
  editedEntry,
  entryDraft,
  gapChange,
  type KnowledgeGap,
  knowledgeGap,
  misledCaller,
  newEntry,
  openedCorrections,
  type VersionChange,
  versionChange,
} from '@threerings/core/wire/knowledge';
import type { RoleName } from '@threerings/core/wire/session';
import type { WordsCheck } from '@threerings/core/words/words-check';
import { z } from 'zod';
import type { App } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { refuseDomain, refuseFrom, refuseRequest } from '../http/refusals.ts';
import { cleanEntry } from './clean-entry.ts';
import { openCorrections } from './corrections.ts';
import { addEntry, findEntry, storeDecision, versionsOf, writeDraft } from './entries-read-model.ts';
import { closeGap, type GapRow, gapsIn } from './gaps-read-model.ts';
import { editorViews, type KnowledgeDesk } from './knowledge-desk.ts';
import { knowledgeRouteRefusals } from './knowledge-refusals.ts';
import { misledBy } from './misled-read-model.ts';

const entryInPath = z.object({ entry: z.string().min(1).max(64) });
const ok = z.object({ ok: z.literal(true) });
const editors = { permission: 'knowledge.edit' } as const;
const both = { permission: ['knowledge.edit', 'knowledge.review'] } as const;

/** What editors and reviewers do: drafts, second person's review, gaps, corrections. */
export function editorRoutes(app: App, desk: () => KnowledgeDesk): void {
  listRoute(app, desk);
  writeRoutes(app, desk);
  decideRoute(app, desk);
  gapRoutes(app, desk);
  correctionRoutes(app, desk);
}

function listRoute(app: App, desk: () => KnowledgeDesk): void {
  const query = z.object({ view: z.enum(editorViews).default('draft') });
  const route = { config: both, schema: { querystring: query, response: { 200: z.array(editedEntry) } } };
  app.get('/api/knowledge-editing', route, async (request) => desk().edited(request.query.view));
}

function writeRoutes(app: App, desk: () => KnowledgeDesk): void {
  const adding = { config: editors, schema: { body: newEntry, response: { 201: ok } } };
  app.post('/api/knowledge', adding, async (request, reply) => {
    const { parts, unknownQueue } = bound(desk());
    const { agent } = personOf(request).person;
    const { entry, kind, queues } = request.body;
    const text = cleanEntry(request.body.text);
    const queue = unknownQueue(queues);
    if (queue !== undefined) return refuseFrom(knowledgeRouteRefusals, 'knowledge.no-queue', request, reply, { queue });
    const fault = textFault(kind, text, parts.now()) ?? wordsFault(kind, text, parts.check);
    if (fault !== undefined) return refuseDomain(request, reply, fault);
    if (!(await addEntry(parts.db, { entry, kind, queues }, text, agent, parts.now())))
      return refuseFrom(knowledgeRouteRefusals, 'knowledge.taken', request, reply);
    await parts.audit.record({ at: parts.now(), action: 'knowledge.added', actor: agent, about: entry, facts: { kind } });
    return reply.code(201).send({ ok: true as const });
  });
  const writing = { config: editors, schema: { params: entryInPath, body: entryDraft, response: { 200: ok } } };
  app.patch('/api/knowledge/:entry', writing, async (request, reply) => {
    const { parts, unknownQueue } = bound(desk());
    const { agent } = personOf(request).person;
    const { entry } = request.params;
    const found = await findEntry(parts.db, entry);
    if (found === undefined) return refuseFrom(knowledgeRouteRefusals, 'knowledge.gone', request, reply);
    const { queues, corrects } = request.body;
    const text = cleanEntry(request.body.text);
    const queue = unknownQueue(queues);
    if (queue !== undefined) return refuseFrom(knowledgeRouteRefusals, 'knowledge.no-queue', request, reply, { queue });
    const fault = textFault(found.kind, text, parts.now()) ?? wordsFault(found.kind, text, parts.check);
    if (fault !== undefined) return refuseDomain(request, reply, fault);
    if (!(await writeDraft(parts.db, entry, { text, corrects, queues }, agent, parts.now())))
      return refuseFrom(knowledgeRouteRefusals, 'knowledge.in-review', request, reply);
    await parts.audit.record({ at: parts.now(), action: 'knowledge.written', actor: agent, about: entry });
    return { ok: true as const };
  });
}

/** A quick reply goes to customers as it stands: what may not be sent without a reason is not saved in one. */
function wordsFault(
  kind: string,
  { title, body }: { readonly title: string; readonly body: string },
  check: WordsCheck,
): Refusal | undefined {
  if (kind !== 'reply') return undefined;
  const [found] = [title, body].flatMap((text) => check(text)).filter(({ level }) => level !== 'note');
  return found && refuse('knowledge.words', { found: found.found, title: found.title.zh });
}

function bound(desk: KnowledgeDesk) {
  return { parts: desk.parts, unknownQueue: (queues: readonly string[]) => desk.unknownQueue(queues) };
}

function decideRoute(app: App, desk: () => KnowledgeDesk): void {
  const params = entryInPath.extend({ version: z.coerce.number().int().min(1) });
  const route = { config: both, schema: { params, body: versionChange, response: { 200: ok } } };
  app.post('/api/knowledge/:entry/versions/:version', route, async (request, reply) => {
    const { parts } = desk();
    const { person } = personOf(request);
    const { entry, version } = request.params;
    const change = request.body;
    const found = await findEntry(parts.db, entry);
    const before = (await versionsOf(parts.db, entry)).find((one) => one.version === version);
    if (found === undefined || before === undefined) return refuseFrom(knowledgeRouteRefusals, 'knowledge.gone', request, reply);
    if (!mayDecide(person.roles, change.do)) return refuseRequest(request, reply, 'permission.denied');
    const note = 'note' in change ? change.note : undefined;
    const at = parts.now();
    const after = decideVersion(
      { kind: change.do, at, agent: person.agent, note: note ?? '' } as Parameters<typeof decideVersion>[0],
      found.kind,
      before,
    );
    if (isRefusal(after)) return refuseDomain(request, reply, after);
    if (!(await storeDecision(parts.db, entry, before, after, note, at)))
      return refuseFrom(knowledgeRouteRefusals, 'knowledge.changed', request, reply);
    await parts.audit.record({ at, action: `knowledge.${change.do}`, actor: person.agent, about: entry, facts: { version } });
    await parts.book.refresh();
    return { ok: true as const };
  });
}

const needs: Readonly<Record<VersionChange['do'], readonly Permission[]>> = {
  submit: ['knowledge.edit'],
  approve: ['knowledge.review'],
  reject: ['knowledge.review'],
  withdraw: ['knowledge.edit', 'knowledge.review'],
};

function mayDecide(roles: readonly RoleName[], change: VersionChange['do']): boolean {
  return needs[change].some((permission) => permits(roles, permission));
}

function gapRoutes(app: App, desk: () => KnowledgeDesk): void {
  const query = z.object({ state: z.enum(['open', 'closed']).default('open') });
  const listing = { config: editors, schema: { querystring: query, response: { 200: z.array(knowledgeGap) } } };
  app.get('/api/knowledge-gaps', listing, async (request) => {
    const { db, book } = desk().parts;
    return (await gapsIn(db, request.query.state)).map((row) =>
      gapOnWire(row, row.entry === null ? undefined : book.find(row.entry)?.live.title),
    );
  });
  const closing = {
    config: editors,
    schema: { params: z.object({ gap: z.string().min(1).max(64) }), body: gapChange, response: { 200: ok } },
  };
  app.post('/api/knowledge-gaps/:gap', closing, async (request, reply) => {
    const { db, now } = desk().parts;
    const closed = await closeGap(db, request.params.gap, request.body.outcome, personOf(request).person.agent, now());
    return closed ? { ok: true as const } : refuseFrom(knowledgeRouteRefusals, 'knowledge.gap-settled', request, reply);
  });
}

function gapOnWire({ gap, kind, agent, at, state, ...row }: GapRow, title: string | undefined): KnowledgeGap {
  const { words, entry, version, interaction, note, outcome, closed_by: closedBy } = row;
  const optional = { words: words === null ? null : maskedKeywords(words), entry, version, interaction, note, outcome, closedBy, title };
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null && value !== undefined));
  return { gap, kind, agent, at, state, ...given };
}

/** Who was told what proved wrong, and a callback for each of them. */
function correctionRoutes(app: App, desk: () => KnowledgeDesk): void {
  const listing = { config: editors, schema: { params: entryInPath, response: { 200: z.array(misledCaller) } } };
  app.get('/api/knowledge/:entry/misled', listing, async (request) => {
    const rows = await misledBy(desk().parts.db, request.params.entry);
    return rows.map(({ interaction, version, agent = '', at, promise }) => ({
      interaction,
      version,
      agent,
      at,
      ...(promise === undefined ? {} : { promise }),
    }));
  });
  const opening = { config: editors, schema: { params: entryInPath, body: correctionsBody, response: { 200: openedCorrections } } };
  app.post('/api/knowledge/:entry/corrections', opening, async (request, reply) => {
    const { parts } = desk();
    const { entry } = request.params;
    const { dueAt } = request.body;
    const { agent } = personOf(request).person;
    const [newest] = (await versionsOf(parts.db, entry)).filter(({ state }) => state === 'live');
    if (newest === undefined) return refuseFrom(knowledgeRouteRefusals, 'knowledge.gone', request, reply);
    if (dueAt <= parts.now()) return refuseFrom(knowledgeRouteRefusals, 'knowledge.due-past', request, reply);
    const done = await openCorrections(parts, { entry, title: newest.title, dueAt, agent });
    await parts.audit.record({
      at: parts.now(),
      action: 'knowledge.corrected',
      actor: agent,
      about: entry,
      facts: { opened: done.opened },
    });
    return { ok: true as const, ...done };
  });
}
