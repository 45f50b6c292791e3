import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { type Phone, type PhoneState, phoneOff } from './phone.ts';

const noPhone: Phone = {
  getState: () => phoneOff,
  subscribe: () => () => undefined,
  start: () => undefined,
  stop: () => undefined,
  allowSound: () => undefined,
  muteHere: () => undefined,
};

const PhoneContext = createContext<Phone>(noPhone);
export const PhoneProvider = PhoneContext.Provider;

export function usePhone(): Phone {
  return useContext(PhoneContext);
}

export function usePhoneState(): PhoneState {
  const phone = usePhone();
  return useSyncExternalStore(phone.subscribe, phone.getState);
}

/** Loudness of a stream, 0–1, ten times a second; 0 without a stream. Root mean square over 1024 samples, −60 dBFS = 0. */
export function useLevel(stream: MediaStream | undefined): number {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    if (stream === undefined) {
      setLevel(0);
      return;
    }
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      setLevel(levelOf(samples));
    }, 100);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [stream]);
  return level;
}

export function levelOf(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < samples.length; at += 1) sum += (samples[at] ?? 0) ** 2;
  const db = 10 * Math.log10(sum / Math.max(1, samples.length) + 1e-9);
  return Math.min(1, Math.max(0, (db + 60) / 60));
}
