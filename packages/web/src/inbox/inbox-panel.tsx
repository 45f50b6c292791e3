import { Link } from '@tanstack/react-router';
import type { InboxItem } from '@threerings/core/wire/registers';
import { Inbox } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { shortTime } from '../app/time.ts';
import { useAct } from '../app/use-act.ts';
import { RestAnswer } from '../board/leader-sheet.tsx';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Select } from '../ui/field.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { inboxKey, useInbox } from './use-inbox.ts';

const kinds = ['alert', 'emergency', 'anomaly', 'exception', 'appeal', 'forced-state', 'rest', 'talk'] as const;
type Kind = (typeof kinds)[number];

/** 督导收件箱: everything that waits for whoever leads, what is urgent first. */
export function InboxPanel() {
  const t = useWords();
  const list = useInbox();
  const [kind, setKind] = useState<Kind | ''>('');
  const rows = (list.data ?? []).filter((item) => kind === '' || item.kind === kind);
  const filter = (
    <Select aria-label={t('inbox.kind')} value={kind} onChange={(event) => setKind(kinds.find((one) => one === event.target.value) ?? '')}>
      <option value="">{t('inbox.kind.all')}</option>
      {kinds.map((value) => (
        <option key={value} value={value}>
          {t(`inbox.kind.${value}`)}
        </option>
      ))}
    </Select>
  );
  return (
    <Card className="grow" icon={<Inbox size={16} aria-hidden />} title={t('inbox.title', { n: rows.length })} aside={filter}>
      <div className="scroll grow">
        {list.isPending && <Loading what={t('inbox.title', { n: 0 })} rows={6} />}
        {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && rows.length === 0 && <Empty title={t('inbox.none')} text={t('inbox.none-text')} />}
        <ul className="directory-rows">
          {rows.map((item) => (
            <Line key={`${item.kind}-${item.id}`} item={item} />
          ))}
        </ul>
      </div>
    </Card>
  );
}

function Line({ item }: { item: InboxItem }) {
  const t = useWords();
  const now = useNow(30_000);
  const { kind, title, who, at, severity, acknowledgedBy } = item;
  return (
    <li>
      <div className="grow">
        <span className="row row-wrap">
          <span className="chip" data-tone={severity === 'info' ? undefined : 'warn'}>
            {t(`inbox.kind.${kind}`)}
          </span>
          <b>{title}</b>
          {severity === 'urgent' && (
            <span className="chip" data-tone="warn">
              {t('inbox.urgent')}
            </span>
          )}
        </span>
        <span className="row-note num">
          {shortTime(at, now)}
          {who !== undefined && ` · ${who}`}
          {acknowledgedBy !== undefined && ` · ${t('emergency.in-hand', { who: acknowledgedBy })}`}
        </span>
      </div>
      <Way item={item} />
    </li>
  );
}

/** What can be done with it at once, or where it is worked on. */
function Way({ item: { kind, id, interaction, ticket, acknowledgedBy, who } }: { item: InboxItem }) {
  const t = useWords();
  const leads = hasRole(useMe(), 'leader');
  const { run, busy } = useAct(inboxKey, ['emergencies']);
  return (
    <span className="row row-wrap">
      {interaction !== undefined && (
        <Link to="/interactions/$interaction" params={{ interaction }}>
          {t('knowledge.gap.call')}
        </Link>
      )}
      {ticket !== undefined && (
        <Link to="/tickets/$ticket" params={{ ticket }}>
          {t('outage.open')}
        </Link>
      )}
      {kind === 'appeal' && <Link to="/appeals">{t('outage.open')}</Link>}
      {kind === 'emergency' && (
        <Link to="/today" search={{ tab: 'emergencies' }}>
          {t('outage.open')}
        </Link>
      )}
      {kind === 'anomaly' && (
        <Link to="/today" search={{ tab: 'anomalies' }}>
          {t('outage.open')}
        </Link>
      )}
      {(kind === 'rest' || kind === 'talk') && leads && who !== undefined && (
        <RestAnswer
          busy={busy}
          onAnswer={(limitMs) => void run('/api/board/leader', { do: { kind: 'answer-rest', agent: who, limitMs } })}
        />
      )}
      {kind === 'alert' && leads && (
        <Button size="small" busy={busy} onClick={() => void run(`/api/alerts/${encodeURIComponent(id)}/acknowledge`)}>
          {t('emergency.acknowledge')}
        </Button>
      )}
      {kind === 'emergency' && acknowledgedBy === undefined && (
        <Button size="small" tone="primary" busy={busy} onClick={() => void run(`/api/emergencies/${id}`, { do: 'acknowledge' })}>
          {t('emergency.acknowledge')}
        </Button>
      )}
    </span>
  );
}
