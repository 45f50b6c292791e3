import { Link } from '@tanstack/react-router';
import { isSeatOwner } from '@threerings/core/experts/seats';
import type { PromiseChange, PromiseView } from '@threerings/core/wire/desk';
import { useState } from 'react';
import { z } from 'zod';
import { HttpFailure, request } from '../app/http.ts';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { useMe } from '../app/session.ts';
import { dueWords } from '../app/time-words.ts';
import { useToast } from '../app/toast.tsx';
import { useNow } from '../live/clock.ts';
import { DialButton } from '../outbound/dial-button.tsx';
import { Button } from '../ui/button.tsx';
import { VerdictBadge } from '../ui/verdict.tsx';
import { promiseStanding } from './promise-standing.ts';
import './promise-item.css';

const done = z.object({ ok: z.literal(true) });

/** Who answers for a promise says what became of it; a leader may for anybody. */
function Settle({ promise }: { promise: PromiseView }) {
  const t = useWords();
  const { csrf } = useMe();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const say = async (body: PromiseChange) => {
    setBusy(true);
    try {
      await request(`/api/promises/${encodeURIComponent(promise.promise)}`, done, { method: 'POST', body, csrf });
    } catch (error) {
      if (error instanceof HttpFailure) toast.showFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <p className="row row-wrap">
      {promise.kind === 'message' && promise.seenAt === undefined && (
        <Button size="small" busy={busy} onClick={() => void say({ do: 'see' })}>
          {t('promise.do.see')}
        </Button>
      )}
      <DialButton whom={{ promise: promise.promise }} />
      <Button size="small" busy={busy} onClick={() => void say({ do: 'keep' })}>
        {t('promise.keep')}
      </Button>
      <Button size="small" busy={busy} onClick={() => void say({ do: 'attempt', outcome: 'no-answer' })}>
        {t('promise.no-answer')}
      </Button>
    </p>
  );
}

export function PromiseItem({ promise }: { promise: PromiseView }) {
  const t = useWords();
  const now = useNow();
  const standing = promiseStanding(promise, now);
  const { agent, roles } = useMe();
  const settled = promise.state !== 'open';
  // Who sits at an expert seat is the server's to know.
  const mine = promise.owner === agent || isSeatOwner(promise.owner) || roles.includes('leader');
  return (
    <article className="promise" data-standing={standing}>
      <p className="strong">
        {wordOfCode(t, 'promise.kind', promise.kind)}
        {(promise.about ?? promise.ticket) !== undefined && ` · ${promise.about ?? promise.ticket}`}
      </p>
      <p className="row row-wrap">
        <VerdictBadge standing={standing} text={settled ? t(`promise.state.${promise.state}`) : dueWords(t, promise.dueAt, now)} />
        <span className="grow" />
        <span className="meta num">
          {promise.owner}
          {promise.firstReceiver !== promise.owner && ` · ${t('promise.first', { who: promise.firstReceiver })}`}
        </span>
      </p>
      {promise.ticket !== undefined && (
        <p>
          <Link to="/tickets/$ticket" params={{ ticket: promise.ticket }}>
            {t('ledger.ticket')}
          </Link>
        </p>
      )}
      {mine && promise.ticket === undefined && (promise.state === 'open' || promise.state === 'missed') && <Settle promise={promise} />}
    </article>
  );
}
