import type { Instant } from '@threerings/norms/trace';
import type { Settings } from '../settings/defaults.ts';

/** A silence that was asked into so long ago was another one: this many times the wait of the setting. */
const sameSilence = 4;

/** How often a line that says nothing was asked. */
export interface SilentLine {
  readonly asks: number;
  readonly most: number;
  /** the line may be released from here on; absent = it must be asked more often */
  readonly releaseAt?: Instant | undefined;
}

/** What the asks of one silence come to: enough of them (`silentLineAsks`), the first long enough ago (`silentLineMs`), free the agent. */
export function silentLineOf(asked: readonly Instant[], { silentLineMs, silentLineAsks: most }: Settings): SilentLine {
  const last = asked.at(-1) ?? 0;
  const same = asked.filter((each) => last - each <= sameSilence * silentLineMs);
  const [first] = same;
  return { asks: same.length, most, ...(first === undefined || same.length < most ? {} : { releaseAt: first + silentLineMs }) };
}

/** True where the line may be released now without a second press. */
export function isSilentEnough(asked: readonly Instant[], settings: Settings, at: Instant): boolean {
  const { releaseAt } = silentLineOf(asked, settings);
  const last = asked.at(-1) ?? 0;
  return releaseAt !== undefined && at >= releaseAt && at - last <= sameSilence * settings.silentLineMs;
}
