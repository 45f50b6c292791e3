import { createHash } from 'node:crypto';
import { flagNumbers } from '@threerings/norms/flags';
import type { Revision, Verdict } from '@threerings/norms/trace';
import type { AppendRequest, Origin } from '../store/append-request.ts';
import type { Judged } from './call-watch.ts';
import { writeVerdicts } from './verdicts-read-model.ts';

/** What appends verdicts to the observance stream of their interaction, and writes their rows in the same transaction. */
export function verdictRequest(interaction: string, origin: Origin, { settled, revised }: Judged): AppendRequest {
  const settledEvents = settled.map((verdict) => ({
    id: eventId(interaction, 'settled', verdict),
    type: 'verdict.settled',
    occurredAt: verdict.at,
    fields: {
      norm: verdict.norm,
      key: verdict.key,
      value: verdict.value,
      verdict: JSON.stringify(verdict),
      flags: flagNumbers.map(String),
    },
  }));
  const revisedEvents = revised.map((revision) => ({
    id: eventId(interaction, 'revised', revision),
    type: 'verdict.revised',
    occurredAt: (revision.to ?? revision.from)?.at ?? 0,
    fields: {
      norm: revision.norm,
      key: revision.key,
      cause: revision.cause,
      revision: JSON.stringify(revision),
      flags: flagNumbers.map(String),
    },
  }));
  return {
    stream: `observance-${interaction}`,
    interaction,
    recorder: 'plain',
    origin,
    events: [...settledEvents, ...revisedEvents],
    within: (tx) => writeVerdicts(tx, interaction, settled, revised),
  };
}

/** The same judgement has the same id, so that a restart that judges again appends nothing twice. */
function eventId(interaction: string, kind: string, what: Verdict | Revision): string {
  return `${kind}-${createHash('sha256')
    .update(JSON.stringify([interaction, what]))
    .digest('hex')
    .slice(0, 48)}`;
}
