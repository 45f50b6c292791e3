import type { Database, Tx } from '../store/database.ts';

export interface FlowVersion {
  readonly flow: string;
  readonly version: number;
  readonly state: 'draft' | 'live' | 'superseded' | 'withdrawn';
  readonly text: string;
  readonly revision: number;
  readonly author: string;
  readonly changedAt: number;
  readonly publisher?: string | undefined;
  readonly publishedAt?: number | undefined;
}

const all = ['flow', 'version', 'state', 'body', 'revision', 'author', 'changed_at', 'publisher', 'published_at'] as const;

/** Versions of all flows, or of one; the newest of a flow first. */
export async function flowVersions(
  db: Database | Tx,
  of: { readonly flow?: string; readonly live?: boolean } = {},
): Promise<FlowVersion[]> {
  let query = db.selectFrom('call_flows').select(all).orderBy('flow').orderBy('version', 'desc');
  if (of.flow !== undefined) query = query.where('flow', '=', of.flow);
  if (of.live === true) query = query.where('state', '=', 'live');
  return (await query.execute()).map((row) => ({
    flow: row.flow,
    version: row.version,
    state: row.state,
    text: row.body,
    revision: row.revision,
    author: row.author,
    changedAt: row.changed_at,
    publisher: row.publisher ?? undefined,
    publishedAt: row.published_at ?? undefined,
  }));
}

/** The next version of a flow, as a draft; undefined when somebody else has just taken that number. */
export async function addFlowDraft(
  db: Database,
  { flow, text, author, at }: { readonly flow: string; readonly text: string; readonly author: string; readonly at: number },
): Promise<number | undefined> {
  const [newest] = await flowVersions(db, { flow });
  const version = (newest?.version ?? 0) + 1;
  const row = { flow, version, state: 'draft' as const, body: text, revision: 1, author, changed_at: at };
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('call_flows')
    .values(row)
    .onConflict((taken) => taken.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n ? version : undefined;
}

/** False when it is no draft any more, or somebody else has saved meanwhile. */
export async function saveFlowDraft(
  db: Database,
  of: Pick<FlowVersion, 'flow' | 'version' | 'revision'>,
  { text, author, at }: { readonly text: string; readonly author: string; readonly at: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('call_flows')
    .set({ body: text, revision: of.revision + 1, author, changed_at: at })
    .where('flow', '=', of.flow)
    .where('version', '=', of.version)
    .where('revision', '=', of.revision)
    .where('state', '=', 'draft')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Puts a draft, as it stands in this revision, in the place of the version that takes calls. False when it is not that draft any more. */
export async function putFlowLive(
  db: Database,
  of: Pick<FlowVersion, 'flow' | 'version' | 'revision'>,
  { by, at }: { readonly by: string; readonly at: number },
): Promise<boolean> {
  return db
    .transaction()
    .execute(async (tx) => {
      await leave(tx, of.flow, 'superseded');
      const { numUpdatedRows } = await tx
        .updateTable('call_flows')
        .set({ state: 'live', publisher: by, published_at: at })
        .where('flow', '=', of.flow)
        .where('version', '=', of.version)
        .where('revision', '=', of.revision)
        .where('state', '!=', 'live')
        .executeTakeFirst();
      if (numUpdatedRows === 1n) return true;
      throw new NotThatDraft();
    })
    .catch((error: unknown) => {
      if (error instanceof NotThatDraft) return false;
      throw error;
    });
}

class NotThatDraft extends Error {}

/** No version of this flow takes calls any more; false when none did. */
export function withdrawFlow(db: Database, flow: string): Promise<boolean> {
  return leave(db, flow, 'withdrawn');
}

async function leave(db: Database | Tx, flow: string, state: 'superseded' | 'withdrawn'): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('call_flows')
    .set({ state })
    .where('flow', '=', flow)
    .where('state', '=', 'live')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
