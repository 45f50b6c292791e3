import { useQuery } from '@tanstack/react-query';
import { type AnomalyView, anomalyKind, anomalyView } from '@threerings/core/wire/registers';
import { TriangleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { z } from 'zod';
import { request } from '../app/http.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { shortTime } from '../app/time.ts';
import { useAct } from '../app/use-act.ts';
import { uuid } from '../app/uuid.ts';
import { inboxKey } from '../inbox/use-inbox.ts';
import { useNow } from '../live/clock.ts';
import { useListPush } from '../live/use-list-push.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Input, Select } from '../ui/field.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';

export const anomaliesKey = ['anomalies'] as const;
type Kind = AnomalyView['kind'];

/** 异常: anybody at a desk reports what does not work, and hears that it works again. */
export function AnomaliesPanel() {
  const t = useWords();
  const every = useListPush('anomalies', anomaliesKey);
  const list = useQuery({
    queryKey: anomaliesKey,
    queryFn: ({ signal }) => request('/api/anomalies', z.array(anomalyView), { signal }),
    refetchInterval: every,
  });
  const rows = list.data ?? [];
  return (
    <Card className="grow" icon={<TriangleAlert size={16} aria-hidden />} title={t('anomaly.title')}>
      <ReportForm />
      <div className="scroll grow">
        {list.isPending && <Loading what={t('anomaly.title')} rows={4} />}
        {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && rows.length === 0 && <Empty title={t('anomaly.none')} text={t('anomaly.none-text')} />}
        <ul className="day-rows">
          {rows.map((one) => (
            <Line key={one.anomaly} one={one} />
          ))}
        </ul>
      </div>
    </Card>
  );
}

function ReportForm() {
  const t = useWords();
  const { run, busy } = useAct(anomaliesKey, inboxKey);
  const [anomaly, setAnomaly] = useState(uuid);
  const [kind, setKind] = useState<Kind>('system');
  const [what, setWhat] = useState('');
  const report = async (event: FormEvent) => {
    event.preventDefault();
    if (what.trim() === '' || !(await run('/api/anomalies', { anomaly, kind, what }))) return;
    setWhat('');
    setAnomaly(uuid());
  };
  return (
    <form className="knowledge-search" onSubmit={(event) => void report(event)}>
      <Select aria-label={t('anomaly.kind')} value={kind} onChange={(event) => setKind(anomalyKind.parse(event.target.value))}>
        {anomalyKind.options.map((value) => (
          <option key={value} value={value}>
            {t(`anomaly.kind.${value}`)}
          </option>
        ))}
      </Select>
      <Input
        className="grow"
        aria-label={t('anomaly.what')}
        placeholder={t('anomaly.what')}
        value={what}
        maxLength={500}
        onChange={(event) => setWhat(event.target.value)}
      />
      <Button type="submit" tone="primary" busy={busy} blocked={what.trim() === '' ? t('anomaly.what') : undefined} blockedShownElsewhere>
        {t('anomaly.report')}
      </Button>
    </form>
  );
}

function Line({ one: { anomaly, kind, what, reporter, at, state, owner, note } }: { one: AnomalyView }) {
  const t = useWords();
  const now = useNow(30_000);
  const person = useMe();
  const works = hasRole(person, 'leader', 'operations');
  const { run, busy } = useAct(anomaliesKey, inboxKey);
  const [text, setText] = useState('');
  const act = (body: object) => void run(`/api/anomalies/${anomaly}`, body);
  const open = state === 'open' || state === 'assigned';
  return (
    <li data-alert={open}>
      <span className="row row-wrap">
        <span className="chip">{t(`anomaly.kind.${kind}`)}</span>
        <b className="grow">{what}</b>
        <span className="chip">{t(`anomaly.state.${state}`)}</span>
      </span>
      <span className="row-note num">
        {[reporter, shortTime(at, now), owner === undefined ? '' : t('anomaly.owner', { who: owner }), note ?? '']
          .filter((part) => part !== '')
          .join(' · ')}
      </span>
      {open && (works || owner === person.agent) && (
        <span className="row row-wrap">
          <Input
            className="grow"
            aria-label={t('anomaly.note')}
            placeholder={t('anomaly.note')}
            value={text}
            maxLength={200}
            onChange={(event) => setText(event.target.value)}
          />
          {works && (
            <Button
              size="small"
              busy={busy}
              blocked={text.trim() === '' ? t('anomaly.note') : undefined}
              blockedShownElsewhere
              onClick={() => act({ do: 'assign', to: text.trim() })}
            >
              {t('anomaly.assign')}
            </Button>
          )}
          <Button
            size="small"
            busy={busy}
            blocked={text.trim() === '' ? t('anomaly.note') : undefined}
            blockedShownElsewhere
            onClick={() => act({ do: 'fix', note: text.trim() })}
          >
            {t('anomaly.fix')}
          </Button>
        </span>
      )}
      {state === 'fixed' && (works || reporter === person.agent) && (
        <span className="row">
          <Button size="small" tone="primary" busy={busy} onClick={() => act({ do: 'confirm' })}>
            {t('anomaly.confirm')}
          </Button>
        </span>
      )}
    </li>
  );
}
