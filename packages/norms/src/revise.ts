import type { Revision, Verdict } from './trace.ts';

/**
 * What a late fact, or another version of the pack, changed: one revision per duty whose value, instant, reason, missing parts or
 * person differ, with both verdicts. `cause` is the id of the late event, or `pack:<name>@<version>`.
 */
export function revise(old: readonly Verdict[], fresh: readonly Verdict[], cause: string): Revision[] {
  const before = new Map(old.map((verdict) => [idOf(verdict), verdict]));
  const after = new Map(fresh.map((verdict) => [idOf(verdict), verdict]));
  const revisions: Revision[] = [];
  for (const [id, to] of after) {
    const from = before.get(id);
    if (from === undefined || substance(from) !== substance(to)) revisions.push({ norm: to.norm, key: to.key, from, to, cause });
  }
  for (const [id, from] of before) if (!after.has(id)) revisions.push({ norm: from.norm, key: from.key, from, cause });
  return revisions;
}

const idOf = (verdict: Verdict) => JSON.stringify([verdict.norm, verdict.key]);

/** What people would call the judgement; witnesses may differ without it being another one. */
function substance({ value, at, reason, missing, who }: Verdict): string {
  return JSON.stringify([value, at, reason ?? null, missing ?? null, who ?? null]);
}
