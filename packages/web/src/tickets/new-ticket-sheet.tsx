import { ticketKinds } from '@threerings/core/tickets/state';
import { ClipboardList } from 'lucide-react';
import { type FormEvent, useCallback, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useAct } from '../app/use-act.ts';
import { DueChooser } from '../promises/due-chooser.tsx';
import { promisesKey } from '../promises/use-promises.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input, Select, Textarea } from '../ui/field.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { ticketNumber } from './ticket-number.ts';
import { ticketsKey, useUnits } from './use-tickets.ts';

type Kind = (typeof ticketKinds)[number];

interface NewTicketSheetProps {
  readonly onClose: () => void;
  readonly interaction?: string | undefined;
  readonly customer?: string | undefined;
  readonly proposal?: string | undefined;
}

export function NewTicketSheet({ onClose, interaction, customer, proposal }: NewTicketSheetProps) {
  const t = useWords();
  const { run, busy } = useAct(ticketsKey, promisesKey);
  const units = useUnits();
  const [ticket] = useState(() => ticketNumber(new Date(), Math.random));
  const [kind, setKind] = useState<Kind>('request');
  const [title, setTitle] = useState('');
  const [about, setAbout] = useState('');
  const [secret, setSecret] = useState(false);
  const [demand, setDemand] = useState(false);
  const [department, setDepartment] = useState('');
  const [due, setDue] = useState<number | undefined>(undefined);
  const onDue = useCallback((next: number | undefined) => setDue(next), []);
  const save = async (dispatched: boolean) => {
    const from = {
      ...(interaction === undefined ? {} : { interaction }),
      ...(customer === undefined ? {} : { customer }),
      ...(proposal === undefined ? {} : { proposal }),
    };
    const dispatch = dispatched ? { dispatch: { department, dueAt: due } } : {};
    const more = kind === 'complaint' ? { demand } : {};
    if (await run('/api/tickets', { ticket, kind, title: title.trim(), about, secret, ...more, ...from, ...dispatch })) onClose();
  };
  const noTitle = title.trim() === '' ? t('ticket.subject') : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (noTitle === undefined && department !== '' && due !== undefined) void save(true);
  };
  return (
    <Sheet
      icon={<ClipboardList size={16} aria-hidden />}
      title={`${t('ticket.new')} ${ticket}`}
      onClose={onClose}
      style={{ insetInlineEnd: 16, top: 56, width: 520, maxHeight: 'calc(100vh - 76px)' }}
    >
      <form className="stack" onSubmit={submit}>
        <Field label={t('ticket.kind')}>
          {(ids) => (
            <Select
              {...ids}
              value={kind}
              onChange={(event) => setKind(ticketKinds.find((each) => each === event.target.value) ?? 'request')}
            >
              {ticketKinds.map((value) => (
                <option key={value} value={value}>
                  {t(`ticket.kind.${value}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('ticket.subject')}>
          {(ids) => <Input {...ids} data-autofocus maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} />}
        </Field>
        <Field label={t('ticket.about')}>
          {(ids) => <Textarea {...ids} rows={4} maxLength={5000} value={about} onChange={(event) => setAbout(event.target.value)} />}
        </Field>
        <div className="row row-wrap">
          {kind === 'complaint' && (
            <label className="row">
              <input type="checkbox" checked={demand} onChange={(event) => setDemand(event.target.checked)} />
              {t('ticket.demand')}
            </label>
          )}
          <label className="row">
            <input type="checkbox" checked={secret} onChange={(event) => setSecret(event.target.checked)} />
            {t('ticket.secret')}
          </label>
        </div>
        <Field label={t('ticket.department')}>
          {(ids) => (
            <Select {...ids} value={department} onChange={(event) => setDepartment(event.target.value)}>
              <option value="">—</option>
              {(units.data ?? []).map(({ unit, name }) => (
                <option key={unit} value={unit}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <DueChooser presets={['1d', '3d', '5d']} initial="3d" onChange={onDue} />
        <div className="row row-wrap">
          <Button type="submit" tone="primary" busy={busy} blocked={noTitle ?? (department === '' ? t('ticket.department') : undefined)}>
            {t('ticket.do.dispatch')}
          </Button>
          <Button busy={busy} blocked={noTitle} blockedShownElsewhere onClick={() => void save(false)}>
            {t('ticket.save-draft')}
          </Button>
          <Button tone="text" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
