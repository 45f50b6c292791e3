import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isoDay, localDay, startOfDay } from '@threerings/core/promises/calendar';
import { lastPeriod, type ReportKind, reportKinds } from '@threerings/core/reports/period';
import { reportQuery } from '@threerings/core/wire/reports';
import type { Clock } from '../clock.ts';
import type { Person } from '../session/sessions.ts';
import type { ReportDesk } from './report-desk.ts';
import { reportSheet } from './report-sheet.ts';

export interface ReportFilesParts {
  readonly desk: ReportDesk;
  /** made when the first report is written */
  readonly folder: string;
  /** what is done with reports besides, after they were written */
  mail?(now: number): Promise<unknown>;
  onError(error: unknown): void;
}

/** Reports are ready at 08:30 of the local day. */
const readyMinute = 8 * 60 + 30;
const everyMs = 300_000;
/** The whole hotline, as operations see it. */
const everybody: Person = { agent: 'system', name: 'system', roles: ['operations'], unit: '' };

/** Where the report of the last day, week or month that was over at `now` stands, beginning with its first local day. */
export function fileOfReport(kind: ReportKind, now: number, zoneOffsetMs: number): { readonly name: string; readonly day: string } {
  const day = isoDay(localDay(lastPeriod(kind, now, zoneOffsetMs).from, zoneOffsetMs));
  return { name: `${kind}-${day}.xlsx`, day };
}

/** The reports of what was over at midnight are ready. */
export function isReady(now: number, zoneOffsetMs: number): boolean {
  return now >= startOfDay(localDay(now, zoneOffsetMs), zoneOffsetMs) + readyMinute * 60_000;
}

/** Writes the reports of the last day, week and month that are not there yet, each whole or not at all. Again is harmless. Says their names. */
export async function writeReportFiles({ desk, folder }: ReportFilesParts, now: number): Promise<string[]> {
  const { zoneOffsetMs } = desk.parts;
  if (!isReady(now, zoneOffsetMs)) return [];
  const written: string[] = [];
  for (const kind of reportKinds) {
    const { name, day } = fileOfReport(kind, now, zoneOffsetMs);
    const target = path.join(folder, name);
    if (existsSync(target)) continue;
    const report = await desk.make(everybody, reportQuery.parse({ kind, day, by: 'agent' }));
    if (typeof report === 'string') throw new Error(`the report of ${day} was refused: ${report}`);
    await writeWhole(target, await reportSheet(report, 'zh', zoneOffsetMs));
    written.push(name);
  }
  return written;
}

async function writeWhole(target: string, bytes: Buffer): Promise<void> {
  const draft = `${target}.${process.pid}.new`;
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
  try {
    await writeFile(draft, bytes, { mode: 0o600, flush: true });
    await rename(draft, target);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Looks every five minutes. Stopping waits for what is being written. */
export function runReportFiles(parts: ReportFilesParts, clock: Clock): { stop(): Promise<void> } {
  let stopped = false;
  let round: Promise<unknown> = Promise.resolve();
  let cancel = () => {};
  const later = () => {
    cancel = clock.at(clock.now() + everyMs, () => {
      round = writeReportFiles(parts, clock.now())
        .then(() => parts.mail?.(clock.now()))
        .catch((error: unknown) => parts.onError(error))
        .finally(() => stopped || later());
    });
  };
  later();
  return {
    stop: async () => {
      stopped = true;
      cancel();
      await round;
    },
  };
}
