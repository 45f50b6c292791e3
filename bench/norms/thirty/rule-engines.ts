import { judge } from '@threerings/norms/judge';
import type { TraceEvent } from '@threerings/norms/trace';
import { Engine, type RuleProperties } from 'json-rules-engine';
import { quantile } from '../../lib/figures.ts';
import { type ZenDecision, zenEngine } from '../../lib/zen-engine.ts';
import { onlyForbidden } from '../programs.ts';
import { thirtyDay } from './day.ts';
import { duties, words } from './norms.ts';

/** A forbidden phrase that was heard: norm and event. */
type Finding = string;
type Find = (events: readonly TraceEvent[]) => Promise<Finding[]>;

/** Those of the thirty that one event decides. Rule engines see one set of facts and know no window of time: the other twenty cannot be said in them. */
const forbidden = Object.entries(duties).flatMap(([norm, duty]) => (duty.kind === 'forbidden' ? [{ norm, of: words[duty.words] }] : []));

const factsOf = ({ by, text }: TraceEvent) => ({ by: by ?? '', text: text ?? '' });
const spoken = ({ text }: TraceEvent) => text !== undefined;

function jsonRules(): Find {
  const engine = new Engine();
  engine.addOperator<string, string>('has', (text, word) => text.includes(word));
  for (const { norm, of } of forbidden) {
    const any = of.map((value) => ({ fact: 'text', operator: 'has', value }));
    const conditions: RuleProperties['conditions'] = { all: [{ fact: 'by', operator: 'equal', value: 'agent' }, { any }] };
    engine.addRule({ conditions, event: { type: norm } });
  }
  return async (events) => {
    const found: Finding[] = [];
    for (const event of events.filter(spoken)) {
      const result = await engine.run(factsOf(event));
      for (const { type } of result.events) found.push(`${type} ${event.id}`);
    }
    return found;
  };
}

/** One decision table whose rows all count, as the engine's own editor would make it. */
function zenTable() {
  const rules = forbidden.map(({ norm, of }, i) => ({
    _id: `r${i}`,
    by: `'agent'`,
    text: of.map((word) => `contains($, '${word}')`).join(' or '),
    norm: `'${norm}'`,
  }));
  const field = (id: string) => ({ id, name: id, field: id, type: 'expression' });
  return {
    contentType: 'application/vnd.gorules.decision',
    nodes: [
      { id: 'in', type: 'inputNode', name: 'in' },
      {
        id: 'table',
        type: 'decisionTableNode',
        name: 'table',
        content: { hitPolicy: 'collect', inputs: [field('by'), field('text')], outputs: [field('norm')], rules },
      },
      { id: 'out', type: 'outputNode', name: 'out' },
    ],
    edges: [
      { id: 'e1', type: 'edge', sourceId: 'in', targetId: 'table' },
      { id: 'e2', type: 'edge', sourceId: 'table', targetId: 'out' },
    ],
  };
}

function zen(decision: ZenDecision): Find {
  return async (events) => {
    const found: Finding[] = [];
    for (const event of events.filter(spoken)) {
      const { result } = (await decision.evaluate(factsOf(event))) as { result: readonly { norm: string }[] };
      for (const { norm } of result) found.push(`${norm} ${event.id}`);
    }
    return found;
  };
}

/** The ten forbidden phrases in two rule engines and here, utterances a second of CPU of the whole process. Refuses to go on where they find otherwise. */
export async function measureRuleEngines(count: number, passes = 5) {
  const { program } = onlyForbidden();
  const calls = thirtyDay(count);
  const { ZenEngine } = zenEngine();
  const engine = new ZenEngine();
  const ours: Find = async (events) => judge(program, events).map(({ norm, key }) => `${norm} ${key}`);
  const ways = { ours, jsonRulesEngine: jsonRules(), zenEngine: zen(engine.createDecision(zenTable())) };
  const spent = new Map(Object.keys(ways).map((name) => [name, [] as number[]]));
  let findings = 0;
  for (const { events } of calls) {
    const expected = (await ours(events)).sort();
    findings += expected.length;
    for (const [name, find] of Object.entries(ways)) {
      const found = (await find(events)).sort();
      if (found.join() !== expected.join()) throw new Error(`${name} finds otherwise: ${found.join()} and not ${expected.join()}`);
    }
  }
  if (findings === 0) throw new Error('nothing forbidden is said in these calls');
  for (let pass = 0; pass < passes; pass++) {
    for (const [name, find] of Object.entries(ways)) {
      const begin = process.cpuUsage();
      for (const { events } of calls) await find(events);
      const { user, system } = process.cpuUsage(begin);
      spent.get(name)?.push((user + system) / 1_000_000);
    }
  }
  engine.dispose();
  const utterances = calls.reduce((sum, call) => sum + call.utterances, 0);
  const perSecond = Array.from(spent, ([name, seconds]) => [name, Math.round(utterances / quantile(seconds, 0.5))]);
  return { norms: forbidden.length, utterances, findings, perSecond: Object.fromEntries(perSecond) as Record<keyof typeof ways, number> };
}
