import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Database, openDatabase } from '@threerings/server/store/database';
import { startPostgres } from '@threerings/server/store/embedded-postgres';
import { sql } from 'kysely';
import MiniSearch from 'minisearch';
import type { Peer } from './peer.ts';

const most = 20;
const titleWeight = 2.5;

export function miniSearch(): Peer {
  const index = new MiniSearch<{ id: string; title: string; body: string }>({
    fields: ['title', 'body'],
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term,
    searchOptions: { boost: { title: titleWeight } },
  });
  return {
    name: 'MiniSearch',
    add: (articles, terms) => {
      index.removeAll();
      index.addAll(articles.map(({ id, title, body }) => ({ id, title: terms(title).join(' '), body: terms(body).join(' ') })));
    },
    search: (terms) =>
      index
        .search(terms.join(' '))
        .slice(0, most)
        .map(({ id }) => String(id)),
  };
}

/** The embedded PostgreSQL: a generated tsvector with weights under GIN, any of the terms, ranked by ts_rank with its length normalisation. */
export async function postgres(): Promise<Peer> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'threerings-search-'));
  const server = await startPostgres({ directory: folder, mode: 'own' });
  const db: Database = openDatabase(server.url);
  return {
    name: 'PostgreSQL',
    async add(articles, terms) {
      await sql`create table if not exists texts (id text, words tsvector)`.execute(db);
      await sql`truncate texts`.execute(db);
      await sql`create index if not exists texts_words on texts using gin (words)`.execute(db);
      for (let at = 0; at < articles.length; at += 500) {
        const rows = articles.slice(at, at + 500).map(({ id, title, body }) => {
          const [t, b] = [terms(title).join(' '), terms(body).join(' ')];
          return sql`(${id}, setweight(to_tsvector('simple', ${t}), 'A') || setweight(to_tsvector('simple', ${b}), 'D'))`;
        });
        await sql`insert into texts values ${sql.join(rows)}`.execute(db);
      }
      await sql`analyze texts`.execute(db);
    },
    async search(terms) {
      const query = [...new Set(terms)].map((term) => `'${term.replaceAll("'", "''")}'`).join(' | ');
      if (query === '') return [];
      const { rows } = await sql<{ id: string }>`
        select id from texts, to_tsquery('simple', ${query}) query where words @@ query
        order by ts_rank('{0.4, 0.4, 0.4, 1}', words, query, 1) desc limit ${most}`.execute(db);
      return rows.map(({ id }) => id);
    },
    async close() {
      await db.destroy();
      await server.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
