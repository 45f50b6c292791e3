import { createHash } from 'node:crypto';
import { png } from '../attachments/fixtures/sample-files.ts';

/** One message as the timeline holds it. */
export interface TakenMessage {
  readonly chat: string;
  readonly text: string;
  readonly as: string;
}

/**
 * How a suite drives one kind of text channel, whatever is behind it: the house's own page, or an account at a vendor. `who` names a
 * customer; `id` what their side calls a message.
 */
export interface TextChannelUnderTest {
  /** The customer writes and the medium brings it. */
  comesIn(who: string, id: string, text: string): Promise<void>;
  /** Two messages are brought in the wrong order; absent: the medium cannot. */
  comesSwapped?: (who: string, first: readonly [string, string], second: readonly [string, string]) => Promise<void>;
  /** A picture, or what is called one; `gone`: its medium keeps it no more. Absent: files come another way. */
  comesFile?: (who: string, id: string, file: { readonly name: string; readonly bytes: Buffer | 'gone' }) => Promise<void>;
  /** Files alone cannot be had from the medium, or again. */
  filesAreAway?: (away: boolean) => Promise<void>;
  /** What became of this customer's files, over all their chats: `kept TYPE`, or `missing REASON`. */
  files(who: string): Promise<readonly string[]>;
  /** The agent sends a file: `done`, or the code of the refusal. */
  sendsFile(who: string, name: string, bytes: Buffer, message: string): Promise<string>;
  /** The medium brings the same message once more. */
  comesAgain(who: string, id: string, text: string): Promise<void>;
  /** What the hotline holds of this customer's words, over all their chats. */
  taken(who: string): Promise<readonly TakenMessage[]>;
  /** The agent answers in the customer's chat: `done`, or the code of the refusal. */
  says(who: string, text: string, message: string): Promise<string>;
  ends(who: string): Promise<void>;
  /** What the customer's side has got, in order. */
  arrived(who: string): Promise<readonly string[]>;
  breaksDown(): Promise<void>;
  isBack(): Promise<void>;
  /** Time goes on, with all that it brings about. */
  passes(ms: number): Promise<void>;
  restarts(): Promise<void>;
}

export interface TextRule {
  readonly title: string;
  check(channel: TextChannelUnderTest, who: string): Promise<string | undefined>;
}

/** Message ids of the house. */
const idOf = (who: string, at: number) => {
  const hash = createHash('sha256').update(`${who} ${at}`).digest('hex');
  return `00000000-0000-4000-8000-${hash.slice(0, 12)}`;
};

function differs(found: readonly string[], wanted: readonly string[]): string | undefined {
  return JSON.stringify(found) === JSON.stringify(wanted) ? undefined : `${JSON.stringify(found)} in place of ${JSON.stringify(wanted)}`;
}

const textsOf = async (channel: TextChannelUnderTest, who: string) => (await channel.taken(who)).map(({ text }) => text);

/** Longer than any channel takes in one message, in sentences. */
const longText = '办理社保卡补换需带身份证原件。'.repeat(80);

/** Rules that every text channel keeps; each returns what is wrong, or undefined. Test files run them one by one. */
export const textChannelContract: readonly TextRule[] = [
  {
    title: 'takes a message once, however often it is brought, and also after a restart',
    async check(channel, who) {
      await channel.comesIn(who, `${who}1`, '你好');
      for (const _ of [1, 2]) await channel.comesAgain(who, `${who}1`, '你好');
      await channel.restarts();
      await channel.comesAgain(who, `${who}1`, '你好');
      await channel.comesIn(who, `${who}2`, '在吗');
      return differs(await textsOf(channel, who), ['你好', '在吗']);
    },
  },
  {
    title: 'takes each message once although they come in the wrong order',
    async check(channel, who) {
      if (channel.comesSwapped === undefined) return undefined;
      await channel.comesIn(who, `${who}0`, '零');
      await channel.comesSwapped(who, [`${who}1`, '一'], [`${who}2`, '二']);
      await channel.comesAgain(who, `${who}1`, '一');
      const found = await textsOf(channel, who);
      return differs([...found].sort(), ['一', '二', '零'].sort());
    },
  },
  {
    title: 'opens a chat for a customer whom nobody knows, and another one for another customer',
    async check(channel, who) {
      const other = `${who}Other`;
      await channel.comesIn(who, `${who}1`, '甲');
      await channel.comesIn(other, `${other}1`, '乙');
      await channel.comesIn(who, `${who}2`, '丙');
      const [own, others] = [await channel.taken(who), await channel.taken(other)];
      const chats = new Set(own.map(({ chat }) => chat));
      await channel.ends(other);
      if (chats.size !== 1 || others.some(({ chat }) => chats.has(chat))) return 'customers share a chat, or one has two';
      return differs([...own, ...others].map(({ text }) => text).sort(), ['甲', '乙', '丙'].sort());
    },
  },
  {
    title: 'brings the messages of the house in their order, each once although it is sent twice',
    async check(channel, who) {
      await channel.comesIn(who, `${who}1`, '你好');
      for (const [at, text] of ['您好', '请讲', '好的'].entries())
        for (const _ of [1, 2]) {
          const answer = await channel.says(who, text, idOf(who, at));
          if (answer !== 'done') return `${text}: ${answer}`;
        }
      return differs(await channel.arrived(who), ['您好', '请讲', '好的']);
    },
  },
  {
    title: 'loses nothing while its medium is away, and brings it in order when it is back',
    async check(channel, who) {
      await channel.comesIn(who, `${who}1`, '你好');
      await channel.breaksDown();
      for (const [at, text] of ['您好', '请讲'].entries()) {
        const answer = await channel.says(who, text, idOf(who, at));
        if (answer !== 'done') return `${text}: ${answer}`;
      }
      await channel.passes(20_000);
      if ((await channel.arrived(who)).length > 0) return 'something arrived by a medium that is away';
      await channel.isBack();
      await channel.passes(60_000);
      return differs(await channel.arrived(who), ['您好', '请讲']);
    },
  },
  {
    title: 'brings after a restart what it had not brought before it, once',
    async check(channel, who) {
      await channel.comesIn(who, `${who}1`, '你好');
      await channel.says(who, '您好', idOf(who, 0));
      await channel.breaksDown();
      await channel.says(who, '请讲', idOf(who, 1));
      await channel.restarts();
      await channel.isBack();
      await channel.passes(60_000);
      await channel.restarts();
      await channel.passes(60_000);
      return differs(await channel.arrived(who), ['您好', '请讲']);
    },
  },
  {
    title: 'brings a long text whole, in as many messages as it takes, or refuses it',
    async check(channel, who) {
      await channel.comesIn(who, `${who}1`, '要带什么');
      const answer = await channel.says(who, longText, idOf(who, 0));
      const arrived = (await channel.arrived(who)).join('');
      if (answer !== 'done') return arrived === '' ? undefined : 'refused, and a part of it arrived';
      return arrived === longText ? undefined : `${arrived.length} characters arrived of ${longText.length}`;
    },
  },
  {
    title: 'keeps a file that a customer sent, known by its content, under a message that says in words what it is',
    async check(channel, who) {
      if (channel.comesFile === undefined) return undefined;
      for (const _ of [1, 2]) await channel.comesFile(who, `${who}1`, { name: 'card.html', bytes: png(3, 2) });
      const [taken] = await channel.taken(who);
      if (taken?.as !== 'image' || !taken.text.includes('图片')) return `taken as ${JSON.stringify(taken)}`;
      return differs(await channel.files(who), ['kept image/png']);
    },
  },
  {
    title: 'tells why a file of a customer is not there',
    async check(channel, who) {
      if (channel.comesFile === undefined) return undefined;
      await channel.comesFile(who, `${who}1`, { name: 'a.png', bytes: 'gone' });
      await channel.comesFile(who, `${who}2`, { name: 'b.png', bytes: Buffer.from('<svg onload="alert(1)"/>') });
      await channel.comesFile(who, `${who}3`, { name: 'c.png', bytes: Buffer.alloc(2_000_000, 'a') });
      const texts = await textsOf(channel, who);
      if (texts.length !== 3) return `${texts.length} messages in place of 3`;
      return differs(await channel.files(who), ['missing expired', 'missing type', 'missing too-large']);
    },
  },
  {
    title: 'fetches a file that it could not have at first, also after a restart, once',
    async check(channel, who) {
      if (channel.comesFile === undefined || channel.filesAreAway === undefined) return undefined;
      await channel.filesAreAway(true);
      await channel.comesFile(who, `${who}1`, { name: 'a.png', bytes: png(2, 2) });
      const before = [await textsOf(channel, who), await channel.files(who)].map(({ length }) => length);
      if (before.join() !== '1,0') return `messages and files before: ${before.join()}`;
      await channel.restarts();
      await channel.filesAreAway(false);
      await channel.passes(60_000);
      await channel.restarts();
      await channel.passes(60_000);
      return differs(await channel.files(who), ['kept image/png']);
    },
  },
  {
    title: 'brings a picture of the agent once, in its place, and refuses what it cannot bring',
    async check(channel, who) {
      await channel.comesIn(who, `${who}1`, '要带什么');
      await channel.says(who, '您好', idOf(who, 0));
      for (const _ of [1, 2]) {
        const answer = await channel.sendsFile(who, '窗口.png', png(4, 4), idOf(who, 1));
        if (answer !== 'done') return `the picture: ${answer}`;
      }
      const page = await channel.sendsFile(who, 'x.png', Buffer.from('<html></html>'), idOf(who, 2));
      if (page !== 'attachment.type') return `a page in place of a picture: ${page}`;
      await channel.says(who, '请看图', idOf(who, 3));
      const [first, picture = '', last, ...more] = await channel.arrived(who);
      const rest = differs([first ?? '', last ?? '', ...more], ['您好', '请看图']);
      return rest ?? (/^(?:窗口|file)/.test(picture) ? undefined : `${picture} in place of the picture`);
    },
  },
];
