import { Link } from '@tanstack/react-router';
import type { BlockEntry } from '@threerings/core/wire/blocklist';
import { Ban, FileUp, Plus, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { shortTime } from '../app/time.ts';
import { useRowKeys } from '../app/use-row-keys.ts';
import { useNow } from '../live/clock.ts';
import { ReasonForm } from '../retention/reason-form.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { BlockForm } from './block-form.tsx';
import { blocklistKey, useBlocklist } from './use-blocklist.ts';

/** 骚扰号码: what is in force first, with why, until when, who decided, and how many calls it concerned. */
export function BlocklistPanel() {
  const t = useWords();
  const [adding, setAdding] = useState(false);
  const list = useBlocklist();
  useRowKeys({ onMove: () => undefined, onOpen: undefined, onNew: () => setAdding(true) });
  const { entries = [], announced = true } = list.data ?? {};
  return (
    <div className="day-columns" data-pane={adding}>
      <Card
        className="grow"
        icon={<Ban size={16} aria-hidden />}
        title={t('blocklist.title')}
        aside={
          <span className="row">
            <Link to="/imports" search={{ kind: 'blocklist' }} className="btn" data-tone="plain" data-size="small">
              <FileUp size={14} aria-hidden />
              {t('blocklist.import')}
            </Link>
            <Button size="small" tone="primary" hint="N" icon={<Plus size={14} aria-hidden />} onClick={() => setAdding(true)}>
              {t('blocklist.new')}
            </Button>
          </span>
        }
      >
        <div className="scroll grow">
          {!announced && (
            <p className="banner" data-tone="warn" role="status">
              <TriangleAlert size={16} aria-hidden />
              {t('blocklist.not-announced')}
            </p>
          )}
          {list.isPending && <Loading what={t('blocklist.title')} rows={6} />}
          {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
          {list.isSuccess && entries.length === 0 && <Empty title={t('blocklist.none')} text={t('blocklist.none-text')} />}
          {entries.length > 0 && <EntryTable entries={entries} />}
        </div>
      </Card>
      {adding && (
        <div className="day-pane">
          <BlockForm onClose={() => setAdding(false)} />
        </div>
      )}
    </div>
  );
}

function EntryTable({ entries }: { entries: readonly BlockEntry[] }) {
  const t = useWords();
  return (
    <table className="rows-table">
      <thead>
        <tr>
          <th>{t('blocklist.number')}</th>
          <th>{t('retention.reason')}</th>
          <th>{t('blocklist.until')}</th>
          <th>{t('blocklist.by')}</th>
          <th className="num">{t('blocklist.calls')}</th>
          <th>{t('retention.state')}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <EntryRow key={entry.entry} of={entry} />
        ))}
      </tbody>
    </table>
  );
}

function EntryRow({ of }: { of: BlockEntry }) {
  const t = useWords();
  const now = useNow(60_000);
  const { entry, number, reason, offer, by, at, until, calls, lastAt } = of;
  return (
    <tr>
      <td className="num nowrap">{number}</td>
      <td>
        {reason}
        <span className="row-note">{t(`blocklist.offer.${offer}`)}</span>
      </td>
      <td className="num nowrap">{shortTime(until, now)}</td>
      <td className="num nowrap">
        {by}
        <span className="row-note">{shortTime(at, now)}</span>
      </td>
      <td className="num">
        {calls}
        {lastAt !== undefined && <span className="row-note nowrap">{shortTime(lastAt, now)}</span>}
      </td>
      <td>
        <Standing of={of} entry={entry} over={until <= now} />
      </td>
    </tr>
  );
}

function Standing({ of: { released }, entry, over }: { of: BlockEntry; entry: string; over: boolean }) {
  const t = useWords();
  const now = useNow(60_000);
  const [releasing, setReleasing] = useState(false);
  if (released !== undefined)
    return (
      <>
        {t('blocklist.released')}
        <span className="row-note num">
          {released.by} · {shortTime(released.at, now)} · {released.note}
        </span>
      </>
    );
  if (over) return t('blocklist.over');
  if (releasing)
    return (
      <ReasonForm
        path={`/api/blocklist/${encodeURIComponent(entry)}/release`}
        body={(note) => ({ note })}
        label={t('blocklist.release')}
        stale={blocklistKey}
        onClose={() => setReleasing(false)}
      />
    );
  return (
    <span className="row">
      <b>{t('blocklist.in-force')}</b>
      <Button size="small" onClick={() => setReleasing(true)}>
        {t('blocklist.release')}
      </Button>
    </span>
  );
}
