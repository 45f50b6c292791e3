import { newPrivateNote, privateKey, privateNotes } from '@threerings/core/wire/private-notes';
import { z } from 'zod';
import type { Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { type RefusalTable, refuseFrom } from '../http/refusals.ts';
import type { Database } from '../store/database.ts';
import { addNote, chooseKey, notesOf, removeNote } from './notes-read-model.ts';

export const privateNoteRefusals = {
  'private-note.no-key': {
    status: 409,
    zh: '请先设一个只有自己知道的口令',
    en: 'choose a passphrase that only you know first',
    remedy: { zh: '设好后再写', en: 'then write' },
  },
} as const satisfies RefusalTable;

export interface PrivateNoteParts {
  readonly db: Database;
  days(): number;
  readonly now: () => number;
}

const config = { permission: 'notes.keep-own' } as const;
const ok = z.object({ ok: z.literal(true) });

/**
 * `/api/private-notes`: what somebody writes for themselves. The server keeps what it cannot open, gives it to its writer alone, and
 * writes nothing of it into any audit: not even that somebody writes is anybody's business.
 */
export function privateNoteFeature(parts: () => PrivateNoteParts): Feature {
  return {
    name: 'private notes',
    routes(app) {
      const list = { config, schema: { response: { 200: privateNotes } } };
      app.get('/api/private-notes', list, async (request) => {
        const { db, days, now } = parts();
        return notesOf(db, personOf(request).person.agent, days(), now());
      });
      app.put('/api/private-notes/key', { config, schema: { body: privateKey, response: { 200: ok } } }, async (request) => {
        await chooseKey(parts().db, personOf(request).person.agent, request.body, parts().now());
        return { ok: true as const };
      });
      app.post('/api/private-notes', { config, schema: { body: newPrivateNote, response: { 201: ok } } }, async (request, reply) => {
        const { note, sealed } = request.body;
        const added = await addNote(parts().db, personOf(request).person.agent, note, sealed, parts().now());
        return added ? reply.code(201).send({ ok: true as const }) : refuseFrom(privateNoteRefusals, 'private-note.no-key', request, reply);
      });
      const byId = { params: z.object({ note: z.string().min(1).max(64) }), response: { 200: ok } };
      app.delete('/api/private-notes/:note', { config, schema: byId }, async (request) => {
        await removeNote(parts().db, personOf(request).person.agent, request.params.note);
        return { ok: true as const };
      });
    },
  };
}
