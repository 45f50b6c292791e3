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
  /** A picture; absent: the medium carries none. */
  comesPicture?: (who: string, id: string) => Promise<void>;
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
  const hex = [...`${who}${at}`].map((letter) => letter.charCodeAt(0).toString(16)).join('');
  return `00000000-0000-4000-8000-${hex.padStart(12, '0').slice(-12)}`;
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
    title: 'says in words what a customer sent that is no text',
    async check(channel, who) {
      if (channel.comesPicture === undefined) return undefined;
      await channel.comesPicture(who, `${who}1`);
      const [taken] = await channel.taken(who);
      return taken?.as === 'image' && taken.text.includes('图片') ? undefined : `taken as ${JSON.stringify(taken)}`;
    },
  },
];
