import type { EntryDetail, EntryVersionOnWire } from '@threerings/core/wire/knowledge';
import { useWords } from '../app/i18n/use-words.ts';
import { ReplySentence } from './reply-sentence.tsx';
import { RichText } from './rich-text.tsx';
import { StandingNote } from './standing.tsx';

interface EntryViewProps {
  readonly detail: EntryDetail;
  readonly version: EntryVersionOnWire;
  readonly values?: Readonly<Record<string, string>>;
}

/** One version to read aloud from: what must be told in full stands before the text. */
export function EntryView({ detail, version, values }: EntryViewProps) {
  const t = useWords();
  return (
    <article className="knowledge-entry">
      <header>
        <h2>{version.title}</h2>
        <p className="meta row row-wrap">
          {version.version > 0 && <span className="num">{t('knowledge.version', { n: version.version })}</span>}
          <StandingNote standing={version.standing} validUntil={version.validUntil} />
          {detail.queues.length > 0 && <span>{detail.queues.join(t('text.comma'))}</span>}
        </p>
      </header>
      {version.items.length > 0 && (
        <section className="knowledge-items" aria-label={t('knowledge.items')}>
          <h3>{t('knowledge.items')}</h3>
          <ul>
            {version.items.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </section>
      )}
      {detail.kind === 'reply' ? <ReplySentence text={version.body} values={values ?? {}} /> : <RichText text={version.body} />}
    </article>
  );
}
