import type { OpenDuty } from '@threerings/core/wire/events';
import { Mic, Play } from 'lucide-react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { durationWords } from '../app/time-words.ts';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { ClauseLinks } from '../ui/clause.tsx';
import { Countdown } from '../ui/countdown.tsx';
import { type Hold, holdClock } from './hold.ts';
import type { SpeakOver } from './use-speak-over.ts';

interface HeldCardProps {
  readonly hold: Hold;
  readonly duty: OpenDuty | undefined;
  readonly speakOver: SpeakOver;
  readonly onReturn: () => void;
  readonly onPromise: () => void;
}

/** While the caller waits: seconds to the next word, one key to say it, and at the limit only the two ways out. */
export function HeldCard({ hold, duty, speakOver, onReturn, onPromise }: HeldCardProps) {
  const t = useWords();
  const say = useTongue();
  const now = useNow(250);
  const state = holdClock(hold, now);
  const dueDuty = duty?.deadline === undefined ? undefined : duty;
  const target = dueDuty?.deadline ?? state.nextPromptAt ?? hold.startedAt + hold.limitMs;
  const since = dueDuty?.since ?? state.promptSince;
  if (state.atLimit) return <AtLimit onReturn={onReturn} onPromise={onPromise} />;
  return (
    <section className="say" data-tone="near" aria-label={t('guide.now')}>
      <div className="say-head">
        <Countdown since={since} deadline={target} warnAt={since} size={44} />
        <div className="grow">
          <p className="say-title">
            {dueDuty?.message === undefined
              ? t(state.nextPromptAt === undefined ? 'held.limit-next' : 'held.say-next')
              : say(dueDuty.message)}
          </p>
          <p className="meta row row-wrap">
            {hold.repromptMs !== undefined && <span>{t('held.every', { time: durationWords(t, hold.repromptMs) })}</span>}
            {duty !== undefined && <ClauseLinks cites={duty.cites} norm={say(duty.title)} />}
          </p>
        </div>
      </div>
      <ol className="beats">
        {state.beats.map((beat) => (
          <li key={beat.after} className="beat num" data-state={beat.state} aria-current={beat.state === 'next' ? 'step' : undefined}>
            {t(beat.isLimit ? 'held.beat-limit' : 'held.beat', { n: beat.after / 1000 })}
          </li>
        ))}
      </ol>
      <p className="say-sentence">“{duty?.sentence ?? t('held.sentence')}”</p>
      <div className="row row-wrap">
        <SpeakButton speakOver={speakOver} />
        <Button icon={<Play size={16} aria-hidden />} hint="Alt H" onClick={onReturn}>
          {t('call.return')}
        </Button>
      </div>
    </section>
  );
}

/** Kept down it is a push-to-talk key; a short press opens the microphone until the next press. */
function SpeakButton({ speakOver }: { speakOver: SpeakOver }) {
  const t = useWords();
  return (
    <Button
      tone={speakOver.on ? 'warn' : 'primary'}
      icon={<Mic size={16} aria-hidden />}
      hint="Alt ↵"
      data-said
      onPointerDown={(event) => event.button === 0 && speakOver.press()}
      onPointerUp={speakOver.letGo}
      onPointerCancel={speakOver.letGo}
      onKeyDown={(event) => event.repeat && event.preventDefault()}
      onClick={(event) => {
        // A mouse click was handled at its press; a key press and Alt Enter arrive only here.
        if (event.detail === 0) speakOver.toggle();
      }}
    >
      {t(speakOver.on ? 'held.speaking' : 'held.speak')}
    </Button>
  );
}

function AtLimit({ onReturn, onPromise }: { onReturn: () => void; onPromise: () => void }) {
  const t = useWords();
  return (
    <section className="say" data-tone="late" aria-label={t('guide.now')}>
      <p className="say-title">{t('held.at-limit')}</p>
      <p className="say-sentence">“{t('held.at-limit-sentence')}”</p>
      <div className="row row-wrap">
        <Button tone="primary" size="large" icon={<Play size={18} aria-hidden />} onClick={onReturn}>
          {t('call.return')}
        </Button>
        <Button size="large" onClick={onPromise}>
          {t('held.callback')}
        </Button>
      </div>
    </section>
  );
}
