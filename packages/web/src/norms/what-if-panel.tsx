import { Link } from '@tanstack/react-router';
import type { WhatIfView } from '@threerings/core/wire/norm-packs';
import { useState } from 'react';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { durationWords } from '../app/time-words.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { useWhatIf } from './use-norm-packs.ts';

/** What the saved text would change in the calls there are: counts, and calls to open. */
export function WhatIfPanel({ pack, version }: { pack: string; version: number }) {
  const t = useWords();
  const { view, change } = useWhatIf(pack, version);
  const [since, setSince] = useState('');
  if (view.isPending) return <Loading what={t('norms.what-if')} rows={3} />;
  if (view.isError) return <Failed error={view.error} onRetry={() => void view.refetch()} />;
  const running = view.data.state === 'running';
  const from = since === '' ? undefined : new Date(`${since}T00:00`).getTime();
  return (
    <div className="card-body stack scroll grow">
      <p className="meta">{t('norms.whatif-text')}</p>
      <div className="row">
        <Field label={t('norms.whatif-since')} inline>
          {(ids) => <Input {...ids} type="date" value={since} onChange={(event) => setSince(event.target.value)} />}
        </Field>
        {running ? (
          <Button onClick={() => change.mutate({ do: 'stop' })}>{t('norms.whatif-stop')}</Button>
        ) : (
          <Button tone="primary" busy={change.isPending} onClick={() => change.mutate({ do: 'start', since: from })}>
            {t('norms.whatif-start')}
          </Button>
        )}
      </div>
      {change.isError && (
        <p className="field-note" data-error="true">
          {change.error.message}
        </p>
      )}
      <Outcome view={view.data} />
    </div>
  );
}

function Outcome({ view }: { view: WhatIfView }) {
  const t = useWords();
  if (view.state === 'none') return null;
  return (
    <>
      {view.state === 'running' && (
        <div>
          <progress className="norms-progress" max={Math.max(1, view.total)} value={view.done} />
          <p className="meta num" role="status">
            {t('norms.whatif-progress', { done: view.done, total: view.total })}
            {view.leftMs !== undefined && ` · ${t('norms.whatif-left', { amount: durationWords(t, view.leftMs) })}`}
          </p>
        </div>
      )}
      {view.state === 'failed' && <p role="alert">{t('norms.whatif-failed', { why: view.message ?? '' })}</p>}
      {view.state === 'stopped' && <p className="meta">{t('norms.whatif-stopped')}</p>}
      {view.calls > 0 && <p className="strong num">{t('norms.whatif-done', { calls: view.calls, changed: view.changedCalls })}</p>}
      {view.state === 'done' && view.calls === 0 && <p className="meta">{t('norms.whatif-empty')}</p>}
      {view.calls > 0 && view.changes.length === 0 && <p className="meta">{t('norms.whatif-none')}</p>}
      <ul className="whatif-changes">
        {view.changes.map((change) => (
          <li key={`${change.norm} ${change.unit} ${change.from} ${change.to}`}>
            <p>
              <b>{change.norm}</b> {standing(t, change.from)} → {standing(t, change.to)} <b className="num">{change.count}</b>
              {change.unit !== '' && <span className="meta"> {t('norms.whatif-unit', { unit: change.unit })}</span>}
            </p>
            <p className="row row-wrap">
              {change.examples.map((interaction, n) => (
                <Link key={interaction} to="/interactions/$interaction" params={{ interaction }} className="clause-link">
                  {n + 1}
                </Link>
              ))}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

function standing(t: ReturnType<typeof useWords>, value: string): string {
  return value === 'none' ? t('norms.value.none') : wordOfCode(t, 'standing', value);
}
