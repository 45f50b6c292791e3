import { isRefusal } from '@threerings/core/errors/refusal';
import { beforeSending } from '@threerings/core/hotline/before-sending';
import type { WordsChecked } from '@threerings/core/hotline/chat-inputs';
import { permits } from '@threerings/core/people/permissions';
import { type ChatAct, chatActDone, chatRequest, chatRow } from '@threerings/core/wire/chat';
import { wordFinding, wordsToCheck } from '@threerings/core/wire/words';
import type { WordsCheck } from '@threerings/core/words/words-check';
import { z } from 'zod';
import type { FloorAnswer } from '../hotline/floor.ts';
import { speakRefusal } from '../hotline/speak-answer.ts';
import type { Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { languageOf, refuseRequest, sendRefusal } from '../http/refusals.ts';
import type { Person } from '../session/sessions.ts';
import type { LiveChats } from './live-chats.ts';
import { type ReplyBook, refusedReply } from './quick-replies.ts';

/** Answers that are remembered, so that a request that is sent again is not carried out again. */
const mostRemembered = 5000;

export interface ChatRouteParts {
  /** carries out what an agent asks; answers after the commit */
  ask(agent: string, act: ChatAct | WordsChecked): Promise<FloorAnswer>;
  /** reads a text before it goes out; absent = nobody does */
  check?: WordsCheck | undefined;
  /** stored replies as they stand now; absent = nobody keeps them */
  replies?: ReplyBook | undefined;
  chats(): Pick<LiveChats, 'all'>;
  /** 工号 of who has the chat */
  holderOf(interaction: string): string | undefined;
  /** may this person see what this agent has? */
  maySee(person: Person, agent: string | undefined): Promise<boolean>;
  /** the agent is writing */
  typing(agent: string, interaction: string): void;
}

/** `POST /api/chats`: everything an agent does in chats. `GET /api/chats`: the leader's view of all of them. */
export function chatFeature(parts: ChatRouteParts): Feature {
  const answers = new Map<string, Promise<FloorAnswer>>();
  return {
    name: 'chats',
    routes(app) {
      const act = { body: chatRequest, response: { 200: chatActDone } };
      app.post('/api/chats', { config: { permission: 'desk.use' }, schema: act }, async (request, reply) => {
        const { person } = personOf(request);
        const { command, do: asked } = request.body;
        if (asked.kind === 'typing') {
          if (parts.holderOf(asked.interaction) === person.agent) parts.typing(person.agent, asked.interaction);
          return { ok: true } as const;
        }
        // A whisper comes from who watches over the agent, never from a colleague.
        if (asked.kind === 'whisper') {
          const watches = permits(person.roles, 'calls.see-unit') && (await parts.maySee(person, parts.holderOf(asked.interaction)));
          if (!watches) return refuseRequest(request, reply, 'permission.denied');
        }
        const key = `${person.agent} ${command}`;
        const answering =
          answers.get(key) ?? (asked.kind === 'send' ? sendChecked(parts, person.agent, asked) : parts.ask(person.agent, asked));
        remember(answers, key, answering);
        const answer = await answering;
        if ('ok' in answer) return answer;
        answers.delete(key);
        if ('ask' in answer) throw new Error(`the chat act ${asked.kind} was asked for a reason`);
        const status = answer.refused === 'store.busy' ? 503 : 409;
        return sendRefusal(reply, status, speakRefusal(answer, languageOf(request.headers['accept-language'])));
      });
      const checking = { body: wordsToCheck, response: { 200: z.array(wordFinding) } };
      app.post('/api/chats/check', { config: { permission: 'desk.use' }, schema: checking }, async (request) => [
        ...(parts.check?.(request.body.text) ?? []),
      ]);
      const all = { response: { 200: z.array(chatRow) } };
      app.get('/api/chats', { config: { permission: 'board.see' }, schema: all }, async (request) => {
        const { person } = personOf(request);
        const holders = new Set(
          parts
            .chats()
            .all(() => true)
            .map(({ agent }) => agent),
        );
        const seen = new Set<string | undefined>();
        for (const agent of holders) if (await parts.maySee(person, agent)) seen.add(agent);
        return parts.chats().all((agent) => seen.has(agent));
      });
    },
  };
}

/** Looks at the words before anything is sent; what is found is written down before the message is. */
async function sendChecked(
  { ask, check, replies }: ChatRouteParts,
  agent: string,
  send: Extract<ChatAct, { kind: 'send' }>,
): Promise<FloorAnswer> {
  const outdated = send.quickReply === undefined || replies === undefined ? undefined : await refusedReply(replies, send.quickReply);
  if (outdated !== undefined) return outdated;
  const { noted, outcome } = beforeSending(send, check);
  const answer = noted === undefined ? undefined : await ask(agent, noted);
  if (answer !== undefined && 'refused' in answer) return answer;
  return isRefusal(outcome) ? outcome : ask(agent, outcome);
}

function remember(answers: Map<string, Promise<FloorAnswer>>, key: string, answering: Promise<FloorAnswer>): void {
  answers.set(key, answering);
  if (answers.size <= mostRemembered) return;
  const [oldest] = answers.keys();
  if (oldest !== undefined) answers.delete(oldest);
}
