/** Ring tone of the Chinese network: 450 Hz, 1 s on, 4 s off (the same cadence by which rings are counted). */
const toneHz = 450;
const onSeconds = 1;
const periodSeconds = 5;

/** Rings until the returned function is called. Silent where the browser allows no sound yet. */
export function startRinging(volume = 0.12): () => void {
  const context = new AudioContext();
  const gain = context.createGain();
  gain.gain.value = 0;
  const tone = context.createOscillator();
  tone.frequency.value = toneHz;
  tone.connect(gain).connect(context.destination);
  tone.start();
  const ring = () => {
    const now = context.currentTime;
    gain.gain.setTargetAtTime(volume, now, 0.01);
    gain.gain.setTargetAtTime(0, now + onSeconds, 0.01);
  };
  ring();
  const timer = setInterval(ring, periodSeconds * 1000);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

/** One short tone for the headset test. */
export async function playTestTone(): Promise<void> {
  const context = new AudioContext();
  await context.resume();
  const gain = context.createGain();
  gain.gain.value = 0.15;
  const tone = context.createOscillator();
  tone.frequency.value = toneHz;
  tone.connect(gain).connect(context.destination);
  tone.start();
  tone.stop(context.currentTime + 1);
  await new Promise((resolve) => {
    tone.onended = resolve;
  });
  await context.close();
}
