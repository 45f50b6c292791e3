/** Why there is no microphone, in the terms in which a person can do something about it. */
export type DeviceProblem = 'insecure' | 'unsupported' | 'denied' | 'no-device' | 'in-use' | 'other';

export interface Surroundings {
  /** browsers give a microphone only to HTTPS pages and to localhost */
  readonly secure: boolean;
  readonly hasMediaDevices: boolean;
}

export function surroundings(): Surroundings {
  return { secure: window.isSecureContext, hasMediaDevices: typeof navigator.mediaDevices?.getUserMedia === 'function' };
}

/** Before asking: what makes asking pointless. */
export function problemBefore({ secure, hasMediaDevices }: Surroundings): DeviceProblem | undefined {
  if (!secure) return 'insecure';
  return hasMediaDevices ? undefined : 'unsupported';
}

/** What a rejected `getUserMedia` means; names as in the Media Capture specification, section "getUserMedia". */
export function problemOf(errorName: string): DeviceProblem {
  switch (errorName) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'no-device';
    case 'NotReadableError':
    case 'AbortError':
      return 'in-use';
    default:
      return 'other';
  }
}

export class NoMicrophone extends Error {
  readonly problem: DeviceProblem;

  constructor(problem: DeviceProblem) {
    super(`no microphone: ${problem}`);
    this.problem = problem;
  }
}

/** The voice of this computer; throws `NoMicrophone` only. */
export async function openMicrophone(): Promise<MediaStream> {
  const before = problemBefore(surroundings());
  if (before !== undefined) throw new NoMicrophone(before);
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
    });
  } catch (error) {
    throw new NoMicrophone(problemOf(error instanceof DOMException ? error.name : ''));
  }
}

export function closeStream(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
