import { randomUUID } from 'node:crypto';
import { textOf } from '@threerings/core/timeline/decider';
import type { VisitorMessage, VisitorPush } from '@threerings/core/wire/chat';
import { testDatabase } from '@threerings/testkit/test-database';
import { fakeBot } from '@threerings/testkit/vendors/fake-bot';
import { fakeKf } from '@threerings/testkit/vendors/fake-kf';
import { fakeServiceAccount } from '@threerings/testkit/vendors/fake-service-account';
import type { FakeVendor } from '@threerings/testkit/vendors/fake-vendor';
import { textChannelHouse } from '@threerings/testkit/vendors/text-channel-house';
import { afterAll, describe, expect, it } from 'vitest';
import { type TextChannelUnderTest, textChannelContract } from './text-channel-contract.ts';

const [kf, mp, bot] = [await fakeKf(), await fakeServiceAccount(), await fakeBot()];
const vendors = { wecom: kf, wechat: mp, qq: bot };
const house = await textChannelHouse(await testDatabase(), [kf, mp, bot]);
afterAll(() => Promise.all([kf, mp, bot].map((vendor) => vendor.close())));

const now = () => house.clock.now();
const chats = new Map<string, Set<string>>();
/** The newest chat of a customer, by their words: whoever wrote it last. */
async function chatOf(who: string): Promise<string> {
  const [newest] = [...(chats.get(who) ?? [])].slice(-1);
  if (newest === undefined) throw new Error(`${who} has no chat`);
  return newest;
}
const streamChat = (stream: string) => stream.slice('interaction-'.length);

/** Chats that were not there before belong to who just wrote. */
async function noteChats(who: string): Promise<void> {
  const known = new Set([...chats.values()].flatMap((each) => [...each]));
  const own = chats.get(who) ?? new Set<string>();
  for (const { stream } of await house.events('chat.opened')) if (!known.has(streamChat(stream))) own.add(streamChat(stream));
  chats.set(who, own);
}

async function endAll(): Promise<void> {
  for (const { id, phase } of house.parts.floor.hotline.chats.values()) {
    if (phase === 'talking') await house.asks({ kind: 'end', interaction: id });
    await house.asks({ kind: 'close', interaction: id });
  }
}

const takenOf = async (who: string) =>
  (await house.events('chat.received'))
    .filter(({ stream }) => chats.get(who)?.has(streamChat(stream)))
    .map((event) => ({ chat: streamChat(event.stream), text: event.text ?? '', as: textOf(event, 'kind') ?? '' }));

const filesOf = async (who: string) => {
  const told = (await house.events('chat.file-kept', 'chat.file-missing')).filter(({ stream }) => chats.get(who)?.has(streamChat(stream)));
  return Promise.all(
    told.map(async ({ stream, type, fields }) => {
      if (type === 'chat.file-missing') return `missing ${fields['reason']}`;
      const kept = await house.parts.attachments.of({ kind: 'chat', id: streamChat(stream) });
      return `kept ${kept.find(({ attachment }) => attachment === fields['attachment'])?.type}`;
    }),
  );
};

function underTest(vendor: FakeVendor): TextChannelUnderTest {
  const { id: channel } = vendor.account;
  const bring = async (who: string, callback: ReturnType<FakeVendor['writes']>) => {
    expect((await house.callback(channel, callback)).status).toBe(200);
    await noteChats(who);
  };
  const writes = (who: string, id: string, text: string) => vendor.writes(who, { id, text }, now());
  return {
    comesIn: (who, id, text) => bring(who, writes(who, id, text)),
    comesAgain: (who, id, text) => bring(who, writes(who, id, text)),
    async comesSwapped(who, [firstId, first], [secondId, second]) {
      const one = writes(who, firstId, first);
      const other = vendor.writes(who, { id: secondId, text: second }, now() + 1000);
      await bring(who, other);
      await bring(who, one);
    },
    comesFile: (who, id, file) => bring(who, vendor.writes(who, { id, text: '', file }, now())),
    async filesAreAway(away) {
      vendor.trouble = away ? 'no-files' : undefined;
    },
    files: filesOf,
    sendsFile: async (who, name, bytes, message) => house.sendsFile(await chatOf(who), name, bytes, message),
    taken: takenOf,
    says: async (who, text, message) => house.sends(await chatOf(who), text, message),
    ends: async (who) => void (await house.asks({ kind: 'end', interaction: await chatOf(who) })),
    arrived: async (who) => vendor.arrived(who),
    async breaksDown() {
      vendor.trouble = 'down';
    },
    async isBack() {
      vendor.trouble = undefined;
    },
    passes: (ms) => house.passes(ms),
    restarts: () => house.restart(),
  };
}

/** The house's own page: its line is what breaks, and its page repeats what was not acknowledged. */
function ownPage(): TextChannelUnderTest {
  const pages = new Map<string, { chat: string; seq: number; got: string[]; open: { send(push: VisitorPush): void; close(): void } }>();
  let away = false;
  const attach = async (who: string) => {
    const page = pages.get(who);
    if (page !== undefined && !away) await house.chats.pages.attach(page.chat, page.open, page.seq, 'zh');
  };
  const write = async (who: string, id: string, text: string) => {
    if (!pages.has(who)) {
      const chat = randomUUID();
      const page = { chat, seq: 0, got: [] as string[], open: { send: (push: VisitorPush) => take(push), close: () => {} } };
      const take = (push: VisitorPush) => {
        if (push.kind !== 'messages') return;
        for (const { seq, from, text: said = '' } of push.messages) {
          page.seq = seq;
          if (from === 'agent') page.got.push(said);
        }
      };
      pages.set(who, page);
      await house.chats.pages.start({ chat, language: 'zh' });
      await attach(who);
      await noteChats(who);
    }
    const page = pages.get(who);
    const message = { kind: 'write', message: id, text } satisfies VisitorMessage;
    if (page !== undefined) await house.chats.pages.message(page.chat, page.open, message);
    await house.settled();
  };
  return {
    comesIn: write,
    comesAgain: write,
    taken: takenOf,
    files: filesOf,
    sendsFile: async (who, name, bytes, message) => house.sendsFile(await chatOf(who), name, bytes, message),
    says: async (who, text, message) => house.sends(await chatOf(who), text, message),
    ends: async (who) => void (await house.asks({ kind: 'end', interaction: await chatOf(who) })),
    async arrived(who) {
      await house.settled();
      return pages.get(who)?.got ?? [];
    },
    async breaksDown() {
      away = true;
      for (const { chat, open } of pages.values()) house.chats.pages.detach(chat, open);
    },
    async isBack() {
      away = false;
      for (const who of pages.keys()) await attach(who);
    },
    passes: (ms) => house.passes(ms),
    async restarts() {
      await house.restart();
      for (const who of pages.keys()) await attach(who);
    },
  };
}

const kinds = { ...Object.fromEntries(Object.entries(vendors).map(([kind, vendor]) => [kind, underTest(vendor)])), web: ownPage() };

describe.each(Object.entries(kinds))('%s', (kind, channel) => {
  it.each(textChannelContract.map((rule, at) => ({ ...rule, at })))('$title', async ({ check, at }) => {
    expect(await check(channel, `${kind}Customer${at}`)).toBeUndefined();
    await endAll();
  });
});
