import type { ImportForm, ImportReport } from '@threerings/core/wire/imports';
import { mattersHouse, mattersOpen } from '@threerings/testkit/matters';
import { testDatabase } from '@threerings/testkit/test-database';
import { word, wordFile } from '@threerings/testkit/word-file';
import { expect, test } from 'vitest';
import { readStoredPlan } from '../../hotline-plan/plan-read-model.ts';
import { withOwnDays } from '../../norm-packs/calendar-file.ts';
import { readDirectory, readOwnDays } from './house-read-model.ts';
import { readDay } from './small-tables.ts';

const database = await testDatabase();
const { db } = database;
const { shell, parts, matters, settled } = await mattersHouse(database);

type Role = Parameters<typeof shell.cookieOf>[0];

async function send(who: Role, kind: string, table: string | Buffer, apply?: string, file = 'table.csv') {
  const { cookie, csrf } = await shell.cookieOf(who);
  const query = new URLSearchParams({ file, ...(apply === undefined ? {} : { apply }) });
  const answer = await shell.app.inject({
    method: 'POST',
    url: `/api/imports/${kind}?${query}`,
    headers: { host: 'localhost:8080', origin: shell.origin, cookie, 'x-csrf-token': csrf, 'content-type': 'application/octet-stream' },
    payload: Buffer.from(table),
  });
  await settled();
  return { status: answer.statusCode, body: answer.json() as ImportReport & { refused?: string } };
}

/** Looks, then applies what was looked at. */
async function bringIn(who: Role, kind: string, table: string | Buffer, file?: string): Promise<ImportReport> {
  const looked = await send(who, kind, table, undefined, file);
  expect(looked.body.faults).toEqual([]);
  expect(looked.body.applied).toBe(false);
  const done = await send(who, kind, table, looked.body.digest, file);
  expect([done.status, done.body.applied]).toEqual([200, true]);
  return done.body;
}

test('people come in from GB18030, change in place, and the same table again changes nothing', async () => {
  const gb = Buffer.concat([
    Buffer.from('b9a4bac52cd0d5c3fb2cb2bfc3c50a', 'hex'), // 工号,姓名,部门
    Buffer.from('0501,', 'latin1'),
    Buffer.from('cdf5', 'hex'), // 王
    Buffer.from(',centre\n', 'latin1'),
  ]);
  const first = await bringIn('administrator', 'agents', gb);
  expect(first).toMatchObject({ counts: { fresh: 1, changed: 0, same: 0 }, notes: [{ zh: expect.stringContaining('密码') }] });
  expect(await shell.people.person('0501')).toMatchObject({ name: '王', login: '0501', roles: ['agent'], active: true });
  expect((await bringIn('administrator', 'agents', gb)).counts).toMatchObject({ fresh: 0, changed: 0, same: 1 });
  const moved = 'agent,name,unit,roles,skills,active\n0501,王,中心,班长、坐席,english:5,否\n';
  expect((await bringIn('administrator', 'agents', moved)).counts).toMatchObject({ changed: 1 });
  expect(await shell.people.person('0501')).toMatchObject({ roles: ['leader', 'agent'], skills: { english: 5 }, active: false });
  const signIn = { login: '0501', password: 'none' };
  expect((await shell.request('POST', '/api/session', { body: signIn })).status).toBe(401);
});

test('one wrong cell and nothing is written: each says where, what was expected and what to do', async () => {
  const table = [
    '工号,姓名,部门,角色,登录名,技能',
    '0601,甲,centre,坐席,,',
    '0602,乙,moon,国王,leader,english',
    '0601,丙,centre,,,',
    ',丁,centre,,,',
  ].join('\n');
  const looked = await send('administrator', 'agents', table);
  expect(looked.body.faults.map(({ line, column, head }) => [line, column, head])).toEqual([
    [3, 8, '部门'],
    [3, 13, '角色'],
    [3, 16, '登录名'],
    [3, 23, '技能'],
    [4, 1, '工号'],
    [5, 1, '工号'],
  ]);
  for (const { expected, remedy, found } of looked.body.faults)
    for (const said of [expected.zh, expected.en, remedy.zh, remedy.en, found]) expect(said).not.toBe('');
  expect(looked.body).toMatchObject({ counts: { fresh: 1, faulty: 3 }, notes: [] });
  expect(looked.body.faults[0]).toMatchObject({ line: 3, column: 8, found: '"moon"' });
  const forced = await send('administrator', 'agents', table, looked.body.digest);
  expect(forced.body.applied).toBe(false);
  expect(await shell.people.person('0601')).toBeUndefined();
  const headless = await send('administrator', 'agents', '姓名,部门\n甲,centre\n');
  expect(headless.body.faults).toMatchObject([{ line: 1, expected: { zh: '表头有“工号”一列' } }]);
  expect((await send('administrator', 'agents', 'x', undefined, 'people.pdf')).body.faults).toHaveLength(1);
});

test('the last administrator cannot be imported away, and what is applied is what was looked at', async () => {
  const last = await send('administrator', 'agents', '工号,姓名,部门,在岗\nadministrator,administrator,centre,否\n');
  expect(last.body.faults).toMatchObject([{ head: '角色', remedy: { zh: '至少保留一名在岗的管理员' } }]);
  const table = '号码,队列\n12333,nowhere\n';
  expect((await send('operations', 'numbers', table)).body.faults).toMatchObject([{ line: 2, column: 7, head: '队列' }]);
  const good = '名称,号码\n市社保局,0571-8888\n';
  const other = await send('operations', 'directory', good, 'a'.repeat(64));
  expect([other.status, other.body.refused]).toEqual([409, 'import.other-file']);
});

test('each kind is imported only by who may change it by hand', async () => {
  expect((await send('operations', 'agents', '工号,姓名,部门\n')).body.refused).toBe('import.not-allowed');
  expect((await send('administrator', 'tickets', '单号,类型,标题,责任人\n')).body.refused).toBe('import.not-allowed');
  expect((await send('leader', 'directory', '')).status).toBe(403);
  const forms = await shell.request('GET', '/api/imports', { as: await shell.cookieOf('operations') });
  expect((forms.body as ImportForm[]).filter(({ allowed }) => allowed).map(({ kind }) => kind)).toEqual([
    'numbers',
    'holidays',
    'directory',
    'knowledge',
    'tickets',
    'promises',
    'blocklist',
  ]);
});

test('numbers go into the plan, holidays into the calendar, the directory into its table', async () => {
  const queue = parts.floor.hotline.plan.queues[0];
  await bringIn('operations', 'numbers', `被叫号码\t队列\n12333\t${queue?.name.zh}\n`, 'numbers.tsv');
  expect((await readStoredPlan(db))?.numbers).toEqual({ 12333: queue?.queue });

  const days = '日期,类型,名称\n2027-01-01,休,元旦\n2027/1/3,班,\n2026-10-01,休,国庆\n';
  expect((await bringIn('operations', 'holidays', days)).counts).toMatchObject({ fresh: 2, same: 1 });
  const calendar = withOwnDays(matters.norms.calendar, await readOwnDays(db));
  expect(calendar.published).toEqual([2026, 2027]);
  expect([calendar.table.days['2027-01-01'], calendar.table.days['2027-01-03']]).toEqual(['holiday', 'workday']);
  expect([readDay('2027年2月9日'), readDay('2027-02-30'), readDay('9/2/2027'), readDay('2027-01-01 00:00:00')]).toEqual([
    '2027-02-09',
    undefined,
    undefined,
    '2027-01-01',
  ]);

  await bringIn('operations', 'directory', '名称,部门,号码,受理范围\n市医保中心,医保局,0571 8888 0001,门诊报销\n');
  expect((await bringIn('operations', 'directory', '名称,部门,号码\n市医保中心,医保局,0571 8888 0001\n')).counts).toMatchObject({
    changed: 1,
  });
  expect(await readDirectory(db)).toMatchObject([{ entry: '057188880001', scope: null }]);
});

test('open tickets and promises stand in the ledger once, however often they are imported', async () => {
  const tickets =
    '工单号,类型,标题,责任人,承办部门,办结时限\nOLD-0001,投诉,失业金未发,agent,中心,2026-10-10\nOLD-0002,咨询,缴费基数,agent,,\n';
  expect((await bringIn('operations', 'tickets', tickets)).counts).toMatchObject({ fresh: 2 });
  expect((await bringIn('operations', 'tickets', tickets)).counts).toMatchObject({ fresh: 0, same: 2 });
  const row = await db.selectFrom('tickets').selectAll().where('ticket', '=', 'OLD-0001').executeTakeFirst();
  expect(row).toMatchObject({ stage: 'dispatched', department: 'centre', owner: 'agent', due_at: Date.parse('2026-10-10T17:30:00+08:00') });
  expect(parts.promises.open('agent').map(({ ticket }) => ticket)).toContain('OLD-0001');

  const promises = '编号,种类,责任人,到期时间,事由,电话\nP-000001,回电,agent,2026-09-30 15:00,社保卡进度,13800138000\n';
  await bringIn('operations', 'promises', promises);
  expect((await bringIn('operations', 'promises', promises)).counts).toMatchObject({ fresh: 0, same: 1 });
  expect(parts.promises.find('P-000001')).toMatchObject({ kind: 'callback', dueAt: mattersOpen + 5 * 3_600_000, about: '社保卡进度' });
  const wrong =
    '编号,种类,责任人,到期时间\nP-000002,回电,nobody,2026-09-30 15:00\nP-000003,回电,agent,2020-01-01 10:00\nx,留言,agent,2026-10-01\n';
  const { faults } = (await send('operations', 'promises', wrong)).body;
  expect(faults.map(({ line, head }) => [line, head])).toEqual([
    [2, '责任人'],
    [3, '到期时间'],
    [4, '编号'],
    [4, '到期时间'],
  ]);
});

test('knowledge comes in from a Word file, one draft a heading, and the same file again changes nothing', async () => {
  const card = [
    word.paragraph('关键词：社保卡、补办'),
    word.paragraph('有效期至：2027-12-31'),
    word.paragraph('带', word.run('身份证', true), '办理。'),
  ];
  const handbook = (last: string) =>
    wordFile([
      word.heading('经办手册', 'Title'),
      ...[word.heading('社保卡补办'), ...card, word.heading('办理步骤', 'heading2'), word.item('取号', true), word.item('填表', true)],
      ...[word.heading('失业金申领'), word.paragraph(last)],
    ]);
  const first = await bringIn('leader', 'knowledge', handbook('<w:r><w:t>&lt;script&gt;线上申领&lt;/script&gt;</w:t></w:r>'), 'a.docx');
  expect(first).toMatchObject({
    counts: { fresh: 2 },
    notes: [{ zh: expect.stringContaining('1 段') }, { zh: expect.stringContaining('草稿') }],
  });
  const rows = () => db.selectFrom('knowledge_versions').selectAll().orderBy('title').execute();
  expect(await rows()).toMatchObject([
    { title: '失业金申领', body: '<script>线上申领</script>', state: 'draft', version: 1, author: 'leader' },
    {
      title: '社保卡补办',
      keywords: ['社保卡', '补办'],
      body: '带**身份证**办理。\n\n## 办理步骤\n\n1. 取号\n2. 填表',
      valid_until: Date.parse('2028-01-01T00:00:00+08:00'),
    },
  ]);
  const again = await bringIn('leader', 'knowledge', handbook('线上申领，次月到账。'), 'a.docx');
  expect(again.counts).toMatchObject({ fresh: 0, changed: 1, same: 1 });
  expect(await rows()).toHaveLength(2);
  const bare = await send('leader', 'knowledge', wordFile([word.paragraph('没有标题')]), undefined, 'a.docx');
  expect(bare.body.faults).toMatchObject([
    { expected: { zh: expect.stringContaining('标题 1') }, remedy: { zh: expect.stringContaining('docx') } },
  ]);
  expect((await send('leader', 'agents', wordFile([]), undefined, 'a.docx')).body.refused).toBe('import.not-allowed');
});

test('knowledge comes in from a GB18030 table; a reply needs its end, a queue must be there, an entry in review stays as it is', async () => {
  const gb18030 = Buffer.from('b1eacce22cd5fdcec40ac9e7b1a32cb4f00a', 'hex'); // 标题,正文 / 社保,答
  expect((await bringIn('leader', 'knowledge', gb18030)).counts).toMatchObject({ fresh: 1 });
  expect((await bringIn('leader', 'knowledge', gb18030)).counts).toMatchObject({ fresh: 0, same: 1 });
  await db.updateTable('knowledge_versions').set({ state: 'in-review' }).where('title', '=', '社保').execute();
  const wrong = [
    '编号,标题,正文,类型,适用队列',
    ',社保,改了,,',
    'r1,问候,{姓名}您好,快捷回复,',
    ',社保卡,x,,nowhere',
    'no way,新,y,,',
  ].join('\n');
  const { faults } = (await send('leader', 'knowledge', wrong)).body;
  expect(faults.map(({ line, head }) => [line, head])).toEqual([
    [2, '标题'],
    [3, '有效期至'],
    [4, '适用队列'],
    [5, '编号'],
  ]);
  expect(faults[0]?.remedy.zh).toContain('复核');
});
