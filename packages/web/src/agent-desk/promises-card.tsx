import type { DeskView, ProposalView } from '@threerings/core/wire/desk';
import { Handshake, Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { PromiseItem } from '../promises/promise-item.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Empty } from '../ui/states.tsx';
import { PromiseForm } from './promise-form.tsx';
import { ProposalsList } from './proposals-list.tsx';
import { SupportSection } from './support-section.tsx';
import { useSeatOwner } from './use-colleagues.ts';

const NewTicketSheet = lazy(() => import('../tickets/new-ticket-sheet.tsx').then((all) => ({ default: all.NewTicketSheet })));
const MessageSheet = lazy(() => import('../messages/message-sheet.tsx').then((all) => ({ default: all.MessageSheet })));
const AppointmentSheet = lazy(() => import('../appointments/appointment-sheet.tsx').then((all) => ({ default: all.AppointmentSheet })));
const NewPromiseSheet = lazy(() => import('../promises/new-promise-sheet.tsx').then((all) => ({ default: all.NewPromiseSheet })));

interface PromisesCardProps {
  readonly view: DeskView;
  /** the call in which a new promise is made; without one the card only lists */
  readonly interaction?: string;
  readonly number?: string | undefined;
  readonly adding?: boolean;
  /** the new promise is an expert seat's */
  readonly seat?: string | undefined;
  readonly onAdding?: (adding: boolean) => void;
}

export function PromisesCard({ view, interaction, number, adding, seat, onAdding }: PromisesCardProps) {
  const t = useWords();
  const promises = [...view.promises].sort((a, b) => a.dueAt - b.dueAt);
  const proposals = view.proposals ?? [];
  const seatOf = useSeatOwner();
  const [taken, setTaken] = useState<ProposalView | undefined>(undefined);
  const [instead, setInstead] = useState<'message' | 'visit' | undefined>(undefined);
  const closeInstead = () => {
    setInstead(undefined);
    onAdding?.(false);
  };
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
        {adding === true && interaction !== undefined && (
          <>
            {seat === undefined && (
              <p className="row row-wrap">
                <Button size="small" onClick={() => setInstead('message')}>
                  {t('message.new')}
                </Button>
                <Button size="small" onClick={() => setInstead('visit')}>
                  {t('visit.new')}
                </Button>
              </p>
            )}
            <PromiseForm key={seat} interaction={interaction} number={number} seat={seatOf(seat)} onDone={() => onAdding?.(false)} />
          </>
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
      {instead !== undefined && (
        <Suspense fallback={null}>
          {instead === 'message' ? (
            <MessageSheet interaction={interaction} number={number} onClose={closeInstead} />
          ) : (
            <AppointmentSheet interaction={interaction} number={number} onClose={closeInstead} />
          )}
        </Suspense>
      )}
      {taken !== undefined && (
        <Suspense fallback={null}>
          {taken.what === 'ticket' ? (
            <NewTicketSheet interaction={taken.interaction} proposal={taken.proposal} onClose={() => setTaken(undefined)} />
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
