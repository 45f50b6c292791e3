import { emptyHotline, type Hotline, withChatEvent } from '@threerings/core/hotline/state';
import { shippedSettings } from '@threerings/core/settings/defaults';
import { fact } from '@threerings/core/timeline/decider';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import type { VisitorPush } from '@threerings/core/wire/chat';
import { SimClock } from '@threerings/testkit/sim-clock';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainPlan } from '../hotline-plan/plan-read-model.ts';
import { VisitorPages } from './visitor-pages.ts';

const calendar = { zone: [{ from: 0, offsetMs: 0 }], week: [], days: [] } as never;
const event = (seq: number, type: string, fields: TimelineEvent['fields'] = {}, by = 'customer'): TimelineEvent => ({
  ...{ id: `e${seq}`, type, v: 1, stream: 'interaction-c', n: seq, seq, source: 'chat', by, occurredAt: seq, recordedAt: seq, hash: '' },
  ...{ fields, text: `text ${seq}` },
});

/** A chat in which the house writes, and a page whose line is lost again and again. */
function visit() {
  const clock = new SimClock(0);
  let hotline: Hotline = emptyHotline({ settings: shippedSettings, plan: plainPlan, calendar, staff: [], epoch: 1 });
  for (const each of [fact('chat.opened', 0, { channel: 'web', queue: 'general', thread: 'c' }), fact('chat.accepted', 0, { agent: '1' })])
    hotline = withChatEvent(hotline, 'c', { by: undefined, ...each });
  const stored: TimelineEvent[] = [event(1, 'chat.opened'), event(2, 'chat.accepted')];
  let answerLoad: (() => void) | undefined;
  const pages = new VisitorPages({
    clock,
    hotlineName: { name: 'h', number: '1' },
    mostFileMegabytes: 10,
    hotline: () => hotline,
    tell: async () => undefined,
    load: () =>
      new Promise((resolve) => {
        const now = [...stored];
        answerLoad = () => resolve(now);
      }),
    typing: () => {},
  });
  return { pages, stored, loaded: () => answerLoad?.() };
}

it('a page gets every message once and in order, whatever lines are lost and whatever is written while it comes back', async () => {
  let resumed = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('write', 'lose', 'attach', 'loaded'), { minLength: 15, maxLength: 60 }), async (steps) => {
      const { pages, stored, loaded } = visit();
      const got: number[] = [];
      let page: { send: (push: VisitorPush) => void; close: () => void } | undefined;
      for (const step of [...steps, 'lose', 'attach', 'loaded']) {
        if (step === 'write') {
          const seq = stored.length + 1;
          const written = event(seq, 'chat.sent', { kind: 'text', message: `m${seq}`, ordinal: seq }, 'agent');
          stored.push(written);
          pages.take('c', [written]);
        } else if (step === 'lose' && page !== undefined) {
          pages.detach('c', page);
          page = undefined;
        } else if (step === 'attach' && page === undefined) {
          const own = {
            send: (push: VisitorPush) => {
              if (page === own && push.kind === 'messages') got.push(...push.messages.map(({ seq }) => seq));
            },
            close: () => {},
          };
          page = own;
          if (got.length > 0) resumed += 1;
          void pages.attach('c', own, got.at(-1) ?? 0, 'zh');
        } else if (step === 'loaded') loaded();
        await Promise.resolve();
        await Promise.resolve();
      }
      const written = stored.filter(({ type }) => type === 'chat.sent').map(({ seq }) => seq);
      expect(got).toEqual(written);
    }),
  );
  expect(resumed).toBeGreaterThan(50);
});
