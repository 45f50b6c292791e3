import { promiseKinds } from '@threerings/core/timeline/promise-kinds';
import { Handshake } from 'lucide-react';
import { type FormEvent, useCallback, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useToast } from '../app/toast.tsx';
import { useAct } from '../app/use-act.ts';
import { uuid } from '../app/uuid.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input, Select, Textarea } from '../ui/field.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { DueChooser } from './due-chooser.tsx';
import { promisesKey } from './use-promises.ts';

/** Made by hand: everything but what tickets make themselves. */
const kinds = promiseKinds.filter((kind) => kind !== 'ticket');
type Kind = (typeof kinds)[number];
const forOthers: readonly Kind[] = ['message', 'leader-callback', 'expert-callback'];

interface NewPromiseSheetProps {
  readonly onClose: () => void;
  readonly interaction?: string | undefined;
  readonly customer?: string | undefined;
  readonly proposal?: string | undefined;
  readonly number?: string | undefined;
  /** a leader's callback, after the agent has tried to settle it */
  readonly leader?: boolean;
}

export function NewPromiseSheet({ onClose, interaction, customer, proposal, number: known, leader = false }: NewPromiseSheetProps) {
  const t = useWords();
  const { run, busy } = useAct(promisesKey);
  const toast = useToast();
  const [promise] = useState(uuid);
  const [what, setWhat] = useState<Kind>(leader ? 'leader-callback' : 'callback');
  const [owner, setOwner] = useState('');
  const [number, setNumber] = useState(known ?? '');
  const [about, setAbout] = useState('');
  const [soothed, setSoothed] = useState(leader);
  const [due, setDue] = useState<number | undefined>(undefined);
  const onDue = useCallback((next: number | undefined) => setDue(next), []);
  const missing = about.trim() === '' ? t('promise.missing-about') : due === undefined ? t('promise.missing-due') : undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (missing !== undefined) return;
    const to = what === 'leader-callback' && owner.trim() === '' ? 'leader' : owner.trim();
    const some = { ...(to === '' ? {} : { owner: to }), ...(number.trim() === '' ? {} : { number: number.trim() }) };
    const from = {
      ...(proposal === undefined ? {} : { proposal }),
      ...(interaction === undefined ? {} : { interaction }),
      ...(customer === undefined ? {} : { customer }),
    };
    if (!(await run('/api/promises', { promise, what, dueAt: due, about: about.trim(), soothed, ...some, ...from }))) return;
    toast.show(t('promise.made', { what: t(`promise.kind.${what}`) }));
    onClose();
  };
  return (
    <Sheet
      icon={<Handshake size={16} aria-hidden />}
      title={t('ledger.new')}
      onClose={onClose}
      style={{ insetInlineEnd: 16, top: 56, width: 460, maxHeight: 'calc(100vh - 76px)' }}
    >
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <Field label={t('ledger.what')}>
          {(ids) => (
            <Select {...ids} value={what} onChange={(event) => setWhat(kinds.find((kind) => kind === event.target.value) ?? 'callback')}>
              {kinds.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`promise.kind.${kind}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('promise.about')}>
          {(ids) => (
            <Textarea {...ids} data-autofocus rows={2} maxLength={500} value={about} onChange={(event) => setAbout(event.target.value)} />
          )}
        </Field>
        <DueChooser presets={['30m', '1h', '2h-staffed', '1d', '3d']} initial="1h" onChange={onDue} />
        <Field label={t('promise.number')}>
          {(ids) => <Input {...ids} inputMode="tel" maxLength={32} value={number} onChange={(event) => setNumber(event.target.value)} />}
        </Field>
        <Field label={forOthers.includes(what) ? t('promise.to') : t('promise.owner')}>
          {(ids) => (
            <Input
              {...ids}
              maxLength={64}
              placeholder={what === 'leader-callback' ? t('promise.to-leader') : undefined}
              value={owner}
              onChange={(event) => setOwner(event.target.value)}
            />
          )}
        </Field>
        {what === 'leader-callback' && (
          <label className="row">
            <input type="checkbox" checked={soothed} onChange={(event) => setSoothed(event.target.checked)} />
            {t('promise.soothed')}
          </label>
        )}
        <div className="row row-wrap">
          <Button type="submit" tone="primary" busy={busy} blocked={missing}>
            {t('ledger.new')}
          </Button>
          <Button tone="text" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
