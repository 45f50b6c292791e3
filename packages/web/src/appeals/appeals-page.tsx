import { Link } from '@tanstack/react-router';
import type { AppealRow } from '@threerings/core/wire/appeals';
import type { ProposalView } from '@threerings/core/wire/desk';
import { Scale } from 'lucide-react';
import { useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { shortTime } from '../app/time.ts';
import { useAct } from '../app/use-act.ts';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { ClauseLinks } from '../ui/clause.tsx';
import { Input } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { appealsKey, useAppeals, useProposals } from './use-appeals.ts';
import '../promises/promises-page.css';
import './appeals.css';

/** What agents say to broken verdicts. A reviewer decides with a reason; an agent sees the own ones and their answers. */
export function AppealsPage() {
  const t = useWords();
  const person = useMe();
  const decides = hasRole(person, 'reviewer');
  const [of, setOf] = useState<'open' | 'decided'>('open');
  const list = useAppeals(of);
  const rows = list.data ?? [];
  return (
    <div className="ledger">
      <header className="ledger-head">
        <h1 className="visually-hidden">{t('appeal.title')}</h1>
        <Segmented
          label={t('ledger.view')}
          value={of}
          onChange={setOf}
          options={[
            { value: 'open', label: t('appeal.view.open') },
            { value: 'decided', label: t('appeal.view.decided') },
          ]}
        />
      </header>
      {decides && of === 'open' && <Proposals />}
      <Card
        className="grow"
        icon={<Scale size={16} aria-hidden />}
        title={t('appeal.title')}
        aside={<span className="meta num">{rows.length}</span>}
      >
        <div className="scroll grow">
          {list.isPending && <Loading what={t('appeal.title')} />}
          {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
          {list.isSuccess && rows.length === 0 && <Empty title={t('appeal.none')} text={t('appeal.none-text')} />}
          <ul className="appeal-rows">
            {rows.map((row) => (
              <Row key={row.appeal} row={row} decides={decides && row.agent !== person.agent} />
            ))}
          </ul>
        </div>
      </Card>
    </div>
  );
}

function Row({ row, decides }: { row: AppealRow; decides: boolean }) {
  const t = useWords();
  const say = useTongue();
  const now = useNow(60_000);
  const { run, busy } = useAct(appealsKey);
  const [reason, setReason] = useState('');
  const title = row.title === undefined ? row.norm : say(row.title);
  const decide = (upheld: boolean) => void run(`/api/appeals/${row.appeal}/decide`, { upheld, reason: reason.trim() });
  const missing = reason.trim() === '' ? t('appeal.reason') : undefined;
  return (
    <li className="stack">
      <p className="row row-wrap">
        <span className="chip">{t(`appeal.form.${row.form}`)}</span>
        <b>{title}</b>
        <ClauseLinks cites={row.cites ?? []} norm={title} />
        <span className="grow" />
        <span className="meta num">
          {row.agentName} {row.agent} · {shortTime(row.filedAt, now)}
        </span>
        <Link to="/interactions/$interaction" params={{ interaction: row.interaction }}>
          {t('appeal.listen')}
        </Link>
      </p>
      <p className="appeal-words">
        <span className="meta">{t(`appeal.ground.${row.ground}`)}：</span>
        {row.words ?? '—'}
      </p>
      {row.state === 'open' && decides && (
        <div className="appeal-decide">
          <Input
            aria-label={t('appeal.reason')}
            placeholder={t('appeal.reason')}
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button tone="primary" busy={busy} blocked={missing} blockedShownElsewhere onClick={() => decide(true)}>
            {t('appeal.uphold')}
          </Button>
          <Button busy={busy} blocked={missing} blockedShownElsewhere onClick={() => decide(false)}>
            {t('appeal.reject')}
          </Button>
        </div>
      )}
      {row.state !== 'open' && (
        <p className="meta">
          {t(`appeal.state.${row.state}`)} · {t('appeal.decided-by', { who: row.decidedBy ?? '', reason: row.reason ?? '' })}
        </p>
      )}
      {row.state === 'open' && !decides && <p className="meta">{t('appeal.state.open')}</p>}
    </li>
  );
}

/** A norm that asks for a person's look: confirmed means looked at, nothing more happens by itself. */
function Proposals() {
  const t = useWords();
  const { data = [] } = useProposals();
  if (data.length === 0) return null;
  return (
    <Card title={t('appeal.proposals')} aside={<span className="meta num">{data.length}</span>}>
      <ul className="appeal-rows scroll">
        {data.map((proposal) => (
          <ProposedReview key={proposal.proposal} proposal={proposal} />
        ))}
      </ul>
    </Card>
  );
}

function ProposedReview({ proposal }: { proposal: ProposalView }) {
  const t = useWords();
  const say = useTongue();
  const { run, busy } = useAct(appealsKey);
  const path = `/api/proposals/${encodeURIComponent(proposal.proposal)}`;
  return (
    <li className="row row-wrap">
      <b>{proposal.title === undefined ? t(`proposal.what.${proposal.what}`) : say(proposal.title)}</b>
      <span className="grow t2">{proposal.message}</span>
      {proposal.interaction !== undefined && (
        <Link to="/interactions/$interaction" params={{ interaction: proposal.interaction }}>
          {t('appeal.listen')}
        </Link>
      )}
      <Button size="small" busy={busy} onClick={() => void run(path, { do: 'confirm' })}>
        {t('proposal.confirm')}
      </Button>
      <Button size="small" tone="text" busy={busy} onClick={() => void run(path, { do: 'decline', reason: t('proposal.decline') })}>
        {t('proposal.decline')}
      </Button>
    </li>
  );
}
