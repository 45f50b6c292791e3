import type { CallView } from '@threerings/core/wire/desk';
import { ArrowLeftRight, LogOut, Undo2, Users } from 'lucide-react';
import { useWords } from '../app/i18n/use-words.ts';
import { clock } from '../app/time.ts';
import { useNow } from '../live/clock.ts';
import { useDeskCommand } from '../live/command.ts';
import { Button } from '../ui/button.tsx';
import { useNameOf } from './use-colleagues.ts';
import type { TransferSteps } from './use-transfer.ts';
import './transfer.css';

type Transfer = NonNullable<CallView['transfer']>;

/** While a transfer is under way: where it stands, and what can be done now. Letting go waits for the colleague's yes. */
export function TransferCard({ transfer, steps }: { transfer: Transfer; steps: TransferSteps }) {
  const t = useWords();
  const now = useNow(250);
  const nameOf = useNameOf();
  const { pending } = useDeskCommand();
  const { colleague, state, joined, startedAt } = transfer;
  const outside = transfer.kind === 'outside';
  const whom = outside ? outsideName(t, transfer.target) : colleague === undefined ? transfer.target : nameOf(colleague);
  // Who is outside has no page to accept at: the agent heard the yes.
  const free = state === 'accepted' || (outside && state === 'talking');
  const busy = pending.has('transfer-step');
  if (transfer.kind === 'ivr') {
    return (
      <section className="say" data-tone="near" aria-label={t('transfer.under-way')}>
        <p className="say-title row">
          <ArrowLeftRight size={18} aria-hidden />
          <span className="grow">{t('self-service.under-way', { whom })}</span>
          <time className="num">{clock(now - startedAt)}</time>
        </p>
        <p className="meta">{t('self-service.comes-back')}</p>
        <div className="row">
          <Button icon={<Undo2 size={16} aria-hidden />} hint="Alt H" busy={busy} onClick={steps.takeBack}>
            {t('transfer.take-back')}
          </Button>
        </div>
      </section>
    );
  }
  return (
    <section className="say" data-tone={joined ? 'calm' : 'near'} aria-label={t('transfer.under-way')}>
      <p className="say-title row">
        <ArrowLeftRight size={18} aria-hidden />
        <span className="grow">
          {t(joined ? 'transfer.joined' : outside ? `transfer.outside.${state}` : `transfer.state.${state}`, { whom })}
        </span>
        <time className="num">{clock(now - startedAt)}</time>
      </p>
      <p className="meta">{t(joined ? 'transfer.caller-talks' : 'transfer.caller-waits')}</p>
      <div className="row row-wrap">
        <Button
          tone={free ? 'primary' : 'plain'}
          icon={<LogOut size={16} aria-hidden />}
          hint="Alt T"
          busy={busy}
          blocked={free ? undefined : t(outside ? 'transfer.not-answered' : 'transfer.release-locked', { whom })}
          onClick={steps.complete}
        >
          {t('transfer.release')}
        </Button>
        {!joined && (
          <Button
            icon={<Users size={16} aria-hidden />}
            hint="Alt W"
            busy={busy}
            blocked={state === 'ringing' ? t('transfer.not-answered') : undefined}
            blockedShownElsewhere
            onClick={steps.join}
          >
            {t('transfer.three-way')}
          </Button>
        )}
        <Button icon={<Undo2 size={16} aria-hidden />} hint="Alt H" busy={busy} onClick={steps.takeBack}>
          {t('transfer.take-back')}
        </Button>
      </div>
    </section>
  );
}

interface FailedCardProps {
  readonly failed: NonNullable<CallView['transferFailed']>;
  readonly onSeen: () => void;
  readonly onCallback: () => void;
  readonly onAgain: () => void;
}

/** A transfer came back: the caller is on the line again, and this is what to tell. */
export function TransferFailedCard({ failed, onSeen, onCallback, onAgain }: FailedCardProps) {
  const t = useWords();
  const nameOf = useNameOf();
  const outcome = outcomes.find((one) => one === failed.outcome) ?? 'failed';
  const outside = failed.kind === 'outside';
  const whom = outside ? outsideName(t, failed.target) : nameOf(failed.target);
  const sentence =
    outcome === 'wrong-extension'
      ? 'transfer.failed-sentence.extension'
      : outside
        ? 'transfer.failed-sentence.outside'
        : 'transfer.failed-sentence';
  return (
    <section className="say" data-tone="near" role="alert" aria-label={t('transfer.came-back')}>
      <p className="say-title">{t(`transfer.failed.${outcome}`, { whom })}</p>
      <p className="say-sentence">“{t(sentence)}”</p>
      <div className="row row-wrap">
        <Button tone="primary" hint="Alt P" onClick={onCallback}>
          {t('held.callback')}
        </Button>
        <Button hint="Alt T" onClick={onAgain}>
          {t('transfer.somebody-else')}
        </Button>
        <Button tone="text" onClick={onSeen}>
          {t('transfer.noted')}
        </Button>
      </div>
    </section>
  );
}

/** A number that stands in no directory is told by its last four digits. */
function outsideName(t: ReturnType<typeof useWords>, target: string): string {
  return target.startsWith('*') ? t('transfer.tail', { digits: target.slice(1) }) : target;
}

const outcomes = ['busy', 'no-answer', 'declined', 'wrong-extension', 'failed'] as const;
