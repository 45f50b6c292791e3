import type { Refusal } from '@threerings/core/errors/refusal';
import { type EntryVersion, longArticle, type Standing, standingOf } from '@threerings/core/knowledge/entry';
import { plainText } from '@threerings/core/knowledge/rich-text';
import type { KnowledgeAct } from '@threerings/core/knowledge/use';
import { permits } from '@threerings/core/people/permissions';
import type { EditedEntry, EntryDetail, EntryVersionOnWire } from '@threerings/core/wire/knowledge';
import type { WordsCheck } from '@threerings/core/words/words-check';
import type { FloorAnswer } from '../hotline/floor.ts';
import type { Audit } from '../people/people-store.ts';
import type { Person } from '../session/sessions.ts';
import type { Database } from '../store/database.ts';
import type { CorrectionParts } from './corrections.ts';
import { editedEntries, findEntry, type StoredVersion, versionsOf } from './entries-read-model.ts';
import type { KnowledgeBook } from './knowledge-book.ts';
import { misledBy } from './misled-read-model.ts';

export interface KnowledgeParts extends CorrectionParts {
  readonly db: Database;
  readonly book: KnowledgeBook;
  readonly audit: Audit;
  readonly now: () => number;
  queues(): readonly string[];
  /** reads a quick reply before it is saved */
  check: WordsCheck;
  /** the queue of a caller who is here, if any */
  queueOf(interaction: string): string | undefined;
  /** writes down what an agent does with knowledge in a call */
  tell(agent: string, interaction: string, act: KnowledgeAct): Promise<FloorAnswer>;
}

export const editorViews = ['draft', 'in-review', 'live', 'due'] as const;
export type EditorView = (typeof editorViews)[number];

const dueAheadMs = 14 * 86_400_000;

/** Who reads which version, and what is written down of it. */
export class KnowledgeDesk {
  readonly parts: KnowledgeParts;

  constructor(parts: KnowledgeParts) {
    this.parts = parts;
  }

  edits({ roles }: Person): boolean {
    return permits(roles, 'knowledge.edit') || permits(roles, 'knowledge.review');
  }

  /** Undefined when there is none that this person may read. */
  async detail(person: Person, entry: string): Promise<EntryDetail | undefined> {
    const found = await findEntry(this.parts.db, entry);
    if (found === undefined) return undefined;
    const all = await versionsOf(this.parts.db, entry);
    const at = this.parts.now();
    const versions = this.edits(person) ? all : all.filter(({ state }) => state === 'live');
    if (versions.length === 0) return undefined;
    const shown = { entry, kind: found.kind, queues: [...found.queues], versions: versions.map((version) => onWire(version, at)) };
    if (!permits(person.roles, 'knowledge.edit')) return shown;
    const misled = await misledBy(this.parts.db, entry);
    return { ...shown, misled: { all: misled.length, open: misled.filter(({ promise }) => promise === undefined).length } };
  }

  async edited(view: EditorView): Promise<EditedEntry[]> {
    const at = this.parts.now();
    const rows = await editedEntries(this.parts.db, [view === 'due' ? 'live' : view]);
    const soon = (date: number | undefined) => date !== undefined && date < at + dueAheadMs;
    const wanted = view === 'due' ? rows.filter(({ newest }) => soon(newest.validUntil) || soon(newest.reviewDue)) : rows;
    return wanted.map(({ entry, kind, newest }) => {
      const { version, title, state, author, changedAt, validUntil, reviewDue } = newest;
      const dates = { ...(validUntil === undefined ? {} : { validUntil }), ...(reviewDue === undefined ? {} : { reviewDue }) };
      return { entry, kind, version, title, state, author, changedAt, standing: standingOf(newest, at), ...dates };
    });
  }

  /** The agent reads it to the caller: from now on the caller is among those whom its correction would concern. */
  async opened(agent: string, interaction: string, entry: string): Promise<FloorAnswer | undefined> {
    await this.parts.book.refresh(true);
    const found = this.parts.book.find(entry);
    if (found === undefined) return undefined;
    const { live, kind } = found;
    const stale = standingOf(live, this.parts.now()) === 'expired';
    if (kind === 'reply') return this.parts.tell(agent, interaction, { kind: 'reply-used', reply: entry, version: live.version, stale });
    const long = plainText(live.body).length > longArticle;
    return this.parts.tell(agent, interaction, { kind: 'opened', article: entry, version: live.version, items: live.items, long, stale });
  }

  /** A quick reply as it stands now; undefined when none is in force. */
  async replyNow(reply: string): Promise<{ readonly title: string; readonly version: number; readonly standing: Standing } | undefined> {
    await this.parts.book.refresh(true);
    const found = this.parts.book.find(reply);
    if (found?.kind !== 'reply') return undefined;
    const { title, version } = found.live;
    return { title, version, standing: standingOf(found.live, this.parts.now()) };
  }

  unknownQueue(queues: readonly string[]): string | undefined {
    const known = this.parts.queues();
    return queues.find((queue) => !known.includes(queue));
  }
}

export function isRefused(answer: EntryVersion | Refusal): answer is Refusal {
  return 'refused' in answer;
}

function onWire({ keywords, items, ...version }: StoredVersion, at: number): EntryVersionOnWire {
  const given = Object.fromEntries(Object.entries(version).filter(([, value]) => value !== undefined)) as unknown as Omit<
    StoredVersion,
    'keywords' | 'items'
  >;
  return { ...given, keywords: [...keywords], items: [...items], standing: standingOf(version, at) } as EntryVersionOnWire;
}
