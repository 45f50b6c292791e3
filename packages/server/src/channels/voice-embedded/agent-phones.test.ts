import { FakeVoiceProcess } from '@threerings/voice/fake/voice';
import { expect, it } from 'vitest';
import { AgentPhones } from './agent-phones.ts';
import { WebCallers } from './web-callers.ts';

const clock = { now: () => 0, at: () => () => {} };

it('tells a page that its answer was taken, and none whose answer was refused', async () => {
  const voice = new FakeVoiceProcess(() => 5).connect();
  const told: string[] = [];
  const phones = new AgentPhones(voice, clock, () => {});
  const callers = new WebCallers(voice, clock, () => {});
  voice.listen((event) => {
    phones.heard(event);
    if (event.kind === 'offered') callers.heard(event);
  });
  const page = (who: string) => ({
    id: who,
    offered: (connection: string) => void told.push(`${who} offered ${connection}`),
    accepted: (connection: string) => void told.push(`${who} accepted ${connection}`),
    state: (connected: boolean, cause?: string) => void told.push(`${who} ${connected} ${cause}`),
  });
  const lin = page('lin');
  await phones.connect('lin', lin);
  const connection = told[0]?.split(' ').at(-1) ?? '';
  await phones.answer('lin', lin, 'an older one', 'v=0\r\n');
  await phones.answer('lin', lin, connection, 'v=0\r\n');
  callers.expect('call', { language: 'zh' });
  callers.attach('call', page('wang'));
  await Promise.resolve();
  const called =
    told
      .find((each) => each.startsWith('wang offered'))
      ?.split(' ')
      .at(-1) ?? '';
  await callers.acceptAnswer('call', 'an older one', 'v=0\r\n');
  await callers.acceptAnswer('call', called, 'v=0\r\n');
  expect(told.filter((each) => / accepted | false /.test(each))).toEqual([
    'lin false leg.state',
    `lin accepted ${connection}`,
    `wang accepted ${called}`,
  ]);
});
