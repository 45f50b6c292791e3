import { useEffect, useRef, useState } from 'react';
import { closeStream, type DeviceProblem, NoMicrophone, openMicrophone } from '../softphone/device.ts';
import { monoOf, promptRate, trimmed, wavOf } from './wav.ts';

export type Take =
  | { readonly kind: 'none' }
  | { readonly kind: 'records'; readonly since: number }
  | { readonly kind: 'taken'; readonly wav: Blob; readonly seconds: number }
  | { readonly kind: 'problem'; readonly problem: DeviceProblem };

export interface Recorder {
  readonly take: Take;
  readonly stream: MediaStream | undefined;
  start(): Promise<void>;
  stop(): void;
  discard(): void;
}

/** Longest recording, ms: what the server takes. */
const longestMs = 120_000;

/** Records the microphone as a prompt of 8 kHz. Nothing leaves the page before somebody keeps it. */
export function useRecorder(): Recorder {
  const [take, setTake] = useState<Take>({ kind: 'none' });
  const [stream, setStream] = useState<MediaStream | undefined>(undefined);
  const running = useRef<MediaRecorder | undefined>(undefined);
  useEffect(() => () => closeStream(stream), [stream]);
  const start = async () => {
    try {
      const opened = await openMicrophone();
      const recorder = new MediaRecorder(opened);
      const parts: Blob[] = [];
      recorder.ondataavailable = ({ data }) => parts.push(data);
      recorder.onstop = () => {
        setStream(undefined);
        void promptOf(new Blob(parts)).then(setTake, () => setTake({ kind: 'problem', problem: 'other' }));
      };
      recorder.start();
      running.current = recorder;
      setStream(opened);
      setTake({ kind: 'records', since: Date.now() });
      setTimeout(() => recorder.state === 'recording' && recorder.stop(), longestMs);
    } catch (error) {
      setTake({ kind: 'problem', problem: error instanceof NoMicrophone ? error.problem : 'other' });
    }
  };
  const stop = () => {
    if (running.current?.state === 'recording') running.current.stop();
  };
  return { take, stream, start, stop, discard: () => setTake({ kind: 'none' }) };
}

/** The browser resamples while it decodes. */
async function promptOf(recorded: Blob): Promise<Take> {
  const context = new OfflineAudioContext(1, 1, promptRate);
  const buffer = await context.decodeAudioData(await recorded.arrayBuffer());
  const samples = trimmed(monoOf(Array.from({ length: buffer.numberOfChannels }, (_, n) => buffer.getChannelData(n))));
  return { kind: 'taken', wav: new Blob([wavOf(samples)], { type: 'audio/wav' }), seconds: samples.length / promptRate };
}
