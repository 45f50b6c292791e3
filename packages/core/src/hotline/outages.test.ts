import { expect, it } from 'vitest';
import { onlyQueue } from '../routing/plan.ts';
import { shippedSettings } from '../settings/defaults.ts';
import { outageOfCall, promiseRestoration } from './outages.ts';
import { react } from './react.ts';
import { emptyHotline } from './state.ts';
import { Turn } from './turn.ts';

const calendar = { zone: [{ from: 0, offsetMs: 0 }], week: Array(7).fill([[0, 1440]]), days: {}, night: [0, 1] as const };
const world = { newId: () => 'id', hangUpWaitMs: 10_000, digest: (text: string) => text };
const notice = { outage: 'gas-east', title: '城东停气', areas: [], queues: [], numbers: ['12333'], announced: true, openedAt: 0 };

it('tells a caller of the outage of the number that was dialled, and promises once to tell when it is over', () => {
  let hotline = emptyHotline({ settings: shippedSettings, plan: onlyQueue('main'), calendar, staff: [], epoch: 1 });
  hotline = react(hotline, { kind: 'outages', outages: [notice], at: 1 }, world).hotline;
  for (const [interaction, called] of [
    ['c-1', '12333'],
    ['c-2', '96011'],
  ] as const)
    hotline = react(hotline, { kind: 'caller-arrived', interaction, channel: 'phone', called, at: 2 }, world).hotline;
  const turn = new Turn(hotline, world, 3);
  const [call, other] = [turn.call('c-1'), turn.call('c-2')];
  if (call === undefined || other === undefined) throw new Error('a call is missing');
  expect([outageOfCall(hotline, call), outageOfCall(hotline, other)]).toEqual([notice, undefined]);
  expect([promiseRestoration(turn, call, notice), promiseRestoration(turn, call, notice)]).toEqual([true, false]);
  expect(turn.planned).toMatchObject([
    {
      stream: 'promise-notify-gas-east-c-1',
      interaction: 'c-1',
      event: {
        type: 'promise.made',
        fields: { kind: 'notify', outage: 'gas-east', owner: 'leader', due: 3 + shippedSettings.outageOpenMs },
      },
    },
  ]);
});
