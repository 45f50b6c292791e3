import { isSilentEnough, silentLineOf } from '../conversation/silent-line.ts';
import { fact } from '../timeline/decider.ts';
import { talksTo } from './in-call.ts';
import type { HotlineAnswer } from './inputs.ts';
import type { Call } from './state.ts';
import type { Turn } from './turn.ts';

export function mayReleaseSilent({ hotline, at }: Turn, { lineAsked }: Call): boolean {
  return isSilentEnough(lineAsked, hotline.settings, at);
}

/** The agent asks whether anybody is there. Refuses `call.not-talking`, `call.not-yours`. */
export function asksSilentLine(turn: Turn, call: Call, agent: string): HotlineAnswer {
  const refusal = talksTo(call, agent);
  if (refusal) return refusal;
  const { asks } = silentLineOf([...call.lineAsked, turn.at], turn.hotline.settings);
  turn.record(call, [fact('line.asked', turn.at, { n: asks })]);
  return { ok: true };
}
