import { type CheckedFlow, checkFlow, type FlowHouse } from '@threerings/core/call-flow/check';
import { type FlowProblem, formatFlowProblem } from '@threerings/core/call-flow/problems';
import type { LiveFlow } from '@threerings/core/hotline/in-flow';
import { plainPlan, readStoredPlan } from '../hotline-plan/plan-read-model.ts';
import type { Audit } from '../people/people-store.ts';
import { recordedPrompts } from '../prompts/prompt-rows.ts';
import type { Database } from '../store/database.ts';
import { addFlowDraft, type FlowVersion, flowVersions, putFlowLive, saveFlowDraft, withdrawFlow } from './flow-rows.ts';

export interface FlowBookParts {
  readonly db: Database;
  readonly audit: Audit;
  readonly lookupHosts: readonly string[];
  /** prompts that lie in files: placed by hand, or delivered */
  filedPrompts(): readonly string[];
  readonly now: () => number;
}

export type FlowRefusal =
  | { readonly refused: 'call-flow.unknown' | 'call-flow.conflict' | 'call-flow.not-live' }
  | { readonly refused: 'call-flow.does-not-check'; readonly count: number; readonly first: string }
  | { readonly refused: 'call-flow.other-name'; readonly expected: string }
  | { readonly refused: 'call-flow.number-taken'; readonly flow: string; readonly number: string };

interface Named {
  readonly flow: string;
  readonly version: number;
}

const none = 'flow-';

/** The call flows of a hotline: drafts, and the one version of each that takes calls. Nothing that does not check goes live. */
export class FlowBook {
  readonly #parts: FlowBookParts;

  constructor(parts: FlowBookParts) {
    this.#parts = parts;
  }

  list(): Promise<FlowVersion[]> {
    return flowVersions(this.#parts.db);
  }

  async find({ flow, version }: Named): Promise<FlowVersion | undefined> {
    return (await flowVersions(this.#parts.db, { flow })).find((one) => one.version === version);
  }

  /** What a text is checked against. */
  async house(): Promise<FlowHouse> {
    const { db, lookupHosts, filedPrompts } = this.#parts;
    const plan = (await readStoredPlan(db)) ?? plainPlan;
    const recorded = [...(await recordedPrompts(db)), ...filedPrompts()];
    const prompts = recorded.filter((prompt) => prompt.startsWith(none)).map((prompt) => prompt.slice(none.length));
    return {
      queues: plan.queues.map(({ queue }) => queue),
      prompts: new Set(prompts),
      voicemail: plan.voicemail !== undefined,
      lookupHosts,
    };
  }

  /** A draft after the last version of this flow. */
  async draft(flow: string, text: string, by: string): Promise<number | FlowRefusal> {
    const at = this.#parts.now();
    const version = await addFlowDraft(this.#parts.db, { flow, text, author: by, at });
    if (version === undefined) return { refused: 'call-flow.conflict' };
    await this.#audited('call-flow.drafted', by, { flow, version });
    return version;
  }

  /** A draft may be saved with mistakes in it: they keep it from going live. */
  async save(of: Named & { readonly revision: number }, text: string, by: string): Promise<number | FlowRefusal> {
    if ((await this.find(of)) === undefined) return { refused: 'call-flow.unknown' };
    const { flow } = checkFlow(text);
    if (flow.name !== '' && flow.name !== of.flow) return { refused: 'call-flow.other-name', expected: of.flow };
    if (!(await saveFlowDraft(this.#parts.db, of, { text, author: by, at: this.#parts.now() }))) return { refused: 'call-flow.conflict' };
    await this.#audited('call-flow.saved', by, of);
    return of.revision + 1;
  }

  /** From now on calls begin in this version; calls in progress finish in theirs. An earlier version may be put back. */
  async publish(of: Named, by: string): Promise<FlowRefusal | undefined> {
    const stored = await this.find(of);
    if (stored === undefined) return { refused: 'call-flow.unknown' };
    const checked = checkFlow(stored.text, await this.house());
    const refused = brokenBy(checked) ?? (await this.#taken(checked, of.flow));
    if (refused !== undefined) return refused;
    if (checked.flow.name !== of.flow) return { refused: 'call-flow.other-name', expected: of.flow };
    const live = await putFlowLive(this.#parts.db, stored, { by, at: this.#parts.now() });
    if (!live) return { refused: 'call-flow.conflict' };
    await this.#audited('call-flow.published', by, of);
    return undefined;
  }

  /** Callers come straight to a person again. */
  async withdraw(flow: string, by: string): Promise<FlowRefusal | undefined> {
    if (!(await withdrawFlow(this.#parts.db, flow))) return { refused: 'call-flow.not-live' };
    await this.#audited('call-flow.withdrawn', by, { flow });
    return undefined;
  }

  /** Each dialled number, and all others together, have one flow at most. */
  async #taken({ flow: { numbers } }: CheckedFlow, flow: string): Promise<FlowRefusal | undefined> {
    for (const live of await liveFlows(this.#parts.db)) {
      if (live.flow.name === flow) continue;
      const both = live.flow.numbers.find((number) => numbers.includes(number));
      const general = numbers.length === 0 && live.flow.numbers.length === 0;
      if (general || both !== undefined) return { refused: 'call-flow.number-taken', flow: live.flow.name, number: both ?? '*' };
    }
    return undefined;
  }

  #audited(action: string, actor: string, { flow, version }: { readonly flow: string; readonly version?: number }): Promise<void> {
    const about = version === undefined ? flow : `${flow}@${version}`;
    return this.#parts.audit.record({ at: this.#parts.now(), action, actor, about });
  }
}

function brokenBy({ sound, problems }: CheckedFlow): FlowRefusal | undefined {
  const errors = problems.filter(({ severity }) => severity === 'error');
  return sound ? undefined : { refused: 'call-flow.does-not-check', count: errors.length, first: lineOf(errors[0]) };
}

const lineOf = (problem: FlowProblem | undefined) => (problem === undefined ? '' : formatFlowProblem(problem, '', 'zh').slice(1));

/** The flows that take calls, read anew; one that this release cannot read takes none: its callers come straight to a person. */
export async function liveFlows(db: Database): Promise<LiveFlow[]> {
  return (await flowVersions(db, { live: true })).flatMap(({ text, version }) => {
    const { flow, sound } = checkFlow(text);
    return sound ? [{ flow, version }] : [];
  });
}
