/**
 * How fast and how well articles are found. Speed: 100,000 articles of real sentences put together at random, queries typed letter by
 * letter. Quality: recall of the one that answers, on what callers said in service dialogues (the half that was not used to choose the
 * ranking's values), beside MiniSearch, PostgreSQL's full text, SQLite FTS5 and Xapian, each given the terms that ours makes, in the better
 * of two ways; and on titles typed in eight ways, four of them wrong or in pinyin, which the peers do not read.
 * npm run bench -- search [--articles 100000] [--queries 3000] [--typed 200] [--data FOLDER] [--half odd] [--alone]
 */
import { parseArgs } from 'node:util';
import type { SearchedText } from '@threerings/core/knowledge/search/article';
import { SearchIndex } from '@threerings/core/knowledge/search/search-index';
import { chanceFrom } from '@threerings/core/simulation/chance';
import { closingLine, quantile, spread } from './lib/figures.ts';
import { type Asked, type Material, type QuerySet, readMaterial, realSets } from './search/material.ts';
import { type Peer, termings } from './search/peer.ts';
import { miniSearch, postgres } from './search/peers-in-process.ts';
import { inPython } from './search/peers-in-python.ts';
import { typedSet, waysToType } from './search/typed.ts';

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '100000' },
    queries: { type: 'string', default: '3000' },
    typed: { type: 'string', default: '200' },
    data: { type: 'string' },
    half: { type: 'string', default: 'odd' },
    alone: { type: 'boolean', default: false },
  },
});
const chance = chanceFrom(23);
const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T;

const recall = (found: number, of: number) => Math.round((1000 * found) / of) / 10;

type Search = (text: string) => readonly string[] | Promise<readonly string[]>;

async function recallOf(queries: readonly Asked[], search: Search) {
  let [first, five] = [0, 0];
  for (const { text, wanted } of queries) {
    const at = (await search(text)).indexOf(wanted);
    if (at === 0) first += 1;
    if (at >= 0 && at < 5) five += 1;
  }
  return { at1: recall(first, queries.length), at5: recall(five, queries.length) };
}

function ours(articles: readonly SearchedText[]): SearchIndex {
  const index = new SearchIndex();
  for (const article of articles) index.add(article);
  return index;
}

function speed({ sentences }: Material, size: number, queries: number) {
  const before = process.memoryUsage();
  const titles = sentences.filter(({ length }) => length >= 6 && length <= 24);
  const titleOf: string[] = [];
  const index = new SearchIndex();
  const begin = performance.now();
  for (let n = 0; n < size; n++) {
    const title = pick(titles) + pick(sentences).slice(0, 8);
    titleOf.push(title);
    index.add({ id: `a${n}`, title, body: Array.from({ length: 10 }, () => pick(sentences)).join('。') });
  }
  const buildMs = performance.now() - begin;
  const after = process.memoryUsage();
  const [wall, cpu]: [number[], number[]] = [[], []];
  for (let n = -200; n < queries; ) {
    const typed = pick(titleOf);
    for (let end = 1; end <= Math.min(typed.length, 24); end += 1 + Math.floor(chance() * 3), n++) {
      const [started, used] = [performance.now(), process.cpuUsage()];
      index.search({ text: typed.slice(0, end) });
      const { user, system } = process.cpuUsage(used);
      if (n < 0) continue;
      wall.push(performance.now() - started);
      cpu.push((user + system) / 1000);
    }
  }
  const updates: number[] = [];
  for (let n = 0; n < 500; n++) {
    const started = performance.now();
    index.add({ id: `a${n}`, title: pick(titles), body: pick(sentences) });
    updates.push(performance.now() - started);
  }
  return {
    articles: size,
    ms: { ...spread(wall), max: Math.round(quantile(wall, 1)) },
    cpuMs: spread(cpu),
    buildSeconds: Math.round(buildMs / 100) / 10,
    rssMb: Math.round((after.rss - before.rss) / 1e6),
    updateMs: spread(updates),
  };
}

async function peers(): Promise<Peer[]> {
  const found: Peer[] = [];
  for (const make of [async () => miniSearch(), postgres, () => inPython('fts5'), () => inPython('xapian')]) {
    const peer = await make();
    if (typeof peer === 'string') console.error(`a peer is left out: ${peer}`);
    else found.push(peer);
  }
  return found;
}

/** The better of the ways to make terms, by recall at 5. */
async function peerFigures(sets: Readonly<Record<string, QuerySet>>) {
  const figures: Record<string, Record<string, unknown>> = {};
  for (const peer of await peers()) {
    for (const [set, { articles, queries }] of Object.entries(sets)) {
      for (const [terming, terms] of Object.entries(termings)) {
        await peer.add(articles, terms);
        const result = { ...(await recallOf(queries, (text) => peer.search(terms(text)))), terms: terming };
        const before = figures[peer.name]?.[set] as typeof result | undefined;
        if (before === undefined || result.at5 > before.at5) figures[peer.name] = { ...figures[peer.name], [set]: result };
      }
    }
    await peer.close?.();
    console.error(`${peer.name}: ${JSON.stringify(figures[peer.name])}`);
  }
  return figures;
}

const material = readMaterial(values.data);
if (typeof material === 'string') console.error(`bench search left out: ${material}`);
else {
  const sets = realSets(material, values.half === 'even' ? 'even' : 'odd');
  const quality: Record<string, unknown> = {};
  const peerSets: Record<string, QuerySet> = { ...sets };
  const idsOf = (index: SearchIndex) => (text: string) => index.search({ text, limit: 20 }).map(({ id }) => id);
  for (const [name, { articles, queries }] of Object.entries(sets)) {
    quality[name] = { ...(await recallOf(queries, idsOf(ours(articles)))), queries: queries.length, articles: articles.length };
  }
  const { articles, typed } = typedSet(material, 5000, Number(values.typed), chance);
  const index = ours(articles);
  for (const way of waysToType) {
    const queries = typed(way);
    quality[way] = await recallOf(queries, idsOf(index));
    if (!['pinyin', 'initials', 'mixed'].includes(way)) peerSets[way] = { articles, queries };
  }
  console.error(`ours: ${JSON.stringify(quality)}`);
  const figures = values.alone ? {} : await peerFigures(peerSets);
  closingLine('search', { speed: speed(material, Number(values.articles), Number(values.queries)), quality }, figures, undefined);
}
process.exit();
