import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRequest } from '../request.ts';
import { buildResponse } from '../response.ts';
import { SimulatedClock } from '../simulation/clock.ts';
import { parseUri } from '../uri.ts';
import { ownVia } from '../via.ts';
import { clientInvite } from './client-invite.ts';
import { clientRequest } from './client-request.ts';
import type { Machine } from './machine.ts';
import { Running } from './running.ts';
import { serverInvite } from './server-invite.ts';
import { serverRequest } from './server-request.ts';

const uri = parseUri('sip:12333@192.0.2.2') ?? expect.fail('broken URI');
const via = ownVia('UDP', { host: '192.0.2.1', port: 5060 }, 'z9hG4bKtest');

function request(method: string) {
  const party = { uri, params: new Map([['tag', '1']]) };
  return buildRequest({ method, uri, from: party, to: { uri, params: new Map() }, callId: 'c', sequence: 1 }, via);
}

/** A machine on a simulated clock; `log` says when it did what: `500 INVITE`, `0 pass 200`, `32000 fail timeout`, `… over`. */
function run<State>(machine: Machine<State>, method: string, reliable = false) {
  const clock = new SimulatedClock();
  const log: string[] = [];
  const say = (what: string) => log.push(`${clock.now()} ${what}`);
  const context = { request: request(method), reliable };
  const running = new Running(
    machine,
    context,
    clock,
    (action) => {
      if (action.do === 'send') say(action.message.kind === 'request' ? action.message.method : String(action.message.status));
      else if (action.do === 'pass') say(`pass ${action.response.status}`);
      else if (action.do === 'pass-ack') say('pass ACK');
      else say(`fail ${action.cause}`);
    },
    () => say('over'),
  );
  running.begin();
  const respond = (status: number) => running.input({ kind: 'response', response: buildResponse(context.request, status, { tag: 'x' }) });
  const receive = (name: string) => running.input({ kind: 'request', request: request(name) });
  return { clock, log, respond, receive, running };
}

describe('INVITE client (RFC 3261 §17.1.1)', () => {
  it('doubles the interval over UDP and gives up after 64·T1', () => {
    const { clock, log } = run(clientInvite, 'INVITE');
    clock.advance(40_000);
    expect(log).toEqual([
      '0 INVITE',
      '500 INVITE',
      '1500 INVITE',
      '3500 INVITE',
      '7500 INVITE',
      '15500 INVITE',
      '31500 INVITE',
      '32000 over',
      '32000 fail timeout',
    ]);
  });

  it('does not repeat over TCP', () => {
    const { clock, log } = run(clientInvite, 'INVITE', true);
    clock.advance(40_000);
    expect(log).toEqual(['0 INVITE', '32000 over', '32000 fail timeout']);
  });

  it('stops repeating at a provisional response and then waits without limit', () => {
    const { clock, log, respond } = run(clientInvite, 'INVITE');
    respond(180);
    clock.advance(300_000);
    expect(log).toEqual(['0 INVITE', '0 pass 180']);
  });

  it('acknowledges every copy of a refusal, tells it once, and is over after timer D', () => {
    const { clock, log, respond } = run(clientInvite, 'INVITE');
    respond(486);
    clock.advance(500);
    respond(486);
    clock.advance(60_000);
    expect(log).toEqual(['0 INVITE', '0 ACK', '0 pass 486', '500 ACK', '32000 over']);
  });

  it('tells every 2xx until timer M (RFC 6026)', () => {
    const { clock, log, respond } = run(clientInvite, 'INVITE');
    respond(200);
    clock.advance(500);
    respond(200);
    respond(180);
    clock.advance(60_000);
    respond(200);
    expect(log).toEqual(['0 INVITE', '0 pass 200', '500 pass 200', '32000 over']);
  });
});

describe('client of other methods (RFC 3261 §17.1.2)', () => {
  it('doubles the interval up to T2 and gives up after 64·T1', () => {
    const { clock, log } = run(clientRequest, 'BYE');
    clock.advance(40_000);
    expect(log.map((line) => line.split(' ')[0])).toEqual(
      [0, 500, 1500, 3500, 7500, 11500, 15500, 19500, 23500, 27500, 31500, 32000, 32000].map(String),
    );
    expect(log.at(-1)).toBe('32000 fail timeout');
  });

  it('repeats every T2 after a provisional response', () => {
    const { clock, log, respond } = run(clientRequest, 'BYE');
    respond(100);
    clock.advance(9_000);
    expect(log).toEqual(['0 BYE', '0 pass 100', '4000 BYE', '8000 BYE']);
  });

  it.each([
    [false, '5000 over'],
    [true, '0 over'],
  ])('absorbs copies of the final response until timer K (reliable: %s)', (reliable, last) => {
    const { clock, log, respond } = run(clientRequest, 'BYE', reliable);
    respond(200);
    respond(200);
    clock.advance(9_000);
    expect(log).toEqual(['0 BYE', '0 pass 200', last]);
  });
});

describe('INVITE server (RFC 3261 §17.2.1)', () => {
  it('repeats its last provisional response to a repeated INVITE', () => {
    const { log, respond, receive } = run(serverInvite, 'INVITE');
    receive('INVITE');
    respond(100);
    respond(180);
    receive('INVITE');
    expect(log).toEqual(['0 100', '0 180', '0 180']);
  });

  it('repeats a refusal with growing intervals up to T2, and fails without an ACK', () => {
    const { clock, log, respond } = run(serverInvite, 'INVITE');
    respond(486);
    clock.advance(40_000);
    expect(log.slice(0, 6)).toEqual(['0 486', '500 486', '1500 486', '3500 486', '7500 486', '11500 486']);
    expect(log.slice(-2)).toEqual(['32000 over', '32000 fail timeout']);
  });

  it('is quiet after the ACK of a refusal and over after timer I', () => {
    const { clock, log, respond, receive } = run(serverInvite, 'INVITE');
    respond(486);
    receive('ACK');
    receive('ACK');
    receive('INVITE');
    clock.advance(40_000);
    expect(log).toEqual(['0 486', '5000 over']);
  });

  it('leaves repetition of a 2xx to its user, absorbs INVITEs and passes an ACK on (RFC 6026)', () => {
    const { clock, log, respond, receive } = run(serverInvite, 'INVITE');
    respond(200);
    receive('INVITE');
    clock.advance(500);
    respond(200);
    receive('ACK');
    respond(486);
    clock.advance(40_000);
    expect(log).toEqual(['0 200', '500 200', '500 pass ACK', '32000 over']);
  });
});

describe('server of other methods (RFC 3261 §17.2.2)', () => {
  it.each([
    [false, ['0 100', '0 100', '0 200', '0 200', '32000 over']],
    [true, ['0 100', '0 100', '0 200', '0 200', '0 over']],
  ])('repeats its last response to a repeated request (reliable: %s)', (reliable, expected) => {
    const { clock, log, respond, receive } = run(serverRequest, 'BYE', reliable);
    receive('BYE');
    respond(100);
    receive('BYE');
    respond(200);
    receive('BYE');
    respond(500);
    clock.advance(40_000);
    expect(log).toEqual(expected);
  });
});

describe('every machine', () => {
  const machines: [string, (reliable: boolean) => ReturnType<typeof run>][] = [
    ['INVITE client', (reliable) => run(clientInvite, 'INVITE', reliable)],
    ['request client', (reliable) => run(clientRequest, 'BYE', reliable)],
    ['INVITE server', (reliable) => run(serverInvite, 'INVITE', reliable)],
    ['request server', (reliable) => run(serverRequest, 'BYE', reliable)],
  ];
  const input = fc.oneof(
    fc.constantFrom('INVITE', 'ACK', 'BYE', 'fail').map((name) => ({ name, status: 0, wait: 0 })),
    fc.constantFrom(100, 180, 200, 202, 404, 486, 603).map((status) => ({ name: '', status, wait: 0 })),
    fc.nat(40_000).map((wait) => ({ name: '', status: 0, wait })),
  );

  it.each(machines)('%s: whatever comes, it ends at most once, is silent afterwards and leaves no timer', (_name, make) => {
    let ended = 0;
    fc.assert(
      fc.property(fc.array(input, { maxLength: 30 }), fc.boolean(), (inputs, reliable) => {
        const { clock, log, respond, receive, running } = make(reliable);
        for (const { name, status, wait } of inputs) {
          if (name === 'fail') running.input({ kind: 'transport-failed' });
          else if (name !== '') receive(name);
          else if (status > 0) respond(status);
          else clock.advance(wait);
        }
        const overs = log.filter((line) => line.endsWith(' over')).length;
        ended += overs;
        expect(overs).toBeLessThanOrEqual(1);
        if (overs === 0) return;
        // Behind the end only the word to the user may stand, and it comes at once.
        const tail = log.slice(log.findIndex((line) => line.endsWith(' over')) + 1);
        expect(tail.length <= 1 && tail.every((line) => line.includes('fail'))).toBe(true);
        expect(clock.pending).toBe(0);
        // A final outcome is told once; further 2xx of an INVITE are its exception.
        const outcomes = log.filter((line) => /pass [3-6]|fail/.test(line));
        expect(outcomes.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
    expect(ended).toBeGreaterThan(50);
  });
});
