import { Link, useParams } from '@tanstack/react-router';
import type { CustomerFile } from '@threerings/core/wire/customers';
import { ArrowLeft, AudioLines, ClipboardList, FolderOpen, Handshake, PhoneOff } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { ActingRecords } from '../acting/acting-records.tsx';
import { useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { clock, shortTime } from '../app/time.ts';
import { useAct } from '../app/use-act.ts';
import { useNow } from '../live/clock.ts';
import { PromiseItem } from '../promises/promise-item.tsx';
import { AskErasure } from '../retention/ask-erasure.tsx';
import { TicketDue, TicketMarks } from '../tickets/ticket-words.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Input } from '../ui/field.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { Tallies } from '../verdicts/tallies.tsx';
import { CaseItem } from './case-item.tsx';
import { customersKey, useCustomer } from './use-customers.ts';
import '../promises/promises-page.css';
import '../tickets/ticket-page.css';
import './customer-page.css';

export function CustomerPage() {
  const { customer = '' } = useParams({ strict: false });
  const t = useWords();
  const file = useCustomer(customer);
  if (file.isPending) return <Loading what={t('customer.title')} rows={8} />;
  if (file.isError) return <Failed error={file.error} onRetry={() => void file.refetch()} />;
  return <Shown file={file.data} />;
}

/** One customer over all calls: the case with what must still be told, then what is owed, then what was. */
function Shown({ file }: { file: CustomerFile }) {
  const t = useWords();
  const now = useNow();
  return (
    <div className="ledger">
      <Head file={file} />
      <div className="customer-columns">
        <List icon={<FolderOpen size={16} aria-hidden />} title={t('customer.cases')} count={file.cases.length}>
          {file.cases.map((each) => (
            <CaseItem key={each.case} view={each} />
          ))}
        </List>
        <List icon={<Handshake size={16} aria-hidden />} title={t('customer.promises')} count={file.promises.length}>
          {file.promises.map((promise) => (
            <PromiseItem key={promise.promise} promise={promise} />
          ))}
        </List>
        <List icon={<ClipboardList size={16} aria-hidden />} title={t('customer.tickets')} count={file.tickets.length}>
          {file.tickets.map((row) => (
            <article key={row.ticket} className="customer-row">
              <Link to="/tickets/$ticket" params={{ ticket: row.ticket }} className="strong">
                {row.title ?? row.ticket}
              </Link>
              <p className="row row-wrap">
                <TicketDue row={row} now={now} />
                <TicketMarks row={row} />
              </p>
            </article>
          ))}
        </List>
        <List icon={<AudioLines size={16} aria-hidden />} title={t('customer.contacts')} count={file.contacts.length}>
          {file.contacts.map((row) => (
            <article key={row.interaction} className="customer-row row">
              <Link to="/interactions/$interaction" params={{ interaction: row.interaction }} className="num">
                {shortTime(row.startedAt, now)}
              </Link>
              <span className="grow t2">
                {row.agentName} <span className="num">{row.agent}</span> · {clock(row.talkMs)}
              </span>
              <Tallies row={row} />
            </article>
          ))}
        </List>
        <ActingRecords of="customers" id={file.customer} />
      </div>
    </div>
  );
}

function List({ icon, title, count, children }: { icon: ReactNode; title: string; count: number; children: ReactNode }) {
  const t = useWords();
  return (
    <Card icon={icon} title={title} aside={<span className="meta num">{count}</span>}>
      <div className="card-body scroll stack grow">{count === 0 ? <p className="t2">{t('customer.empty')}</p> : children}</div>
    </Card>
  );
}

function Head({ file }: { file: CustomerFile }) {
  const t = useWords();
  const person = useMe();
  const { run, busy } = useAct(customersKey);
  const [merging, setMerging] = useState(false);
  const [into, setInto] = useState('');
  const path = `/api/customers/${encodeURIComponent(file.customer)}`;
  return (
    <header className="ticket-head">
      <Link to="/customers" aria-label={t('action.back')} className="icon-btn">
        <ArrowLeft size={18} aria-hidden />
      </Link>
      <div className="grow">
        <h1>{file.name}</h1>
        <p className="meta num">
          {file.numbers.join(' · ')}
          {file.merged.length > 0 && ` · ${t('customer.merged', { n: file.merged.length })}`}
        </p>
      </div>
      {file.unsafe && (
        <span className="banner" data-tone="broken">
          <PhoneOff size={16} aria-hidden />
          <b>{t('customer.unsafe')}</b> {t('customer.unsafe-text')}
        </span>
      )}
      <Button busy={busy} onClick={() => void run(path, { unsafe: !file.unsafe }, 'PATCH')}>
        {t(file.unsafe ? 'customer.clear-unsafe' : 'customer.set-unsafe')}
      </Button>
      {hasRole(person, 'leader') && (
        <>
          <Button pressed={merging} onClick={() => setMerging(!merging)}>
            {t('customer.merge')}
          </Button>
          <AskErasure customer={file.customer} />
          {merging && (
            <span className="row">
              <Input
                aria-label={t('customer.merge-into')}
                placeholder={t('customer.merge-into')}
                value={into}
                onChange={(event) => setInto(event.target.value)}
              />
              <Button tone="primary" busy={busy} onClick={() => void run(`${path}/merge`, { into: into.trim() })}>
                {t('customer.merge')}
              </Button>
            </span>
          )}
        </>
      )}
    </header>
  );
}
