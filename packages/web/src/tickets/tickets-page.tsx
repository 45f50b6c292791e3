import { useNavigate } from '@tanstack/react-router';
import { ticketKinds } from '@threerings/core/tickets/state';
import type { TicketRowOnWire } from '@threerings/core/wire/tickets';
import { ClipboardList, Plus } from 'lucide-react';
import { useState } from 'react';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { useRowKeys } from '../app/use-row-keys.ts';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Select } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { useInView } from '../ui/use-in-view.ts';
import { NewTicketSheet } from './new-ticket-sheet.tsx';
import { TicketDue, TicketMarks, ticketStanding } from './ticket-words.tsx';
import { type TicketView, useTickets } from './use-tickets.ts';
import '../promises/promises-page.css';

/** Tickets by due time: agents see their own, departments what was dispatched to them, leaders those of the unit. */
export function TicketsPage() {
  const t = useWords();
  const person = useMe();
  const now = useNow();
  const navigate = useNavigate();
  const wide = hasRole(person, 'leader', 'operations', 'department');
  const [view, setView] = useState<TicketView>(wide ? 'unit' : 'mine');
  const [kind, setKind] = useState('');
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [adding, setAdding] = useState(false);
  const list = useTickets(view, kind);
  const rows = list.data ?? [];
  const at = rows.findIndex(({ ticket }) => ticket === chosen);
  const mayMake = hasRole(person, 'agent', 'leader');
  const open = (ticket: string) => void navigate({ to: '/tickets/$ticket', params: { ticket } });
  useRowKeys({
    onMove: (by) => setChosen(rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.ticket),
    onOpen: chosen === undefined ? undefined : () => open(chosen),
    onNew: mayMake ? () => setAdding(true) : undefined,
  });
  const views: readonly TicketView[] = wide ? ['mine', 'unit', 'overdue', 'exceptions', 'closed'] : ['mine', 'overdue', 'closed'];
  return (
    <div className="ledger">
      <header className="ledger-head">
        <h1 className="visually-hidden">{t('ticket.title')}</h1>
        <Segmented<TicketView>
          label={t('ledger.view')}
          value={view}
          onChange={setView}
          options={views.map((value) => ({ value, label: t(`ticket.view.${value}`) }))}
        />
        <Select aria-label={t('ticket.kind')} value={kind} onChange={(event) => setKind(event.target.value)}>
          <option value="">{t('ledger.any-kind')}</option>
          {ticketKinds.map((value) => (
            <option key={value} value={value}>
              {t(`ticket.kind.${value}`)}
            </option>
          ))}
        </Select>
        <span className="grow" />
        {mayMake && (
          <Button tone="primary" icon={<Plus size={16} aria-hidden />} hint="N" onClick={() => setAdding(true)}>
            {t('ticket.new')}
          </Button>
        )}
      </header>
      <Card
        className="grow"
        icon={<ClipboardList size={16} aria-hidden />}
        title={t('ticket.title')}
        aside={<span className="meta num">{rows.length}</span>}
      >
        <div className="scroll grow">
          {list.isPending && <Loading what={t('ticket.title')} rows={8} />}
          {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
          {list.isSuccess && rows.length === 0 && <Empty title={t('ticket.none')} text={t('ticket.none-text')} />}
          {rows.length > 0 && <TicketTable rows={rows} now={now} chosen={chosen} onOpen={open} />}
        </div>
      </Card>
      {adding && <NewTicketSheet onClose={() => setAdding(false)} />}
    </div>
  );
}

interface TicketTableProps {
  readonly rows: readonly TicketRowOnWire[];
  readonly now: number;
  readonly chosen: string | undefined;
  readonly onOpen: (ticket: string) => void;
}

function TicketTable({ rows, now, chosen, onOpen }: TicketTableProps) {
  const t = useWords();
  return (
    <table className="rows-table">
      <thead>
        <tr>
          <th>{t('ledger.due')}</th>
          <th>{t('ticket.subject')}</th>
          <th>{t('ticket.stage')}</th>
          <th>{t('ticket.department')}</th>
          <th>{t('ticket.owner')}</th>
          <th>{t('ticket.number')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <TicketLine key={row.ticket} row={row} now={now} chosen={row.ticket === chosen} onOpen={() => onOpen(row.ticket)} />
        ))}
      </tbody>
    </table>
  );
}

function TicketLine({ row, now, chosen, onOpen }: { row: TicketRowOnWire; now: number; chosen: boolean; onOpen: () => void }) {
  const t = useWords();
  const place = useInView<HTMLTableRowElement>(chosen);
  return (
    <tr ref={place} data-chosen={chosen} data-standing={ticketStanding(row, now)} onClick={onOpen}>
      <td className="nowrap">
        <TicketDue row={row} now={now} />
      </td>
      <td>
        <button type="button" className="row-open" onClick={onOpen}>
          {row.title ?? row.ticket}
        </button>
        <span className="row-note row row-wrap">
          {wordOfCode(t, 'ticket.kind', row.kind)} <TicketMarks row={row} />
        </span>
      </td>
      <td className="nowrap">{t(`ticket.stage.${row.stage}`)}</td>
      <td>{row.departmentName ?? row.department ?? '—'}</td>
      <td className="num nowrap">
        {row.owner}
        {row.firstReceiver !== row.owner && <span className="row-note">{t('ticket.first', { who: row.firstReceiver })}</span>}
      </td>
      <td className="num nowrap t2">{row.ticket}</td>
    </tr>
  );
}
