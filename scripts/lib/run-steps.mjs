// Runs the steps of a test run and counts them. Plain Node without dependencies.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './install.mjs';

/** Runs a program in a process group of its own; ends the whole group when it takes longer than `minutes`. */
export function runProgram([program, ...args], { env = {}, minutes = 10 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', detached: true, env: { ...process.env, ...env } });
    const endGroup = (signal) => {
      try {
        process.kill(-child.pid, signal);
      } catch {
        // the group is gone already
      }
    };
    const onSignal = (signal) => endGroup(signal);
    process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      endGroup('SIGKILL');
    }, minutes * 60_000);
    child.on('error', (error) => resolve(`cannot run ${program}: ${error.message}`));
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
      endGroup('SIGKILL');
      resolve(late ? `took longer than ${minutes} min` : code === 0 ? undefined : `ended with ${signal ?? code}`);
    });
  });
}

export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;
  #notes = [];

  /** A check that is no vitest test counts as one. `work` returns why it failed, or undefined. */
  async check(title, work) {
    const started = performance.now();
    console.log(`\n── ${title}`);
    let problem;
    try {
      problem = await work();
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    if (problem === undefined) this.passed += 1;
    else this.fail(title, problem);
    console.log(`   ${title}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return problem === undefined;
  }

  /** Adds what another tally counted. */
  take(other) {
    this.passed += other.passed;
    this.failed += other.failed;
    this.skipped += other.skipped;
    this.#notes.push(...other.#notes);
  }

  fail(title, problem) {
    this.failed += 1;
    this.#notes.push(`FAILED ${title}: ${problem}`);
    console.error(`FAILED ${title}: ${problem}`);
  }

  /** A vitest run: its own counts, and one failure more for a crash, a time-out or a run without any test. */
  async vitest(title, node, args, options) {
    const totals = path.join(root, '.cache', `totals-${process.pid}.json`);
    fs.mkdirSync(path.dirname(totals), { recursive: true });
    fs.rmSync(totals, { force: true });
    const started = performance.now();
    console.log(`\n── ${title}`);
    const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
    const problem = await runProgram([node, vitest, 'run', ...args], { ...options, env: { ...options?.env, THREERINGS_TOTALS: totals } });
    const counts = fs.existsSync(totals) ? JSON.parse(fs.readFileSync(totals, 'utf8')) : undefined;
    fs.rmSync(totals, { force: true });
    if (!counts) this.fail(title, problem ?? 'left no totals');
    else {
      this.passed += counts.passed;
      this.failed += counts.failed;
      this.skipped += counts.skipped;
      if (counts.passed + counts.failed === 0) this.fail(title, 'ran no test');
      else if (problem && counts.failed === 0) this.fail(title, problem);
      else if (counts.failed > 0) this.#notes.push([`FAILED ${title}: ${counts.failed} tests`, ...counts.failures].join('\n  '));
    }
    console.log(`   ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }

  /** The last line of the run; sets the exit code. */
  close() {
    if (this.#notes.length > 0) console.log(`\n${this.#notes.join('\n')}`);
    if (this.passed + this.failed === 0) this.fail('the run', 'did nothing');
    console.log(`\n${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`);
    process.exitCode = this.failed === 0 ? 0 : 1;
  }
}
