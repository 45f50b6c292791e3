import { readFile } from 'node:fs/promises';
import { checkFlow } from '@threerings/core/call-flow/check';
import { formatFlowProblem } from '@threerings/core/call-flow/problems';
import type { FlowBook, FlowRefusal } from '../call-flows/flow-book.ts';
import { yesNo } from '../config/kinds.ts';
import { option } from '../config/option.ts';
import type { Config } from '../config.ts';
import { command, type Ended, exit, type RegisteredCommand } from './command.ts';

/** Opens the database beside a running server, or alone, and closes it when `work` has settled. */
export type WithFlows = (config: Config, work: (book: FlowBook) => Promise<Ended>) => Promise<Ended>;

const file = { name: 'FILE', help: 'the text of a call flow', required: true } as const;
const byCommandLine = 'command-line';

/** What callers hear before a person answers. A running server follows within seconds; calls in progress finish as they began. */
export function flowCommands(withFlows: WithFlows): readonly RegisteredCommand[] {
  return [checkCommand, putCommand(withFlows), showCommand(withFlows), withdrawCommand(withFlows)];
}

const checkCommand = command({
  name: 'flow check',
  summary: 'checks the text of a call flow and changes nothing; what depends on the hotline is checked by flow put',
  options: {},
  operands: [file],
  takesSettings: false,
  async run({ operands: [path = ''], terminal }) {
    const text = await textOf(path);
    if ('exit' in text) return text;
    const { flow, problems, sound } = checkFlow(text.text);
    const lines = problems.map((problem) => formatFlowProblem(problem, path, 'en'));
    if (!sound) return { exit: exit.no, message: lines.join('\n') };
    for (const line of lines) terminal.note(line);
    terminal.print(`${path}: ${flow.name}, ${flow.steps.length} steps`);
    return { exit: exit.done };
  },
});

function putCommand(withFlows: WithFlows): RegisteredCommand {
  return command({
    name: 'flow put',
    summary: 'keeps a call flow as its next version; with --publish it takes the calls that come from then on',
    options: { publish: option(yesNo, { help: 'put it in force', fallback: false }) },
    operands: [file],
    takesSettings: true,
    async run({ options: { publish }, operands: [path = ''], config, terminal }) {
      const text = await textOf(path);
      if ('exit' in text) return text;
      const { flow, problems } = checkFlow(text.text);
      if (flow.name === '') return { exit: exit.no, message: problems.map((problem) => formatFlowProblem(problem, path, 'en')).join('\n') };
      return withFlows(config, async (book) => {
        const version = await book.draft(flow.name, text.text, byCommandLine);
        if (typeof version !== 'number') return refused(version);
        terminal.print(`${flow.name} ${version}: draft`);
        if (!publish) return { exit: exit.done };
        const { problems: found, sound } = checkFlow(text.text, await book.house());
        if (!sound) return { exit: exit.no, message: found.map((problem) => formatFlowProblem(problem, path, 'en')).join('\n') };
        const answer = await book.publish({ flow: flow.name, version }, byCommandLine);
        if (answer !== undefined) return refused(answer);
        terminal.print(`${flow.name} ${version}: live`);
        return { exit: exit.done };
      });
    },
  });
}

function showCommand(withFlows: WithFlows): RegisteredCommand {
  return command({
    name: 'flow show',
    summary: 'lists the versions of all call flows, or prints the text of one: that which takes calls, else the newest',
    options: {},
    operands: [{ name: 'FLOW', help: 'the name of a flow', required: false }],
    takesSettings: true,
    run: ({ operands: [name], config, terminal }) =>
      withFlows(config, async (book) => {
        const all = await book.list();
        if (name === undefined) {
          for (const { flow, version, state, author } of all) terminal.print(`${flow} ${version}: ${state}, by ${author}`);
          if (all.length === 0) terminal.note('no call flow: every caller comes straight to a person');
          return { exit: exit.done };
        }
        const own = all.filter(({ flow }) => flow === name);
        const shown = own.find(({ state }) => state === 'live') ?? own[0];
        if (shown === undefined) return { exit: exit.no, message: `there is no call flow ${name}` };
        terminal.print(shown.text.trimEnd());
        return { exit: exit.done };
      }),
  });
}

function withdrawCommand(withFlows: WithFlows): RegisteredCommand {
  return command({
    name: 'flow withdraw',
    summary: 'takes a call flow out of use: its callers come straight to a person',
    options: {},
    operands: [{ name: 'FLOW', help: 'the name of a flow', required: true }],
    takesSettings: true,
    run: ({ operands: [name = ''], config, terminal }) =>
      withFlows(config, async (book) => {
        const answer = await book.withdraw(name, byCommandLine);
        if (answer !== undefined) return refused(answer);
        terminal.print(`${name}: withdrawn`);
        return { exit: exit.done };
      }),
  });
}

const whyNot: Readonly<Record<FlowRefusal['refused'], string>> = {
  'call-flow.unknown': 'there is no such version',
  'call-flow.conflict': 'somebody else has just changed it: try again',
  'call-flow.not-live': 'it takes no calls',
  'call-flow.does-not-check': 'it does not check',
  'call-flow.other-name': 'the name of the flow is another',
  'call-flow.number-taken': 'another flow takes these calls: withdraw it, or name other numbers under “for”',
};

function refused(answer: FlowRefusal): Ended {
  const facts = Object.entries(answer).filter(([name]) => name !== 'refused');
  const told = facts.map(([name, value]) => `${name} ${value}`).join(', ');
  return { exit: exit.no, message: `${whyNot[answer.refused]}${told === '' ? '' : ` (${told})`}` };
}

async function textOf(path: string): Promise<Ended | { readonly text: string }> {
  try {
    return { text: await readFile(path, 'utf8') };
  } catch (error) {
    return {
      exit: exit.usage,
      message: `${path}: expected the text of a call flow: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
