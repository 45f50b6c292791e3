/** The session descriptions of a browser leg: our offer as a browser must see it, and the browser's answer as we accept it. */

export const BROWSER_PAYLOAD_TYPE = 8;
export const BROWSER_EVENT_PAYLOAD_TYPE = 101;
const MAX_ANSWER_CHARACTERS = 32_000;
const MAX_CANDIDATES = 32;

/**
 * libdatachannel takes every codec for 48 kHz stereo, which a browser would refuse for telephone-event. `announced`
 * replaces the address of every candidate where this machine is known by another one outside.
 */
export function offerForBrowser(sdp: string, announced?: string): string {
  const lines = sdp.split(/\r?\n/).filter((line) => line.length > 0);
  const rewritten = lines.flatMap((line) => {
    if (line.startsWith(`a=rtpmap:${BROWSER_EVENT_PAYLOAD_TYPE} `))
      return [`a=rtpmap:${BROWSER_EVENT_PAYLOAD_TYPE} telephone-event/8000`, `a=fmtp:${BROWSER_EVENT_PAYLOAD_TYPE} 0-15`];
    return [announced === undefined ? line : withAddress(line, announced)];
  });
  return `${rewritten.join('\r\n')}\r\n`;
}

export type AnswerCheck = { readonly sdp: string } | { readonly refused: 'sdp.invalid' | 'media.unsupported'; readonly message: string };

/** Looks at an answer before the native library does, which throws, and drops names that only the browser's host can resolve. */
export function checkAnswer(sdp: string): AnswerCheck {
  if (sdp.length > MAX_ANSWER_CHARACTERS)
    return invalid(`the answer has ${sdp.length} characters, at most ${MAX_ANSWER_CHARACTERS} are read`);
  const lines = sdp.split(/\r?\n/).filter((line) => line.length > 0);
  if (lines[0] !== 'v=0') return invalid('the answer must begin with v=0');
  const audio = lines.filter((line) => line.startsWith('m='));
  const formats = audio[0]?.split(' ') ?? [];
  if (audio.length !== 1 || formats[0] !== 'm=audio') return invalid('the answer must have the one m=audio line of the offer');
  if (formats[1] === '0' || !formats.slice(3).includes(String(BROWSER_PAYLOAD_TYPE)))
    return { refused: 'media.unsupported', message: 'the browser does not take PCMA (payload type 8) audio' };
  for (const needed of ['a=ice-ufrag:', 'a=ice-pwd:', 'a=fingerprint:'])
    if (!lines.some((line) => line.startsWith(needed))) return invalid(`the answer has no ${needed.slice(2, -1)} attribute`);
  let candidates = 0;
  const kept = lines.filter((line) => {
    if (!line.startsWith('a=candidate:')) return true;
    return !line.includes('.local ') && ++candidates <= MAX_CANDIDATES;
  });
  return { sdp: `${kept.join('\r\n')}\r\n` };
}

/** A checked answer, and its candidates as they are added one by one (`candidate:…`). */
export function withoutCandidates(answer: string): { readonly description: string; readonly candidates: readonly string[] } {
  const lines = answer.split('\r\n');
  return {
    description: lines.filter((line) => !/^a=(?:candidate:|end-of-candidates)/.test(line)).join('\r\n'),
    candidates: lines.filter((line) => line.startsWith('a=candidate:')).map((line) => line.slice('a='.length)),
  };
}

function invalid(message: string): AnswerCheck {
  return { refused: 'sdp.invalid', message };
}

function withAddress(line: string, announced: string): string {
  if (line.startsWith('c=IN IP4 ')) return `c=IN IP4 ${announced}`;
  const candidate = /^(a=candidate:\S+ \d \S+ \d+ )\S+( \d+ typ host.*)$/.exec(line);
  return candidate === null ? line : `${candidate[1]}${announced}${candidate[2]}`;
}
