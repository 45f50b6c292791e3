import type { CallView } from '@threerings/core/wire/desk';
import { lazy, Suspense, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { clock } from '../app/time.ts';
import { useNow } from '../live/clock.ts';
import { useDeskCommand } from '../live/command.ts';
import { Button } from '../ui/button.tsx';

const NewPromiseSheet = lazy(() => import('../promises/new-promise-sheet.tsx').then((all) => ({ default: all.NewPromiseSheet })));

interface LeaderStepsProps {
  readonly interaction: string;
  readonly request: NonNullable<CallView['leaderRequest']>;
  readonly number: string | undefined;
}

/** 找领导, step by step: calm the caller and offer to pass it on; who insists gets the leader, now or by a callback. */
export function LeaderSteps({ interaction, request: { soothed, open, declined }, number }: LeaderStepsProps) {
  const t = useWords();
  const now = useNow(1000);
  const { run, pending } = useDeskCommand();
  const [promising, setPromising] = useState(false);
  const busy = pending.has('ask-leader');
  const step = (name: 'soothe' | 'request') => void run({ kind: 'ask-leader', interaction, step: name });
  return (
    <section className="card-body stack flag-marks" role="status" aria-label={t('flag.leader-asked')}>
      <p className="meta">
        {t(
          !soothed
            ? 'leader-steps.soothe'
            : open !== undefined
              ? 'leader-steps.open'
              : declined
                ? 'leader-steps.declined'
                : 'leader-steps.insists',
        )}
      </p>
      {open !== undefined && <time className="num">{clock(now - open)}</time>}
      <div className="row row-wrap">
        {!soothed && (
          <Button size="small" tone="primary" busy={busy} onClick={() => step('soothe')}>
            {t('leader-steps.soothed')}
          </Button>
        )}
        {soothed && open === undefined && (
          <>
            <Button size="small" tone={declined ? 'plain' : 'primary'} busy={busy} onClick={() => step('request')}>
              {t('leader-steps.request')}
            </Button>
            <Button size="small" tone={declined ? 'primary' : 'plain'} onClick={() => setPromising(true)}>
              {t('leader-steps.callback')}
            </Button>
          </>
        )}
      </div>
      {promising && (
        <Suspense fallback={null}>
          <NewPromiseSheet leader interaction={interaction} number={number} onClose={() => setPromising(false)} />
        </Suspense>
      )}
    </section>
  );
}
