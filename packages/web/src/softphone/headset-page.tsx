import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check, CircleAlert, Headphones, Mic, Server, ShieldCheck } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { fetchMe } from '../app/session.ts';
import { Button } from '../ui/button.tsx';
import { closeStream, type DeviceProblem, NoMicrophone, openMicrophone, problemBefore, surroundings } from './device.ts';
import { LevelBar } from './level-bar.tsx';
import { playTestTone } from './ringer.ts';
import { useLevel } from './use-phone.ts';
import './headset-page.css';

type Microphone = { kind: 'not-tried' } | { kind: 'open'; stream: MediaStream } | { kind: 'problem'; problem: DeviceProblem };

/** Says, step by step, what keeps this computer from phoning. Open without signing in: a technician uses it too. */
export function HeadsetPage() {
  const t = useWords();
  const around = surroundings();
  const before = problemBefore(around);
  const server = useQuery({ queryKey: ['reachable'], queryFn: fetchMe, retry: false });
  return (
    <main className="headset-page">
      <h1>{t('headset.title')}</h1>
      <ol className="headset-steps">
        <Step icon={<ShieldCheck size={18} aria-hidden />} name={t('headset.secure')} ok={before === undefined}>
          {before === undefined ? t('headset.secure-ok') : <ProblemWords problem={before} />}
        </Step>
        <Step icon={<Server size={18} aria-hidden />} name={t('headset.server')} ok={server.isPending ? undefined : !server.isError}>
          {!server.isPending && t(server.isError ? 'headset.server-bad' : 'headset.server-ok')}
        </Step>
        <MicrophoneStep />
        <Step icon={<Headphones size={18} aria-hidden />} name={t('headset.speaker')} ok={undefined}>
          <div className="row row-wrap">
            <Button onClick={() => void playTestTone()}>{t('headset.tone')}</Button>
            <span className="t2">{t('headset.tone-note')}</span>
          </div>
        </Step>
      </ol>
      <Link to="/">{t('headset.back')}</Link>
    </main>
  );
}

function MicrophoneStep() {
  const t = useWords();
  const [microphone, setMicrophone] = useState<Microphone>({ kind: 'not-tried' });
  const [loop, setLoop] = useState(false);
  const stream = microphone.kind === 'open' ? microphone.stream : undefined;
  const level = useLevel(stream);
  useEffect(() => () => closeStream(stream), [stream]);
  useLoopback(loop ? stream : undefined);
  const open = async () => {
    try {
      setMicrophone({ kind: 'open', stream: await openMicrophone() });
    } catch (error) {
      setMicrophone({ kind: 'problem', problem: error instanceof NoMicrophone ? error.problem : 'other' });
    }
  };
  const ok = microphone.kind === 'not-tried' ? undefined : microphone.kind === 'open';
  return (
    <Step icon={<Mic size={18} aria-hidden />} name={t('headset.microphone')} ok={ok}>
      {microphone.kind === 'problem' && <ProblemWords problem={microphone.problem} />}
      {stream === undefined ? (
        <Button tone="primary" onClick={() => void open()}>
          {t('headset.try')}
        </Button>
      ) : (
        <div className="stack">
          <p>{t('headset.microphone-ok', { name: stream.getAudioTracks()[0]?.label ?? '' })}</p>
          <LevelBar level={level} />
          <div className="row row-wrap">
            <Button pressed={loop} onClick={() => setLoop(!loop)}>
              {t('headset.loop')}
            </Button>
            <span className="t2">{t(loop ? 'headset.loop-on' : 'headset.talk')}</span>
          </div>
        </div>
      )}
    </Step>
  );
}

function useLoopback(stream: MediaStream | undefined): void {
  useEffect(() => {
    if (stream === undefined) return;
    const element = new Audio();
    element.srcObject = stream;
    void element.play();
    return () => {
      element.pause();
      element.srcObject = null;
    };
  }, [stream]);
}

function ProblemWords({ problem }: { problem: DeviceProblem }) {
  const t = useWords();
  return (
    <p>
      <b className="strong">{t(`device.${problem}`)}</b>
      <br />
      <span className="t2">{t(`device.${problem}-do`)}</span>
    </p>
  );
}

interface StepProps {
  readonly icon: ReactNode;
  readonly name: string;
  readonly ok: boolean | undefined;
  readonly children: ReactNode;
}

function Step({ icon, name, ok, children }: StepProps) {
  return (
    <li className="headset-step">
      <div className="row">
        {icon}
        <b className="grow">{name}</b>
        {ok === true && <Check size={18} className="headset-ok" aria-hidden />}
        {ok === false && <CircleAlert size={18} className="headset-bad" aria-hidden />}
      </div>
      <div className="stack">{children}</div>
    </li>
  );
}
