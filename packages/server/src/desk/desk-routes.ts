import { deskAnswer, deskRequest } from '@threerings/core/wire/desk';
import type { FloorAnswer } from '../hotline/floor.ts';
import { speakRefusal } from '../hotline/speak-answer.ts';
import type { Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { languageOf, sendRefusal } from '../http/refusals.ts';

/** Answers that are remembered, so that a command that is sent again – within seconds, by the page – is not carried out again. */
const mostRemembered = 1000;

export interface DeskParts {
  /** carries out what an agent asks; answers after the commit */
  ask(agent: string, command: ReturnType<typeof deskRequest.parse>['do'], id: string): Promise<FloorAnswer>;
  /** the answer that a command got from a process before this one */
  answered(agent: string, id: string): Promise<FloorAnswer | undefined>;
}

/** `POST /api/desk`: everything an agent does in and around a call. */
export function deskFeature({ ask, answered }: DeskParts): Feature {
  const answers = new Map<string, Promise<FloorAnswer>>();
  return {
    name: 'desk',
    routes(app) {
      const route = { config: { permission: 'desk.use' }, schema: { body: deskRequest, response: { 200: deskAnswer } } } as const;
      app.post('/api/desk', route, async (request, reply) => {
        const { agent } = personOf(request).person;
        const key = `${agent} ${request.body.command}`;
        const { command, do: act } = request.body;
        const answering = answers.get(key) ?? answered(agent, command).then((before) => before ?? ask(agent, act, command));
        remember(answers, key, answering);
        const answer = await answering;
        if (!('refused' in answer)) return answer;
        // A refusal may be repaired and asked again under the same id.
        answers.delete(key);
        const status = answer.refused === 'store.busy' ? 503 : 409;
        return sendRefusal(reply, status, speakRefusal(answer, languageOf(request.headers['accept-language'])));
      });
    },
  };
}

function remember(answers: Map<string, Promise<FloorAnswer>>, key: string, answering: Promise<FloorAnswer>): void {
  answers.set(key, answering);
  if (answers.size <= mostRemembered) return;
  const [oldest] = answers.keys();
  if (oldest !== undefined) answers.delete(oldest);
}
