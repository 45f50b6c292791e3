import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Checkpoint } from './rejudge.ts';

const counts = z.object({ kept: z.number(), broken: z.number(), unknown: z.number(), moot: z.number() });
const standing = z.enum(['kept', 'broken', 'unknown', 'moot', 'none']);
const change = z.object({
  norm: z.string(),
  unit: z.string(),
  from: standing,
  to: standing,
  count: z.number(),
  examples: z.array(z.string()),
});

/** A run that can be continued belongs to exactly these norms and this span. */
const identity = z.object({
  pack: z.string(),
  version: z.number(),
  hash: z.string(),
  since: z.number().optional(),
  until: z.number().optional(),
});
export type RunIdentity = z.infer<typeof identity>;

const state = z.object({
  format: z.literal(1),
  of: identity,
  checkpoint: z.object({
    after: z.object({ startedAt: z.number(), interaction: z.string() }).optional(),
    report: z.object({
      calls: z.number(),
      changedCalls: z.number(),
      norms: z.record(z.string(), z.object({ before: counts, after: counts })),
      changes: z.record(z.string(), change),
    }),
  }),
});

export type StateRead =
  | { readonly kind: 'found'; readonly of: RunIdentity; readonly checkpoint: Checkpoint }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable' };

/** Half-written never: the new file takes the place of the old one when it is whole. */
export function saveState(file: string, of: RunIdentity, checkpoint: Checkpoint): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const fresh = `${file}.new`;
  fs.writeFileSync(fresh, JSON.stringify({ format: 1, of, checkpoint }), { mode: 0o600 });
  fs.renameSync(fresh, file);
}

export function readState(file: string): StateRead {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch {
    return { kind: 'none' };
  }
  try {
    const { of, checkpoint } = state.parse(JSON.parse(text));
    return { kind: 'found', of, checkpoint: { after: checkpoint.after, report: checkpoint.report } };
  } catch {
    return { kind: 'unreadable' };
  }
}

export function isSameRun(one: RunIdentity, other: RunIdentity): boolean {
  const told = ({ pack, version, hash, since, until }: RunIdentity) => JSON.stringify([pack, version, hash, since ?? null, until ?? null]);
  return told(one) === told(other);
}

export function dropState(file: string): void {
  fs.rmSync(file, { force: true });
}
