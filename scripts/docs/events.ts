import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { vocabularyHash } from '@threerings/core/timeline/vocabulary/hash';
import type { FieldSpec } from '@threerings/norms/vocabulary';
import { page, table } from './table.ts';

const field = (spec: FieldSpec) => {
  const type = spec.options ? spec.options.join(' / ') : spec.type;
  return `\`${spec.name}\`${spec.optional ? '?' : ''} ${type}${spec.personal ? ' **personal**' : ''}`;
};

/** The event vocabulary: what can stand in a timeline, and the words that norms use for it. */
export function eventsPage(): string {
  const { events, intervals, scopes } = vocabulary;
  return page('Events, intervals and scopes', 'packages/core/src/timeline/vocabulary', [
    `${events.length} event types. Schema hash \`${vocabularyHash.slice(0, 16)}\`. A **personal** field holds a reference into the vault.`,
    '',
    '## Events',
    '',
    table(
      ['event', '中文', 'English', 'source', 'by', 'fields'],
      events.map((e) => [`\`${e.id}\``, e.zh, e.en, e.source, e.actor, e.fields.map(field).join(', ')]),
    ),
    '',
    '## Intervals',
    '',
    table(
      ['interval', '中文', 'English', 'opened by', 'closed by (or the end of the scope)', 'told apart by'],
      intervals.map((i) => [
        `\`${i.id}\``,
        i.zh,
        i.en,
        i.opens.join(', '),
        i.closes.join(', '),
        i.key ?? (i.once ? 'only the first' : '–'),
      ]),
    ),
    '',
    '## Scopes',
    '',
    table(
      ['scope', '中文', 'English', 'talk begins at', 'ends at'],
      scopes.map((s) => [`\`${s.id}\``, s.zh, s.en, s.begins.join(', '), s.ends.join(', ')]),
    ),
  ]);
}
