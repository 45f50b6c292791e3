import type { DeskView, ProposalView } from '@threerings/core/wire/desk';
import { Handshake, Plus } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useKeys } from '../app/keys.ts';
import { PromiseItem } from '../promises/promise-item.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Empty } from '../ui/states.tsx';
import { PromiseForm } from './promise-form.tsx';
import { ProposalsList } from './proposals-list.tsx';
import type { CallRecord } from './record-draft.ts';
import { SupportSection } from './support-section.tsx';
import { briefFrom } from './transfer.ts';
import { useSeatOwner } from './use-colleagues.ts';

/** What is written down beside a call in a sheet of its own. */
type OwnSheet = 'ticket' | 'message' | 'visit';

const tickets = () => import('../tickets/new-ticket-sheet.tsx');
const NewTicketSheet = lazy(() => tickets().then((all) => ({ default: all.NewTicketSheet })));
const MessageSheet = lazy(() => import('../messages/message-sheet.tsx').then((all) => ({ default: all.MessageSheet })));
const AppointmentSheet = lazy(() => import('../appointments/appointment-sheet.tsx').then((all) => ({ default: all.AppointmentSheet })));
const NewPromiseSheet = lazy(() => import('../promises/new-promise-sheet.tsx').then((all) => ({ default: all.NewPromiseSheet })));

interface PromisesCardProps {
  readonly view: DeskView;
  /** the call in which a new promise is made; without one the card only lists */
  readonly interaction?: string;
  readonly number?: string | undefined;
  readonly adding?: boolean;
  /** as it is typed now: a ticket begins with it */
  readonly record?: CallRecord | undefined;
  /** the new promise is an expert seat's */
  readonly seat?: string | undefined;
  readonly onAdding?: (adding: boolean) => void;
}

export function PromisesCard({ view, interaction, number, adding, record, seat, onAdding }: PromisesCardProps) {
  const t = useWords();
  const promises = [...view.promises].sort((a, b) => a.dueAt - b.dueAt);
  const proposals = view.proposals ?? [];
  const seatOf = useSeatOwner();
  const [taken, setTaken] = useState<ProposalView | undefined>(undefined);
  const [sheet, setSheet] = useState<OwnSheet | undefined>(undefined);
  // Whoever presses its key types at once.
  useEffect(() => void (interaction !== undefined && tickets()), [interaction]);
  useKeys({ ticket: () => interaction !== undefined && setSheet('ticket') });
  const close = () => setSheet(undefined);
  const begins = record && { title: record.what.trim().slice(0, 200), about: briefFrom(record, (part) => t(`record.${part}`)) };
  const isHere = (of: string | undefined) => interaction !== undefined && of === interaction;
  const here = promises.filter((promise) => isHere(promise.interaction));
  const others = promises.filter((promise) => !isHere(promise.interaction));
  return (
    <Card
      className="grow"
      icon={<Handshake size={16} aria-hidden />}
      title={t('promise.title')}
      aside={
        interaction !== undefined &&
        adding !== true && (
          <Button size="small" icon={<Plus size={14} aria-hidden />} hint="Alt P" onClick={() => onAdding?.(true)}>
            {t('promise.new')}
          </Button>
        )
      }
    >
      <div className="card-body scroll grow stack">
        {interaction !== undefined && (
          <div className="row row-wrap">
            <Button size="small" hint="Alt N" onClick={() => setSheet('ticket')}>
              {t('ticket.new')}
            </Button>
            <Button size="small" onClick={() => setSheet('message')}>
              {t('message.new')}
            </Button>
            <Button size="small" onClick={() => setSheet('visit')}>
              {t('visit.new')}
            </Button>
          </div>
        )}
        {adding === true && interaction !== undefined && (
          <PromiseForm key={seat} interaction={interaction} number={number} seat={seatOf(seat)} onDone={() => onAdding?.(false)} />
        )}
        <SupportSection supports={view.supports ?? []} interaction={interaction} />
        <ProposalsList proposals={proposals} onTake={setTaken} />
        {promises.length === 0 && proposals.length === 0 && adding !== true && (
          <Empty title={t('promise.none')} text={t('promise.none-text')} />
        )}
        {interaction !== undefined && here.length > 0 && <p className="meta">{t('promise.here')}</p>}
        {here.map((promise) => (
          <PromiseItem key={promise.promise} promise={promise} />
        ))}
        {interaction !== undefined && others.length > 0 && <p className="meta">{t('promise.others')}</p>}
        {others.map((promise) => (
          <PromiseItem key={promise.promise} promise={promise} />
        ))}
      </div>
      {sheet !== undefined && (
        <Suspense fallback={null}>
          {sheet === 'ticket' ? (
            <NewTicketSheet interaction={interaction} begins={begins} onClose={close} />
          ) : sheet === 'message' ? (
            <MessageSheet interaction={interaction} number={number} onClose={close} />
          ) : (
            <AppointmentSheet interaction={interaction} number={number} onClose={close} />
          )}
        </Suspense>
      )}
      {taken !== undefined && (
        <Suspense fallback={null}>
          {taken.what === 'ticket' ? (
            <NewTicketSheet interaction={taken.interaction} proposal={taken.proposal} begins={begins} onClose={() => setTaken(undefined)} />
          ) : (
            <NewPromiseSheet
              interaction={taken.interaction}
              number={number}
              proposal={taken.proposal}
              onClose={() => setTaken(undefined)}
            />
          )}
        </Suspense>
      )}
    </Card>
  );
}
