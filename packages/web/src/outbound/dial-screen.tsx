import type { DialView } from '@threerings/core/wire/desk';
import { PhoneOff, PhoneOutgoing } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { useKeys } from '../app/keys.ts';
import { clock } from '../app/time.ts';
import { useNow } from '../live/clock.ts';
import { useDeskCommand } from '../live/command.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import '../agent-desk/ring-panel.css';
import './outbound.css';

/** Somebody is being called: how far it is, and what was prepared to say. */
export function DialScreen({ dial }: { dial: DialView }) {
  const t = useWords();
  const now = useNow(250);
  const { run, pending } = useDeskCommand();
  const { interaction, number, purpose, since, ringingAt, answeredAt } = dial;
  const end = () => {
    if (!pending.has('release')) void run({ kind: 'release', interaction, confirmed: true });
  };
  const button = useRef<HTMLButtonElement>(null);
  useKeys({ end });
  useEffect(() => button.current?.focus(), []);
  const state = answeredAt !== undefined ? 'notice' : ringingAt !== undefined ? 'ringing' : 'dialling';
  return (
    <div className="ring">
      <section className="ring-card card" aria-label={t('dial.title')}>
        <p className="row t2">
          <PhoneOutgoing size={20} aria-hidden />
          {wordOfCode(t, 'dial.purpose', purpose)}
        </p>
        <p className="ring-number num">{number ?? t('caller.hidden')}</p>
        <p className="row">
          <b role="status">{t(`dial.state.${state}`)}</b>
          <time className="num">{clock(now - (answeredAt ?? ringingAt ?? since))}</time>
        </p>
        <Button
          ref={button}
          tone="hang"
          size="large"
          icon={<PhoneOff size={20} aria-hidden />}
          hint="Alt Q"
          busy={pending.has('release')}
          onClick={end}
        >
          {t('dial.hang-up')}
        </Button>
      </section>
      <Prepared note={dial.note} />
    </div>
  );
}

function Prepared({ note }: { note: string | undefined }) {
  const t = useWords();
  return (
    <Card className="ring-card-side" icon={<PhoneOutgoing size={16} aria-hidden />} title={t('dial.points')}>
      <div className="card-body stack">
        {note === undefined ? (
          <p className="t2">{t('dial.no-points')}</p>
        ) : (
          <ul className="dial-points">
            {note.split('\n').map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        )}
        <p className="meta">{t('dial.opening')}</p>
      </div>
    </Card>
  );
}
