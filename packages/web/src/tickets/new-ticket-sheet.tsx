import { ticketKinds } from '@threerings/core/tickets/state';
import { ClipboardList } from 'lucide-react';
import { type FormEvent, useCallback, useId, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useToast } from '../app/toast.tsx';
import { useAct } from '../app/use-act.ts';
import { useDraft } from '../app/use-draft.ts';
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
  /** what is known of the matter already, for example from the record of the call */
  readonly begins?: { readonly title: string; readonly about: string } | undefined;
}

/** A ticket by hand. Beside a call what was typed is kept until it is sent or given up: Esc only looks away from it. */
export function NewTicketSheet({ onClose, interaction, customer, proposal, begins }: NewTicketSheetProps) {
  const t = useWords();
  const toast = useToast();
  const { run, busy } = useAct(ticketsKey, promisesKey);
  const units = useUnits();
  const [saved] = useState(() => ({
    ...{ ticket: ticketNumber(new Date(), Math.random), kind: 'request', title: '', about: '', category: '', department: '' },
    ...begins,
  }));
  const { values, change, drop } = useDraft(interaction === undefined ? undefined : `ticket.${interaction}`, saved);
  const { ticket = saved.ticket, title = '', about = '', category = '', department = '' } = values;
  const kind: Kind = ticketKinds.find((each) => each === values['kind']) ?? 'request';
  const [secret, demand] = [values['secret'] === 'yes', values['demand'] === 'yes'];
  const put = (field: string, value: string) => {
    // Kept with the rest: sent again after a lost answer, it makes no second ticket.
    change('ticket', ticket);
    change(field, value);
  };
  const [due, setDue] = useState<number | undefined>(undefined);
  const onDue = useCallback((next: number | undefined) => setDue(next), []);
  const giveUp = () => {
    drop();
    onClose();
  };
  const save = async (dispatched: boolean) => {
    const from = {
      ...(interaction === undefined ? {} : { interaction }),
      ...(customer === undefined ? {} : { customer }),
      ...(proposal === undefined ? {} : { proposal }),
    };
    const dispatch = dispatched ? { dispatch: { department, dueAt: due } } : {};
    const more = kind === 'complaint' ? { demand, ...(category.trim() === '' ? {} : { category: category.trim() }) } : {};
    if (!(await run('/api/tickets', { ticket, kind, title: title.trim(), about, secret, ...more, ...from, ...dispatch }))) return;
    toast.show(t(dispatched ? 'ticket.dispatched-note' : 'ticket.kept-note', { ticket }));
    giveUp();
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
            <Select {...ids} value={kind} onChange={(event) => put('kind', event.target.value)}>
              {ticketKinds.map((value) => (
                <option key={value} value={value}>
                  {t(`ticket.kind.${value}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('ticket.subject')}>
          {(ids) => <Input {...ids} data-autofocus maxLength={200} value={title} onChange={(event) => put('title', event.target.value)} />}
        </Field>
        <Field label={t('ticket.about')}>
          {(ids) => <Textarea {...ids} rows={4} maxLength={5000} value={about} onChange={(event) => put('about', event.target.value)} />}
        </Field>
        {kind === 'complaint' && <CategoryField value={category} onChange={(value) => put('category', value)} />}
        <div className="row row-wrap">
          {kind === 'complaint' && (
            <label className="row">
              <input type="checkbox" checked={demand} onChange={(event) => put('demand', event.target.checked ? 'yes' : '')} />
              {t('ticket.demand')}
            </label>
          )}
          <label className="row">
            <input type="checkbox" checked={secret} onChange={(event) => put('secret', event.target.checked ? 'yes' : '')} />
            {t('ticket.secret')}
          </label>
        </div>
        <Field label={t('ticket.department')}>
          {(ids) => (
            <Select {...ids} value={department} onChange={(event) => put('department', event.target.value)}>
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
          <Button tone="text" onClick={giveUp}>
            {t('action.cancel')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}

const categories = ['charge', 'service', 'manner', 'quality', 'delay'] as const;

/** What a complaint is about, in one word that reports count by; another word than the usual ones may be typed. */
function CategoryField({ value, onChange }: { value: string; onChange: (category: string) => void }) {
  const t = useWords();
  const list = useId();
  return (
    <Field label={t('ticket.category')} hint={t('ticket.category-hint')}>
      {(ids) => (
        <>
          <Input {...ids} list={list} autoComplete="off" maxLength={100} value={value} onChange={(event) => onChange(event.target.value)} />
          <datalist id={list}>
            {categories.map((each) => (
              <option key={each} value={t(`ticket.category.${each}`)} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
