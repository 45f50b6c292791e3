import { type Refusal, refuse } from '../errors/refusal.ts';
import type { ChatAct } from '../wire/chat.ts';
import { typosAmong, type WordsCheck } from '../words/words-check.ts';
import type { WordsChecked } from './chat-inputs.ts';

type Send = Extract<ChatAct, { readonly kind: 'send' }>;

/** What becomes of a message before it goes out. `noted` is written down first; `outcome` is what is carried out, or why nothing is. */
export interface BeforeSending {
  readonly noted?: WordsChecked | undefined;
  readonly outcome: Send | Refusal;
}

/**
 * A message whose words were found wanting goes out only when who writes it says so (`despite`), with a reason where the pack wants one:
 * `chat.words-found`; or not at all: `chat.words-stopped`. Either is written down. Wrong characters are counted here, whatever the page
 * says: a norm goes by it. Without `check` nobody looks.
 */
export function beforeSending(send: Send, check: WordsCheck | undefined): BeforeSending {
  if (check === undefined) return { outcome: send };
  const findings = check(send.text);
  const counted = { ...send, typos: typosAmong(findings) };
  const [gravest] = findings;
  if (gravest === undefined) return { outcome: counted };
  const { interaction, message, despite } = send;
  const reason = despite?.trim();
  const facts = { found: gravest.found, title: gravest.title.zh };
  if (gravest.level !== 'stop' && (reason === undefined || (gravest.level === 'reason' && reason === '')))
    return { outcome: refuse('chat.words-found', facts) };
  const became = gravest.level === 'stop' ? 'stopped' : 'sent';
  const codes = [...new Set(findings.map(({ code }) => code))];
  const noted: WordsChecked = { kind: 'words-checked', interaction, message, findings: codes, outcome: became, reason };
  return { noted, outcome: became === 'stopped' ? refuse('chat.words-stopped', facts) : counted };
}
