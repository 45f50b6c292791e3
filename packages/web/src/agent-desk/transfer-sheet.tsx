import type { CallView } from '@threerings/core/wire/desk';
import { ArrowLeftRight } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { isTextField } from '../app/keys.ts';
import { useDeskCommand } from '../live/command.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input, Textarea } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Sheet } from '../ui/sheet.tsx';
import type { CallRecord } from './record-draft.ts';
import { SelfServiceRefusal } from './self-service-refusal.tsx';
import { ConsentStep, Step } from './steps-before.tsx';
import { TargetList } from './target-list.tsx';
import { briefFrom, destinationOf, seatOfTarget, type Target } from './transfer.ts';
import { useOverride } from './use-override.ts';
import { useSeatBoard } from './use-seat-board.ts';
import './transfer.css';

interface TransferSheetProps {
  readonly call: CallView;
  /** as it is typed now, saved or not */
  readonly record: CallRecord;
  /** chosen already, for example from the directory */
  readonly to?: Target | undefined;
  readonly onClose: () => void;
  /** instead of the transfer; by an expert seat where one is named */
  readonly onCallback: (seat?: string) => void;
}

/** What stops a transfer until a reason is written: a norm that asks, or the limit of transfers, which offers a callback first. */
interface Stopped {
  readonly text: string;
  readonly callback: boolean;
  /** the seat calls back (派专席) */
  readonly dispatch?: boolean;
}

/** Before a transfer: to whom, how, what the colleague must know, and the caller's yes. */
export function TransferSheet({ call, record, to: chosen, onClose, onCallback }: TransferSheetProps) {
  const t = useWords();
  const say = useTongue();
  const { run, pending } = useDeskCommand();
  const { interaction } = call;
  const [target, setTarget] = useState<Target | undefined>(chosen);
  const [how, setHow] = useState<'warm' | 'cold'>('warm');
  const [brief, setBrief] = useState(() => briefFrom(record, (part) => t(`record.${part}`)));
  const [consent, setConsent] = useState(false);
  const { asked: stopped, ask: setStopped, why, onWhy, given, ready: overriding } = useOverride<Stopped>();

  const { look, allBusy } = useSeatBoard(interaction);
  const seat = seatOfTarget(target);
  const busy = target?.kind === 'seat' && target.free === 0 && allBusy === seat;
  const isItem = target?.kind === 'item';
  const isOutside = target?.kind === 'outside';
  const [refused, setRefused] = useState(false);
  const choose = (next: Target) => {
    setTarget(next);
    setStopped(undefined);
    setRefused(false);
    const chosen = seatOfTarget(next);
    if (chosen !== undefined) void look(chosen, next.kind === 'seat' && next.free === 0);
  };

  const agree = () => {
    setConsent(true);
    void run({ kind: 'mark-consent', interaction, about: 'transfer', given: true });
  };
  const disagree = () => {
    if (isItem) {
      setRefused(true);
      return;
    }
    void run({ kind: 'mark-consent', interaction, about: 'transfer', given: false });
    onCallback();
  };
  const start = async () => {
    if (target === undefined) return;
    if (seat !== undefined) await look(seat);
    const to = destinationOf(target);
    const result = await run({ kind: 'transfer', interaction, to, how, brief, consent, ...given }, { quiet: true });
    if (result.kind === 'done') onClose();
    else if (result.kind === 'ask') setStopped({ text: [result.ask.message, ...result.ask.missing].map(say).join(' · '), callback: false });
    else if (result.kind === 'refused') {
      const { refused, message, remedy } = result.refusal;
      setStopped({ text: [message, remedy ?? ''].filter((part) => part !== '').join(t('text.comma')), ...insteadOf(refused) });
    } else setStopped({ text: t('transfer.not-sent'), callback: false });
  };
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || isTextField(event.target)) return;
    if (event.key.toLowerCase() === 'y') agree();
    else if (event.key.toLowerCase() === 'x') disagree();
  };
  const missing = [...(target === undefined ? [t('transfer.missing-target')] : []), ...(consent ? [] : [t('hold.missing-consent')])];
  const ready = target !== undefined && (consent || overriding);
  const lacks = ready ? '' : t('hold.missing', { what: missing.join(t('text.comma')) });

  return (
    <Sheet
      title={t('transfer.title')}
      icon={<ArrowLeftRight size={16} aria-hidden />}
      onClose={onClose}
      onKeyDown={keys}
      style={{ insetInlineEnd: 90, top: 64, width: 520 }}
      footer={
        <>
          <span className="meta grow">{lacks}</span>
          {!consent && target !== undefined && stopped === undefined && (
            <Button tone="text" onClick={() => setStopped({ text: t('transfer.no-consent'), callback: true })}>
              {t('transfer.anyway')}
            </Button>
          )}
          <Button
            tone="primary"
            busy={pending.has('transfer')}
            blocked={ready ? undefined : lacks}
            blockedShownElsewhere
            onClick={() => void start()}
          >
            {t('transfer.start')}
          </Button>
        </>
      }
    >
      <ol className="hold-steps">
        <Step n={1} title={t('transfer.to-whom')} done={target !== undefined}>
          <TargetList value={target} onChange={choose} />
          {busy && (
            <div className="row row-wrap" role="status">
              <span className="grow">{t('expert.busy-sentence')}</span>
              <Button size="small" tone="primary" onClick={() => onCallback(seat)}>
                {t('expert.dispatch')}
              </Button>
            </div>
          )}
        </Step>
        <Step n={2} title={t('transfer.how')} done>
          {seat === undefined && !isItem ? (
            <Segmented
              label={t('transfer.how')}
              value={how}
              onChange={setHow}
              options={(['warm', 'cold'] as const).map((value) => ({
                value,
                label: t(isOutside ? `transfer.how-outside.${value}` : `transfer.how.${value}`),
              }))}
            />
          ) : (
            <p className="meta">{t(isItem ? 'self-service.how' : 'expert.how')}</p>
          )}
        </Step>
        {!isItem && (
          <Step n={3} title={t(isOutside ? 'transfer.brief-outside' : 'transfer.brief')} done={brief.trim() !== ''}>
            <Field label={t(isOutside ? 'transfer.brief-outside-hint' : 'transfer.brief-hint')}>
              {(ids) => <Textarea {...ids} rows={3} maxLength={2000} value={brief} onChange={(event) => setBrief(event.target.value)} />}
            </Field>
          </Step>
        )}
        <ConsentStep
          n={isItem ? 3 : 4}
          sentence={t(isItem ? 'self-service.sentence' : 'transfer.sentence', { whom: whomOf(target, say, t('transfer.whom-unknown')) })}
          consent={consent}
          onAgreed={agree}
          onDeclined={disagree}
          declined={t(isItem ? 'self-service.no' : 'transfer.no')}
        />
      </ol>
      {refused && isItem && <SelfServiceRefusal interaction={interaction} onDone={onClose} onClose={() => setRefused(false)} />}
      {stopped !== undefined && (
        <div className="hold-override stack" role="alert">
          <p>{stopped.text}</p>
          <Input
            aria-label={t('transfer.override')}
            placeholder={t('transfer.override')}
            maxLength={200}
            value={why}
            onChange={(event) => onWhy(event.target.value)}
          />
          {stopped.dispatch === true && (
            <div className="row">
              <Button size="small" tone="primary" onClick={() => onCallback(seat)}>
                {t('expert.dispatch')}
              </Button>
            </div>
          )}
          {stopped.callback && (
            <div className="row">
              <Button size="small" onClick={() => onCallback()}>
                {t('held.callback')}
              </Button>
            </div>
          )}
        </div>
      )}
    </Sheet>
  );
}

/** Refusals after which a callback is what to offer; where experts are busy, one by their seat. */
function insteadOf(code: string): Pick<Stopped, 'callback' | 'dispatch'> {
  const callback = code === 'transfer.callback-first' || code === 'transfer.nobody-free' || code === 'transfer.busy';
  return { callback, dispatch: code === 'expert.all-busy' || code === 'expert.busy' };
}

function whomOf(target: Target | undefined, say: ReturnType<typeof useTongue>, unknown: string): string {
  if (target === undefined) return unknown;
  if (target.kind === 'agent') return target.colleague.name;
  if (target.kind === 'outside') return target.name ?? unknown;
  return target.kind === 'expert' ? target.expert.name : say(target.name);
}
