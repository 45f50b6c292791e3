import { emptyBoard } from '@threerings/core/board/state';
import { decidePromise } from '@threerings/core/promises/lifecycle';
import { noPromise } from '@threerings/core/promises/state';
import { testDatabase } from '@threerings/testkit/test-database';
import { expect, test, vi } from 'vitest';
import { LiveBoard } from '../board/live-board.ts';
import { systemClock } from '../clock.ts';
import { answerOf, forgetAnswers, rememberAnswers } from '../store/answered-commands.ts';
import { EventStore } from '../store/event-store.ts';
import { projectPromises } from '../store/promise-rows.ts';
import { openProposals, projectProposals } from '../store/proposal-rows.ts';
import { Vault } from '../store/vault.ts';
import { actionRequests } from './norm-actions.ts';
import { ProposalDesk } from './proposal-desk.ts';

const { db } = await testDatabase();
const touched: string[] = [];
const events = new EventStore({
  db,
  vault: new Vault(Buffer.alloc(32, 1)),
  now: () => 10_000,
  projectors: [projectPromises, projectProposals],
  committed: (committed) => {
    desk.take(committed);
    for (const event of committed) if (event.stream.startsWith('alert-')) board.notice(event);
  },
});
const desk = new ProposalDesk({
  store: events,
  card: () => ({ title: { zh: '口头承诺入账', en: 'enter spoken promises' }, cites: ['S3-31'] }),
  now: () => 10_000,
  changed: (agent) => touched.push(agent),
  onError: (error) => expect.unreachable(String(error)),
});
const plan = { queues: [], staff: [], norms: [], zoneOffsetMs: 0, serviceLevelMs: 0, shortAbandonMs: 0, countReplays: false };
const board = new LiveBoard({ clock: { ...systemClock, now: () => 9000 }, plan, originOf: () => 'live', changed: () => {} });

const span = undefined as never;
const broken = {
  norm: 'n1',
  pack: 'p',
  packVersion: 1,
  anchor: 1,
  value: 'broken',
  who: '0217',
  at: 8000,
  cites: [],
  witnesses: [],
  nature: 'finding',
} as const;
const wanted = (key: string) =>
  actionRequests('i1', [{ ...broken, key }], () => ({
    title: '口头承诺入账',
    severity: 'major',
    actions: [
      { kind: 'propose', on: 'broken', what: 'promise', message: '刚才许了回电，请登记时限', span },
      { kind: 'alert', on: 'broken', to: 'leader', span },
    ],
  }));

test('a proposal lies on the desk until a promise is made of it; told twice it lies there once', async () => {
  await events.appendTogether(wanted('k1'));
  await events.appendTogether(wanted('k1'));
  const [proposal] = desk.open('0217');
  expect(desk.open('0217')).toMatchObject([{ what: 'promise', title: { zh: '口头承诺入账' }, cites: ['S3-31'], interaction: 'i1' }]);
  const make = {
    kind: 'make',
    what: 'callback',
    promise: 'p1',
    due: 99_000,
    owner: '0217',
    at: 9500,
    proposal: proposal?.proposal,
    agent: '0217',
  } as const;
  const made = decidePromise(make, noPromise);
  if ('refused' in made) throw new Error(made.refused);
  await events.append({ stream: 'promise-p1', events: made });
  await vi.waitFor(() => expect(desk.open('0217')).toEqual([]));
  await events.drained();
  expect(await db.selectFrom('proposals').selectAll().execute()).toMatchObject([{ state: 'confirmed', settled_by: '0217' }]);
  expect(touched).toContain('0217');
});

test('a restarted process finds what is open; a declined one is gone, and needs its reason', async () => {
  await events.appendTogether(wanted('k2'));
  const restarted = new ProposalDesk({
    store: events,
    card: () => ({ title: { zh: '', en: '' }, cites: [] }),
    now: () => 0,
    changed: () => {},
    onError: () => {},
  });
  restarted.restore(await openProposals(db, 10));
  const [open] = restarted.open('0217', 'leader');
  expect(open).toMatchObject({ message: '刚才许了回电，请登记时限' });
  const decline = (reason: string) =>
    desk.settle({ kind: 'decline', proposal: open?.proposal ?? '', agent: '0217', by: 'agent', reason, at: 9600 });
  expect(await decline(' ')).toMatchObject({ refused: 'proposal.no-reason' });
  expect(await decline('听错了，没有许诺')).toBe('stored');
  expect(await openProposals(db, 10)).toEqual([]);
});

test('an alert stands on the board once and says who acknowledged it first', async () => {
  const [alert] = board.view('zh').alerts.slice(-1);
  expect(board.view('zh').alerts).toHaveLength(2);
  expect(alert).toMatchObject({ to: 'leader', norm: 'n1', severity: 'warn', agent: '0217' });
  const acknowledge = (agent: string) =>
    events.append({
      stream: `alert-${alert?.alert}`,
      events: [
        {
          id: `acknowledged-${alert?.alert}`,
          type: 'alert.acknowledged',
          by: 'leader',
          occurredAt: 9700,
          fields: { alert: alert?.alert ?? '', agent },
        },
      ],
    });
  await acknowledge('0103');
  await acknowledge('0104');
  expect(board.view('zh').alerts.at(-1)).toMatchObject({ acknowledgedBy: '0103' });
  expect(emptyBoard(plan, 0).alerts).toEqual([]);
  board.stop();
});

test('a desk command that was answered before a crash finds its answer; one that was never carried out finds none', async () => {
  const request = {
    stream: 'presence-0217',
    events: [{ type: 'presence.changed', occurredAt: 1, fields: { agent: '0217', state: 'ready' } }],
  };
  const answered = [{ command: 'c1', agent: '0217', answer: { ok: true } as const }];
  const answer = await events.appendTogether(rememberAnswers([request], answered, 10_000));
  expect(Array.isArray(answer), JSON.stringify(answer)).toBe(true);
  expect(await answerOf(db, '0217', 'c1')).toEqual({ ok: true });
  expect(await answerOf(db, '0209', 'c1')).toBeUndefined();
  const refused = { ...request, events: [{ type: 'nothing', occurredAt: 1, fields: {} }] };
  await events.appendTogether(rememberAnswers([refused], [{ command: 'c2', agent: '0217', answer: { ok: true } }], 10_000));
  expect(await answerOf(db, '0217', 'c2')).toBeUndefined();
  await forgetAnswers(db, 10_000 + 25 * 3_600_000);
  expect(await answerOf(db, '0217', 'c1')).toBeUndefined();
});
