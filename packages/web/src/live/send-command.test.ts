import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendCommand } from './send-command.ts';

const answers: (() => Promise<Response>)[] = [];
const sent: { body: string; csrf: string | null }[] = [];
const json = (status: number, body: unknown) => () => Promise.resolve(new Response(JSON.stringify(body), { status }));
const lost = () => Promise.reject(new TypeError('network'));

beforeEach(() => {
  answers.length = 0;
  sent.length = 0;
  vi.useFakeTimers();
  vi.stubGlobal('fetch', (_path: string, init: RequestInit) => {
    sent.push({ body: String(init.body), csrf: new Headers(init.headers).get('x-csrf-token') });
    return (answers.shift() ?? lost)();
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const id = '00000000-0000-4000-8000-000000000001';
const send = async () => {
  const result = sendCommand(id, { kind: 'resume', interaction: 'i' }, 'token');
  await vi.runAllTimersAsync();
  return await result;
};

describe('a desk command', () => {
  it('is repeated under the same id when the answer was lost', async () => {
    answers.push(lost, json(503, {}), json(200, { ok: true }));
    expect(await send()).toEqual({ kind: 'done' });
    expect(sent).toHaveLength(3);
    expect(new Set(sent.map((each) => each.body)).size).toBe(1);
    expect(sent[0]?.csrf).toBe('token');
    expect(sent[0]?.body).toContain(id);
  });

  it('gives up after five attempts and says why', async () => {
    expect(await send()).toMatchObject({ kind: 'failed', failure: { kind: 'network' } });
    expect(sent).toHaveLength(5);
  });

  it('is not repeated when it was refused', async () => {
    answers.push(json(409, { refused: 'hold.no-call', message: 'no call to hold' }));
    expect(await send()).toEqual({ kind: 'refused', refusal: { refused: 'hold.no-call', message: 'no call to hold' } });
    expect(sent).toHaveLength(1);
  });

  it('hands on what is asked before the act', async () => {
    const ask = {
      ask: 'reason',
      cites: ['S1i-20'],
      message: { zh: '请对方先挂', en: 'caller first' },
      missing: [{ zh: '结束语', en: 'farewell' }],
      waitUntil: 5,
    };
    answers.push(json(200, ask));
    expect(await send()).toEqual({ kind: 'ask', ask });
  });

  it('says that it cannot read an answer of another shape', async () => {
    answers.push(json(200, { done: 'perhaps' }));
    expect(await send()).toMatchObject({ kind: 'failed', failure: { kind: 'shape' } });
  });
});
