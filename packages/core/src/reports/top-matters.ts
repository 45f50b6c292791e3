import type { ReportView } from '../wire/reports.ts';
import type { ReportFacts } from './report.ts';

/** Matters that are listed, most frequent first. */
export const mostMatters = 30;

/** Counts conversations that a person answered by their matter; `matterOf` by interaction. Calls of ours are not counted. */
export function topMatters(
  { calls, chats }: Pick<ReportFacts, 'calls' | 'chats'>,
  matterOf: ReadonlyMap<string, string>,
): NonNullable<ReportView['matters']> {
  const counts = new Map<string, { matter: string; calls: number; chats: number }>();
  let unset = 0;
  const count = (interaction: string | undefined, kind: 'calls' | 'chats') => {
    const matter = matterOf.get(interaction ?? '');
    if (matter === undefined) unset += 1;
    else {
      const tally = counts.get(matter) ?? { matter, calls: 0, chats: 0 };
      counts.set(matter, { ...tally, [kind]: tally[kind] + 1 });
    }
  };
  for (const { interaction, row } of calls) if (isAboutMatter(row)) count(interaction, 'calls');
  for (const { interaction, row } of chats) if (isAboutMatter(row)) count(interaction, 'chats');
  const all = [...counts.values()].sort((one, other) => total(other) - total(one) || (one.matter < other.matter ? -1 : 1));
  return { top: all.slice(0, mostMatters), unset };
}

/** Somebody came to us, and a person answered: only then a matter is counted, or missed. */
export function isAboutMatter(row: { readonly outcome: string; readonly direction?: string | undefined }): boolean {
  return row.outcome === 'answered' && (row.direction === undefined || row.direction === 'in');
}

const total = ({ calls, chats }: { readonly calls: number; readonly chats: number }) => calls + chats;
