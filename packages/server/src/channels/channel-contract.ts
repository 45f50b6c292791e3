import type { HotlineInput } from '@threerings/core/hotline/inputs';
import type { NewEvent } from '@threerings/core/timeline/event';
import { eventSpec } from '@threerings/core/timeline/vocabulary';
import type { Source } from '@threerings/norms/trace';
import type { Channel, ChannelSink } from './channel.ts';

/** What a channel under test did, in order. */
export interface Seen {
  readonly told: readonly HotlineInput[];
  readonly reported: readonly { readonly interaction: string; readonly event: NewEvent }[];
  readonly marks: readonly { readonly interaction: string; readonly source: Source; readonly mark: number; readonly after: number }[];
}

/** How a suite drives one kind of channel: `oneCall` lets one whole call happen and returns its interaction. */
export interface ChannelUnderTest {
  readonly channel: Channel;
  oneCall(): Promise<string>;
}

export interface Rule {
  readonly title: string;
  check(under: ChannelUnderTest): Promise<string | undefined>;
}

/** A sink that keeps everything; `commit` delays what the channel is told. */
function keepingSink(): { readonly sink: ChannelSink; readonly seen: Seen } {
  const told: HotlineInput[] = [];
  const reported: { interaction: string; event: NewEvent }[] = [];
  const marks: { interaction: string; source: Source; mark: number; after: number }[] = [];
  return {
    seen: { reported, marks, told },
    sink: {
      async tell(input) {
        told.push(input);
      },
      async report(interaction, events) {
        for (const event of events) reported.push({ interaction, event });
      },
      watermark(interaction, given) {
        for (const [source, mark] of Object.entries(given))
          marks.push({ interaction, source: source as Source, mark, after: reported.length });
      },
    },
  };
}

async function observed(under: ChannelUnderTest): Promise<{ readonly seen: Seen; readonly interaction: string }> {
  const { sink, seen } = keepingSink();
  await under.channel.start(sink);
  const interaction = await under.oneCall();
  return { seen, interaction };
}

/** Rules that every channel keeps; each returns what is wrong, or undefined. Test files run them one by one. */
export const channelContract: readonly Rule[] = [
  {
    title: 'reports only events of the vocabulary, and at least an arrival and an end',
    async check(under) {
      const { seen, interaction } = await observed(under);
      const types = seen.reported.filter((r) => r.interaction === interaction).map((r) => r.event.type);
      const unknown = types.find((type) => eventSpec(type) === undefined);
      if (unknown) return `unknown event ${unknown}`;
      return types.length >= 2 ? undefined : `only ${types.join(', ') || 'nothing'} was reported`;
    },
  },
  {
    title: 'reports the events of each interaction in the order in which they became true',
    async check(under) {
      const { seen } = await observed(under);
      const last = new Map<string, number>();
      for (const { interaction, event } of seen.reported) {
        if (event.occurredAt < (last.get(interaction) ?? 0)) return `${event.type} at ${event.occurredAt} came after a later event`;
        last.set(interaction, event.occurredAt);
      }
      return undefined;
    },
  },
  {
    title: 'never reports an event at or before a watermark that it published',
    async check(under) {
      const { seen } = await observed(under);
      if (seen.marks.length === 0) return 'no watermark was published';
      for (const { interaction, source, mark, after } of seen.marks) {
        const early = seen.reported
          .slice(after)
          .find(
            (r) =>
              r.interaction === interaction && r.event.occurredAt <= mark && (r.event.source ?? eventSpec(r.event.type)?.source) === source,
          );
        if (early) return `${early.event.type} at ${early.event.occurredAt} follows the mark ${mark} of ${source}`;
      }
      return undefined;
    },
  },
  {
    title: 'never takes a watermark back',
    async check(under) {
      const { seen } = await observed(under);
      const highest = new Map<string, number>();
      for (const { interaction, source, mark } of seen.marks) {
        const key = `${interaction} ${source}`;
        if (mark < (highest.get(key) ?? mark)) return `${source} went back to ${mark}`;
        highest.set(key, mark);
      }
      return undefined;
    },
  },
  {
    title: 'answers an effect for an unknown interaction with a refusal, never with an exception',
    async check(under) {
      await observed(under);
      const answer = await under.channel.perform({ interaction: 'no-such-call', kind: 'end', cause: 'test' });
      return answer.ok ? 'an effect for nothing was accepted' : undefined;
    },
  },
  {
    title: 'knows no interaction any more after it was stopped',
    async check(under) {
      await observed(under);
      await under.channel.stop();
      const running = await under.channel.running();
      return running.length === 0 ? undefined : `still running: ${running.join(', ')}`;
    },
  },
];
