import { isRefusal } from '@threerings/core/errors/refusal';
import { permits } from '@threerings/core/people/permissions';
import { promiseChange, promiseView } from '@threerings/core/wire/desk';
import { z } from 'zod';
import type { Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { type RefusalTable, refuseDomain, refuseFrom } from '../http/refusals.ts';
import type { PromiseBook } from './promise-book.ts';

const refusals = {
  'promise.not-yours': {
    status: 403,
    zh: '这是别人负责的承诺',
    en: 'somebody else answers for this promise',
    remedy: { zh: '请责任人处理，或由班长改动', en: 'its owner or a leader can change it' },
  },
  'promise.gone': {
    status: 404,
    zh: '没有这个未了的承诺',
    en: 'there is no such open promise',
    remedy: { zh: '可能已经处理，请刷新', en: 'it may be settled already: reload' },
  },
  'promise.not-stored': {
    status: 503,
    zh: '没有保存成功，内容还在，请重试',
    en: 'it could not be stored: nothing is lost, try again',
    remedy: { zh: '稍后再试', en: 'try again in a moment' },
  },
} as const satisfies RefusalTable;

const byId = z.object({ promise: z.string().min(1).max(128) });

/** `GET /api/promises` and `POST /api/promises/:promise`: what is open, and what became of it. */
export function promiseFeature(book: () => PromiseBook, now: () => number): Feature {
  return {
    name: 'promises',
    routes(app) {
      const list = {
        config: { permission: ['desk.use', 'promises.see-unit'] },
        schema: { response: { 200: z.array(promiseView) } },
      } as const;
      app.get('/api/promises', list, async (request) => {
        const { agent, roles } = personOf(request).person;
        return [...book().open(permits(roles, 'promises.see-unit') ? undefined : agent)];
      });
      const change = {
        config: { permission: ['desk.use', 'promises.close'] },
        schema: { params: byId, body: promiseChange, response: { 200: z.object({ ok: z.literal(true) }) } },
      } as const;
      app.post('/api/promises/:promise', change, async (request, reply) => {
        const { agent, roles } = personOf(request).person;
        const { promise } = request.params;
        const owner = book().ownerOf(promise);
        if (owner === undefined) return refuseFrom(refusals, 'promise.gone', request, reply);
        if (owner !== agent && !permits(roles, 'promises.close')) return refuseFrom(refusals, 'promise.not-yours', request, reply);
        const by = owner === agent && owner !== 'leader' ? 'agent' : 'leader';
        const answer = await book().change(promise, request.body, by, now());
        if (answer === 'stored') return { ok: true as const };
        return isRefusal(answer) ? refuseDomain(request, reply, answer) : refuseFrom(refusals, 'promise.not-stored', request, reply);
      });
    },
  };
}
