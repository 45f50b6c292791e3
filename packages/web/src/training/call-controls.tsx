import type { TrainingView } from '@threerings/core/wire/training';
import { ArrowLeftRight, Mic, MicOff, Pause, Phone, PhoneOff, Play } from 'lucide-react';
import { useState } from 'react';
import { useOverride } from '../agent-desk/use-override.ts';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { useKeys } from '../app/keys.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import type { Doing } from './play-screen.tsx';

interface ControlsProps {
  readonly view: TrainingView;
  readonly act: Doing;
  readonly busy: boolean;
}

type Open = 'hold' | 'transfer' | 'release' | undefined;

/** The desk's own controls with the desk's own keys; what a norm wants explained is asked for here as well. */
export function CallControls({ view, act, busy }: ControlsProps) {
  const t = useWords();
  const { phase, muted, transfer } = view;
  const [open, setOpen] = useState<Open>(undefined);
  const talks = phase === 'talking' || phase === 'hold' || phase === 'transfer';
  const hold = () =>
    phase === 'hold'
      ? void act({ do: 'resume' })
      : phase === 'transfer'
        ? void act({ do: 'transfer-step', step: 'take-back' })
        : setOpen('hold');
  const hand = () => (transfer === undefined ? setOpen('transfer') : void act({ do: 'transfer-step', step: 'complete' }));
  const mute = () => void act({ do: 'mute', on: !muted });
  const release = async () => {
    const { reason } = await act({ do: 'release', confirmed: false });
    if (reason === true) setOpen('release');
  };
  useKeys(talks ? { mute, hold, transfer: hand, end: () => void release() } : {});
  return (
    <section className="training-bar" data-state={phase} aria-label={t('call.bar')}>
      <b className="strong">{t(`training.phase.${phase}`)}</b>
      {transfer !== undefined && <span className="meta">{t(`training.transfer.${transfer}`)}</span>}
      <span className="grow" />
      {phase === 'ringing' && (
        <Button tone="call" icon={<Phone size={16} aria-hidden />} hint="Enter" busy={busy} onClick={() => void act({ do: 'answer' })}>
          {t('training.answer')}
        </Button>
      )}
      {talks && (
        <>
          <Button
            pressed={muted}
            hint="Alt M"
            icon={muted ? <MicOff size={14} aria-hidden /> : <Mic size={14} aria-hidden />}
            onClick={mute}
          >
            {t(muted ? 'call.unmute' : 'call.mute')}
          </Button>
          <Button hint="Alt H" icon={phase === 'talking' ? <Pause size={14} aria-hidden /> : <Play size={14} aria-hidden />} onClick={hold}>
            {t(phase === 'transfer' ? 'training.take-back' : phase === 'hold' ? 'call.return' : 'call.hold')}
          </Button>
          {phase === 'hold' && (
            <Button pressed={view.speakingOver} onClick={() => void act({ do: 'speak-over', on: !view.speakingOver })}>
              {t('held.speak')}
            </Button>
          )}
          {view.colleagues.length > 0 && (
            <Button hint="Alt T" icon={<ArrowLeftRight size={14} aria-hidden />} onClick={hand}>
              {t(transfer === undefined ? 'call.transfer' : 'training.let-go')}
            </Button>
          )}
          <Button tone="hang" hint="Alt Q" icon={<PhoneOff size={14} aria-hidden />} onClick={() => void release()}>
            {t('call.end')}
          </Button>
        </>
      )}
      {open === 'hold' && phase === 'talking' && <HoldForm act={act} onClose={() => setOpen(undefined)} />}
      {open === 'transfer' && phase === 'talking' && <TransferForm view={view} act={act} onClose={() => setOpen(undefined)} />}
      {open === 'release' && talks && <ReleaseForm act={act} onClose={() => setOpen(undefined)} />}
    </section>
  );
}

interface FormProps {
  readonly act: Doing;
  readonly onClose: () => void;
}

const limits = [30, 60, 90, 120, 300];

function HoldForm({ act, onClose }: FormProps) {
  const t = useWords();
  const [seconds, setSeconds] = useState(60);
  const [consent, setConsent] = useState(false);
  const { asked, ask, why, onWhy, given } = useOverride<true>();
  const go = async () => {
    const { done, reason } = await act({ do: 'hold', reason: 'lookup', limitMs: seconds * 1000, consent, ...given });
    if (done) onClose();
    else if (reason === true) ask(true);
  };
  return (
    <div className="training-form">
      <Field label={t('training.limit')} inline>
        {(ids) => (
          <Select {...ids} value={seconds} onChange={(event) => setSeconds(Number(event.target.value))}>
            {limits.map((n) => (
              <option key={n} value={n}>
                {t('training.seconds', { n })}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <label className="row">
        <input type="checkbox" checked={consent} onChange={(event) => setConsent(event.target.checked)} />
        {t('training.agreed')}
      </label>
      {asked === true && <Why why={why} onWhy={onWhy} />}
      <Button tone="primary" onClick={() => void go()}>
        {t('call.hold')}
      </Button>
      <Button onClick={onClose}>{t('action.close')}</Button>
    </div>
  );
}

function Why({ why, onWhy }: { why: string; onWhy: (why: string) => void }) {
  const t = useWords();
  return (
    <Field label={t('training.reason')} inline>
      {(ids) => <Input {...ids} value={why} maxLength={200} onChange={(event) => onWhy(event.target.value)} />}
    </Field>
  );
}

function TransferForm({ view, act, onClose }: FormProps & { readonly view: TrainingView }) {
  const t = useWords();
  const say = useTongue();
  const [colleague, setColleague] = useState(view.colleagues[0]?.colleague ?? '');
  const [brief, setBrief] = useState('');
  const [consent, setConsent] = useState(false);
  const { asked, ask, why, onWhy, given } = useOverride<true>();
  const go = async () => {
    const { done, reason } = await act({ do: 'transfer', colleague, how: 'warm', brief, consent, ...given });
    if (done) onClose();
    else if (reason === true) ask(true);
  };
  return (
    <div className="training-form">
      <Field label={t('training.transfer-to')} inline>
        {(ids) => (
          <Select {...ids} value={colleague} onChange={(event) => setColleague(event.target.value)}>
            {view.colleagues.map((each) => (
              <option key={each.colleague} value={each.colleague}>
                {say(each.title)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('training.brief')} inline>
        {(ids) => <Input {...ids} value={brief} maxLength={500} onChange={(event) => setBrief(event.target.value)} />}
      </Field>
      <label className="row">
        <input type="checkbox" checked={consent} onChange={(event) => setConsent(event.target.checked)} />
        {t('training.agreed')}
      </label>
      {asked === true && <Why why={why} onWhy={onWhy} />}
      <Button tone="primary" onClick={() => void go()}>
        {t('call.transfer')}
      </Button>
      <Button onClick={onClose}>{t('action.close')}</Button>
    </div>
  );
}

function ReleaseForm({ act, onClose }: FormProps) {
  const t = useWords();
  const [why, setWhy] = useState('');
  const go = async () => {
    const given = why.trim() === '' ? {} : { reason: why.trim() };
    if ((await act({ do: 'release', confirmed: true, ...given })).done) onClose();
  };
  return (
    <div className="training-form">
      <Why why={why} onWhy={setWhy} />
      <Button tone="hang" onClick={() => void go()}>
        {t('call.end')}
      </Button>
      <Button onClick={onClose}>{t('action.close')}</Button>
    </div>
  );
}
