import type { Database } from '../store/database.ts';
import type { ClaimedTimer } from '../store/timers.ts';
import type { Vault } from '../store/vault.ts';
import { findMessage, noteTry, type StoredFile } from './outbox-read-model.ts';
import type { Sender, SendFault } from './sender.ts';

export type Senders = Readonly<Partial<Record<'mail' | 'sms', Sender>>>;

/** After so many tries – about two hours – somebody must look at it. */
export const mostTries = 20;

/** Why a message did not go, as it is stored; `outboxFaults` says it to people. */
export type StoredFault = SendFault['fault'] | 'no-channel' | 'erased';

/** Thrown to put the timer back: the timers keep the back-off (1 s, 2 s, 4 s … 10 min). */
class TryAgain extends Error {
  override readonly name = 'TryAgain';
}

export interface OutboxParts {
  readonly db: Database;
  readonly vault: Vault;
  readonly senders: Senders;
  readonly now: () => number;
  /** a message was sent or given up */
  settled?(message: string): void;
}

/**
 * The handler of `outbox.send`. At least once: a crash between the gateway's answer and its note sends again, with the same id.
 * What was sent or given up already is passed over.
 */
export async function sendDue(
  { db, vault, senders, now, settled }: OutboxParts,
  { payload, attempt }: Pick<ClaimedTimer, 'payload' | 'attempt'>,
): Promise<void> {
  const message = String(payload['message']);
  const row = await findMessage(db, message);
  if (row?.state !== 'queued') return;
  const settle = async (state: 'sent' | 'dead', fault?: string) => {
    await noteTry(db, message, state, attempt, fault, now());
    settled?.(message);
  };
  const giveUp = (fault: string) => settle('dead', fault);
  const values = await vault.read(db, [row.address_ref, row.body_ref]);
  const [to, body] = [values.get(row.address_ref), values.get(row.body_ref)];
  if (to === undefined || body === undefined) return giveUp('erased');
  const sender = senders[row.channel];
  if (sender === undefined) return giveUp('no-channel');
  const { subject, text, file } = JSON.parse(body) as { subject?: string; text: string; file?: StoredFile };
  const along = file && { name: file.name, type: file.type, bytes: Buffer.from(file.base64, 'base64') };
  const answer = await sender.send({ message, to, subject, text, file: along });
  if (answer === 'sent') return settle('sent');
  const said = `${answer.fault}: ${answer.detail}`;
  if (answer.permanent || attempt >= mostTries) return giveUp(said);
  await noteTry(db, message, 'queued', attempt, said, now());
  throw new TryAgain(answer.fault);
}
