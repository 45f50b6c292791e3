import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { judge } from '@threerings/norms/judge';
import { startPostgres } from '@threerings/server/store/embedded-postgres';
import pg from 'pg';
import { cpuMsOf } from '../../lib/cpu.ts';
import { quantile } from '../../lib/figures.ts';
import { onlyThirty } from '../programs.ts';
import { thirtyDay } from './day.ts';
import { judgeInSql, statement, storeEvents } from './in-sql.ts';

/**
 * The thirty norms as one statement on the embedded PostgreSQL, its settings as they ship, events stored and analysed before: CPU of the
 * process that answers, and wall time until the rows are here. Refuses to go on where its rows are not our verdicts.
 */
export async function measureSql(count: number, passes = 5) {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'tr-bench-'));
  const server = await startPostgres({ directory });
  const client = new pg.Client({ connectionString: server.url });
  try {
    await client.connect();
    // one process answers, so that its CPU can be read
    await client.query('set max_parallel_workers_per_gather = 0');
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() pid');
    const pid = rows[0]?.pid ?? 0;
    const calls = thirtyDay(count);
    await storeEvents(
      client,
      calls.map(({ events }) => events),
    );
    const sql = statement();
    same(calls, await judgeInSql(client, sql));
    const cpu: number[] = [];
    const wall: number[] = [];
    for (let pass = 0; pass < passes; pass++) {
      const [cpuBegin, begin] = [cpuMsOf(pid), performance.now()];
      await client.query(sql);
      cpu.push(cpuMsOf(pid) - cpuBegin);
      wall.push(performance.now() - begin);
    }
    const utterances = calls.reduce((sum, call) => sum + call.utterances, 0);
    const rate = (ms: number) => Math.round((1000 * utterances) / ms);
    return { perSecondOfCpu: rate(quantile(cpu, 0.5)), perSecondOfWall: rate(quantile(wall, 0.5)) };
  } finally {
    await client.end();
    await server.stop();
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

function same(calls: ReturnType<typeof thirtyDay>, stored: Awaited<ReturnType<typeof judgeInSql>>): void {
  const { program } = onlyThirty();
  const theirs = new Set(stored.map(({ call, norm, key, value, at }) => `${call} ${at} ${norm} ${key} ${value}`));
  const ours = calls.flatMap(({ events }, call) =>
    judge(program, events).map(({ norm, key, value, at }) => `${call} ${at} ${norm} ${key} ${value}`),
  );
  const odd = ours.find((one) => !theirs.has(one)) ?? [...theirs].find((one) => !ours.includes(one));
  if (odd !== undefined || ours.length !== stored.length)
    throw new Error(`SQL judges otherwise: ${ours.length} verdicts, ${stored.length} rows, for example ${odd}`);
}
