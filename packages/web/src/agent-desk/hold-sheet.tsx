import { type CallView, type HoldReason, holdReason } from '@threerings/core/wire/desk';
import { Pause } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { isTextField } from '../app/keys.ts';
import { durationWords } from '../app/time-words.ts';
import { useDeskCommand } from '../live/command.ts';
import { Button } from '../ui/button.tsx';
import { ClauseLinks } from '../ui/clause.tsx';
import { Input } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { limitChoices, usualChoice } from './hold.ts';
import { ConsentStep, Step } from './steps-before.tsx';
import { useOverride } from './use-override.ts';

interface HoldSheetProps {
  readonly call: CallView;
  readonly onClose: () => void;
  /** the caller does not want to wait: offer a callback instead */
  readonly onDeclined: () => void;
}

const reasons = holdReason.options;

/** Before a hold: why, how long, and the caller's yes. Then it begins; without a yes only with a reason of the agent's own. */
export function HoldSheet({ call, onClose, onDeclined }: HoldSheetProps) {
  const t = useWords();
  const say = useTongue();
  const { run, pending } = useDeskCommand();
  const packLimit = call.holdRule?.limitMs;
  const [reason, setReason] = useState<HoldReason | undefined>(undefined);
  const [limitMs, setLimitMs] = useState(usualChoice(packLimit));
  const [consent, setConsent] = useState(false);
  const { asked, ask, why, onWhy, given, ready: overriding } = useOverride<string>();

  const agree = () => {
    setConsent(true);
    void run({ kind: 'mark-consent', interaction: call.interaction, about: 'hold', given: true });
  };
  const start = async () => {
    if (reason === undefined) return;
    const result = await run({
      kind: 'hold',
      interaction: call.interaction,
      reason,
      limitMs,
      consent,
      ...given,
    });
    if (result.kind === 'done') onClose();
    if (result.kind === 'ask') ask([result.ask.message, ...result.ask.missing].map(say).join(' · '));
  };
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || isTextField(event.target)) return;
    const chosen = reasons[Number(event.key) - 1];
    if (chosen !== undefined) setReason(chosen);
    else if (event.key.toLowerCase() === 'y') agree();
    else if (event.key.toLowerCase() === 'x') onDeclined();
  };
  const missing = [...(reason === undefined ? [t('hold.missing-reason')] : []), ...(consent ? [] : [t('hold.missing-consent')])];
  const ready = reason !== undefined && (consent || overriding);

  return (
    <Sheet
      title={t('hold.title')}
      icon={<Pause size={16} aria-hidden />}
      onClose={onClose}
      onKeyDown={keys}
      style={{ insetInlineEnd: 130, top: 64, width: 480 }}
      footer={
        <>
          <span className="meta grow">{ready ? '' : t('hold.missing', { what: missing.join(t('text.comma')) })}</span>
          {!consent && reason !== undefined && asked === undefined && (
            <Button tone="text" onClick={() => ask(t('hold.no-consent'))}>
              {t('hold.anyway')}
            </Button>
          )}
          <Button
            tone="primary"
            busy={pending.has('hold')}
            blocked={ready ? undefined : t('hold.missing', { what: missing.join(t('text.comma')) })}
            blockedShownElsewhere
            onClick={() => void start()}
          >
            {t('hold.start')}
          </Button>
        </>
      }
    >
      <ol className="hold-steps">
        <Step n={1} title={t('hold.why')} done={reason !== undefined}>
          <div className="row row-wrap">
            {reasons.map((each, index) => (
              <Button
                key={each}
                size="small"
                pressed={each === reason}
                hint={String(index + 1)}
                onClick={() => setReason(each)}
                data-autofocus={index === 0 || undefined}
              >
                {t(`hold.reason.${each}`)}
              </Button>
            ))}
          </div>
        </Step>
        <Step n={2} title={t('hold.how-long')} done>
          <LimitChoice call={call} value={limitMs} onChange={setLimitMs} />
        </Step>
        <ConsentStep
          n={3}
          sentence={t('hold.sentence', {
            reason: t(reason === undefined ? 'hold.doing.unknown' : `hold.doing.${reason}`),
            time: durationWords(t, limitMs),
          })}
          consent={consent}
          onAgreed={agree}
          onDeclined={onDeclined}
          declined={t('hold.no')}
        />
      </ol>
      {asked !== undefined && !consent && (
        <div className="hold-override stack">
          <p>{asked}</p>
          <Input
            aria-label={t('hold.override')}
            placeholder={t('hold.override')}
            maxLength={200}
            value={why}
            onChange={(event) => onWhy(event.target.value)}
          />
        </div>
      )}
    </Sheet>
  );
}

function LimitChoice({ call, value, onChange }: { call: CallView; value: number; onChange: (limitMs: number) => void }) {
  const t = useWords();
  const rule = call.holdRule;
  return (
    <div className="row row-wrap">
      <Segmented
        label={t('hold.how-long')}
        value={String(value)}
        onChange={(chosen) => onChange(Number(chosen))}
        options={limitChoices(rule?.limitMs).map((limit) => ({ value: String(limit), label: durationWords(t, limit) }))}
      />
      {rule !== undefined && (
        <span className="meta row">
          {t('hold.pack-limit', { time: durationWords(t, rule.limitMs) })}
          <ClauseLinks cites={rule.cites} norm={t('hold.title')} />
        </span>
      )}
    </div>
  );
}
