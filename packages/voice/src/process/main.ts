/** The voice process: `node main.js <settings.json>`. Started by the supervisor; ends when it has no calls and no controller. */

import { readFileSync } from 'node:fs';
import { openUserAgent } from '../sip/open.ts';
import type { Note, UserAgentHandlers } from '../sip/user-agent.ts';
import { connectionOpener } from '../webrtc/connection.ts';
import { LogBudget } from './log-budget.ts';
import type { SipSettings, VoiceSettings } from './settings.ts';
import { VoiceProcess } from './voice-process.ts';

const EXIT_SETTINGS = 2;
const EXIT_CANNOT_START = 3;
const EXIT_BUG = 70;

const budget = new LogBudget(() => performance.now());

function log(what: string, more: Readonly<Record<string, unknown>> = {}): void {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), what, ...more })}\n`);
}

/** Anybody who can send us a packet can make us log: only so much of it is kept. */
function logBounded(what: string, more: Readonly<Record<string, unknown>>): void {
  const leftOut = budget.spend();
  if (leftOut !== undefined) log(what, leftOut === 0 ? more : { ...more, leftOutBefore: leftOut });
}

function bug(error: unknown): void {
  logBounded('bug', { error: error instanceof Error ? error.stack : String(error) });
}

function readSettings(file: string | undefined): VoiceSettings | undefined {
  try {
    return JSON.parse(readFileSync(file ?? '', 'utf8')) as VoiceSettings;
  } catch (error) {
    log('cannot read the settings file given as the only argument', { error: String(error) });
    return undefined;
  }
}

async function run(): Promise<void> {
  const settings = readSettings(process.argv[2]);
  if (settings === undefined) process.exit(EXIT_SETTINGS);
  const { sip } = settings;
  const voice = new VoiceProcess(settings, {
    openConnection: connectionOpener(settings.webrtc, bug),
    bug,
    note: (note) => logBounded('telephony', { note }),
    ...(sip === undefined ? {} : { openAgent: (handlers) => openAgent(sip, handlers) }),
    ended(cause) {
      log('ended', { cause });
      // Not by running out of work: the native library keeps its threads, and taking it down crashes.
      process.exit(0);
    },
  });
  process.on('SIGTERM', () => void voice.end('shutdown'));
  process.on('SIGINT', () => void voice.end('shutdown'));
  // The parent's terminal is none of ours: its hang-up must not end calls.
  process.on('SIGHUP', () => {});
  const problem = await voice.start(settings.socket);
  if (problem !== undefined) {
    log(problem);
    process.exit(EXIT_CANNOT_START);
  }
  log('started', { pid: process.pid, ...(voice.sip === undefined ? {} : { sip: voice.sip }) });
}

function openAgent({ address, port, announced, phones }: SipSettings, handlers: UserAgentHandlers) {
  const arrived = handlers.arrived.bind(handlers);
  const advertised = announced === undefined ? {} : { advertised: announced };
  return openUserAgent({ address, port, ...advertised, ...(phones === undefined ? {} : { phones }) }, { arrived, note });
}

function note(event: Note): void {
  if (event.kind === 'bug') bug(event.error);
  else logBounded('sip', { note: event });
}

for (const kind of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(kind, (error) => {
    log('fatal', { error: error instanceof Error ? error.stack : String(error) });
    process.exit(EXIT_BUG);
  });

await run();
