import { useQuery } from '@tanstack/react-query';
import { clauseView } from '@threerings/core/wire/clauses';
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { request } from '../app/http.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { Sheet } from './sheet.tsx';
import { Loading } from './states.tsx';
import './clause.css';

export interface ShownClause {
  readonly clause: string;
  /** title of the norm beside which the link stood */
  readonly norm: string;
}

const ShowClauseContext = createContext<(shown: ShownClause) => void>(() => undefined);

/** One side sheet for the whole page: the text of a clause is one click away and never pushes what is being read. */
export function ClauseProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<ShownClause | undefined>(undefined);
  const close = useCallback(() => setShown(undefined), []);
  return (
    <ShowClauseContext value={setShown}>
      {children}
      {shown !== undefined && <ClauseSheet key={shown.clause} {...shown} onClose={close} />}
    </ShowClauseContext>
  );
}

export function ClauseLink({ clause, norm }: { clause: string; norm: string }) {
  const t = useWords();
  const show = useContext(ShowClauseContext);
  return (
    <button type="button" className="clause-link" aria-label={t('clause.open', { id: clause })} onClick={() => show({ clause, norm })}>
      {clause}
    </button>
  );
}

export function ClauseLinks({ cites, norm }: { cites: readonly string[]; norm: string }) {
  return (
    <span className="clause-links">
      {cites.map((clause) => (
        <ClauseLink key={clause} clause={clause} norm={norm} />
      ))}
    </span>
  );
}

function ClauseSheet({ clause, norm, onClose }: ShownClause & { onClose: () => void }) {
  const t = useWords();
  const text = useQuery({
    queryKey: ['clause', clause],
    queryFn: () => request(`/api/clauses/${encodeURIComponent(clause)}`, clauseView),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return (
    <Sheet side title={t('clause.title', { id: clause })} onClose={onClose}>
      <div className="stack">
        {text.isPending && <Loading what={clause} rows={3} />}
        {text.isError && <p className="t2">{t('clause.none')}</p>}
        {text.data !== undefined && (
          <>
            <p className="clause-text">{text.data.gist}</p>
            <p className="meta">
              {t('clause.document')}: {text.data.document}
              {text.data.place !== undefined && ` · ${text.data.place}`}
            </p>
          </>
        )}
        <p className="meta">{t('clause.norms')}</p>
        <p className="strong">{norm}</p>
      </div>
    </Sheet>
  );
}
