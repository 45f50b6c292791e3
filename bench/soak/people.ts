import { setTimeout as sleep } from 'node:timers/promises';
import { signIn } from '@threerings/testkit/console-client';
import { AgentDesk } from '@threerings/testkit/product/agent-desk';

const password = 'a quiet afternoon';

export interface Worked {
  talks: number;
  holds: number;
  /** what went wrong at a desk, by its words */
  troubles: Record<string, number>;
}

/** Hires so many people and opens their desks, in the shift and ready. */
export async function sitDown(base: string, people: number): Promise<AgentDesk[]> {
  const administrator = await signIn(base, '0001', 'yunzhou-0001');
  const logins = Array.from({ length: people }, (_, n) => String(7000 + n));
  for (const login of logins) {
    const person = { agent: login, login, name: `坐席 ${login}`, unit: 'team-1', roles: ['agent'], password };
    const { status, body } = await administrator.send('POST', '/api/people', person);
    if (status !== 201) throw new Error(`${login} was not added: ${status} ${JSON.stringify(body)}`);
  }
  const desks: AgentDesk[] = [];
  for (const login of logins) {
    const desk = await AgentDesk.open(base, login, 700, password);
    await desk.beginShift();
    desks.push(desk);
  }
  return desks;
}

/** Takes call after call: talks, every third time with a hold, waits until the caller hangs up or does it, wraps up. */
export async function work(desk: AgentDesk, talkMs: () => number, goesOn: () => boolean, worked: Worked): Promise<void> {
  while (goesOn()) {
    try {
      const offered = await desk.until((view) => view.ring !== undefined || !goesOn(), 600_000);
      if (!goesOn() || offered.ring === undefined) return;
      const { interaction } = await desk.answered();
      worked.talks += 1;
      await talk(desk, interaction, talkMs(), worked);
      await desk.until((view) => view.wrapUp?.interaction === interaction, 60_000);
      await desk.do({ kind: 'finish-wrap-up', interaction });
    } catch (error) {
      const said = error instanceof Error ? error.message.slice(0, 120) : String(error);
      worked.troubles[said] = (worked.troubles[said] ?? 0) + 1;
      await sleep(2000);
    }
  }
}

async function talk(desk: AgentDesk, interaction: string, ms: number, worked: Worked): Promise<void> {
  const standing = () => desk.view?.call?.interaction === interaction && desk.view.call.endedAt === undefined;
  const part = async (share: number) => {
    const until = performance.now() + share * ms;
    while (standing() && performance.now() < until) await sleep(250);
  };
  await part(0.5);
  if (worked.talks % 3 === 0 && standing()) {
    const hold = { kind: 'hold', interaction, reason: 'lookup', limitMs: 60_000, consent: true, override: '已口头说明' } as const;
    const { status } = await desk.ask(hold);
    if (status === 200) {
      worked.holds += 1;
      await part(0.2);
      if (standing()) await desk.ask({ kind: 'resume', interaction });
    }
  }
  await part(0.5);
  // The first press is asked back: callers are to hang up first.
  for (const confirmed of [false, true])
    if (standing()) await desk.ask({ kind: 'release', interaction, confirmed, reason: '来电人已说再见' });
}
