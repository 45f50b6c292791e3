import { wavHeader } from '@threerings/voice/media/wav';
import { ByUtterance, type Transcribe } from './by-utterance.ts';
import { type Recogniser, untoldConfidence } from './recogniser.ts';

/** A server that takes a WAV file and answers with JSON. */
export interface BatchHttpSettings {
  readonly url: string;
  /** where the words stand in the answer, for example `result.text` or `segments.0.text` */
  readonly textField: string;
  /** where a confidence between 0 and 1 stands; absent = the server tells none */
  readonly confidenceField?: string | undefined;
  /** `Authorization` of every request */
  readonly authorization?: string | undefined;
}

const answerMs = 20_000;
/** Longest answer that is read, characters. */
const longestAnswer = 1_000_000;
const sampleRate = 8000;

/** One request an utterance: `POST` of a mono 8 kHz 16-bit WAV file, `Content-Type: audio/wav`. */
export function batchHttpRecogniser(settings: BatchHttpSettings): Recogniser {
  const transcribe: Transcribe = async (samples, abort) => {
    const response = await fetch(settings.url, {
      method: 'POST',
      headers: {
        'content-type': 'audio/wav',
        accept: 'application/json',
        ...(settings.authorization === undefined ? {} : { authorization: settings.authorization }),
      },
      body: wavOf(samples),
      redirect: 'error',
      signal: AbortSignal.any([abort, AbortSignal.timeout(answerMs)]),
    });
    const body = await boundedText(response);
    if (!response.ok) throw new Error(`${settings.url} answered ${response.status}`);
    return readAnswer(JSON.parse(body), settings);
  };
  return {
    engine: 'http',
    open: (_, sink) => new ByUtterance(sink, transcribe),
    close: async () => {},
  };
}

/** The words and the confidence in an answer; throws where the field of the words holds no text. */
export function readAnswer(answer: unknown, { textField, confidenceField }: Pick<BatchHttpSettings, 'textField' | 'confidenceField'>) {
  const text = fieldOf(answer, textField);
  if (typeof text !== 'string') throw new Error(`the answer has no text at ${textField}`);
  const confidence = confidenceField === undefined ? undefined : Number(fieldOf(answer, confidenceField));
  const told = confidence !== undefined && confidence >= 0 && confidence <= 1;
  return { text, confidence: told ? confidence : untoldConfidence };
}

function fieldOf(value: unknown, path: string): unknown {
  let found = value;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[name];
  }
  return found;
}

function wavOf(samples: Int16Array): Buffer {
  const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  return Buffer.concat([wavHeader({ channels: 1, sampleRate }, bytes.length), bytes]);
}

async function boundedText(response: Response): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > longestAnswer) throw new Error('the answer is too long');
  }
  return text;
}
