import { blocklistView, blockRelease, newBlock } from '@threerings/core/wire/blocklist';
import { z } from 'zod';
import type { Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { type RefusalTable, refuseFrom } from '../http/refusals.ts';
import type { BlocklistDesk } from './blocklist-desk.ts';

export const blocklistRefusals = {
  'blocklist.until': {
    status: 422,
    zh: '截止时间须在今后一年之内',
    en: 'a number is blocked until an instant within the coming year',
    remedy: { zh: '请另选截止时间；到期后可再次登记', en: 'choose another end; it can be entered again when it is over' },
  },
  'blocklist.never': {
    status: 422,
    zh: '紧急求助号码与本热线号码不能列入',
    en: 'numbers for emergencies and those of the hotline are never blocked',
    remedy: { zh: '请核对号码', en: 'check the number' },
  },
  'blocklist.twice': {
    status: 409,
    zh: '这个号码已在名单中',
    en: 'this number stands in the list already',
    remedy: { zh: '如需改动，请先解除原来的一条', en: 'to change it, release the entry that stands' },
  },
  'blocklist.gone': {
    status: 404,
    zh: '名单中没有这一条，或已解除',
    en: 'the list has no such entry, or it was released',
    remedy: { zh: '请刷新名单', en: 'load the list again' },
  },
} as const satisfies RefusalTable;

const config = { permission: 'blocklist.keep' } as const;
const ok = z.object({ ok: z.literal(true) });

/** `/api/blocklist`: numbers that are not put through, with reason, end and who decided. */
export function blocklistFeature(desk: () => BlocklistDesk): Feature {
  return {
    name: 'blocklist',
    routes(app) {
      app.get('/api/blocklist', { config, schema: { response: { 200: blocklistView } } }, () => desk().view());
      app.post('/api/blocklist', { config, schema: { body: newBlock, response: { 201: ok } } }, async (request, reply) => {
        const wrong = await desk().add(personOf(request).person.agent, request.body);
        return wrong === undefined ? reply.code(201).send({ ok: true as const }) : refuseFrom(blocklistRefusals, wrong, request, reply);
      });
      const release = { params: z.object({ entry: z.string().min(6).max(64) }), body: blockRelease, response: { 200: ok } };
      app.post('/api/blocklist/:entry/release', { config, schema: release }, async (request, reply) => {
        const wrong = await desk().release(personOf(request).person.agent, request.params.entry, request.body.note);
        return wrong === undefined ? { ok: true as const } : refuseFrom(blocklistRefusals, wrong, request, reply);
      });
    },
  };
}
