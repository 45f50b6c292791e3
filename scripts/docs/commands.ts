import { exit, type RegisteredCommand } from '@threerings/server/cli/command';
import { flagOf, isSwitch } from '@threerings/server/config/option';
import { defaultOf } from '@threerings/server/config/read-options';
import { commands } from '@threerings/server/main';
import { page, table } from './table.ts';

/** Every command with its operands and its own options. */
export function commandsPage(): string {
  return page('Commands', 'packages/server/src/main.ts', [
    'From a checkout: `npm run threerings -- <command>`. Commands marked * also take the flags and variables of [settings.md](settings.md).',
    `Exit codes: ${exit.done} done, ${exit.no} the answer is no, ${exit.usage} wrong usage or input, ${exit.failed} could not be done.`,
    '',
    table(
      ['command', 'does'],
      commands.map((of) => [`\`${of.name}\`${of.takesSettings ? ' *' : ''}`, of.summary]),
    ),
    '',
    ...commands.filter((of) => (of.operands ?? []).length + Object.keys(of.options).length > 0).flatMap(sectionOf),
  ]);
}

function sectionOf(of: RegisteredCommand): readonly string[] {
  const operands = of.operands ?? [];
  const words = operands.map((each) => `${each.required ? each.name : `[${each.name}]`}${each.many ? ' …' : ''}`);
  const options = Object.entries(of.options).map(([name, option]) => [
    `\`${isSwitch(option) ? flagOf(name) : `${flagOf(name)} ${option.kind.placeholder}`}\``,
    defaultOf(option) ?? '',
    `${option.help}; ${option.kind.expects}`,
  ]);
  return [
    `## ${of.name}`,
    '',
    `\`${['threerings', of.name, ...words].join(' ')}\``,
    '',
    ...operands.map((each) => `- **${each.name}** ${each.help}`),
    ...(operands.length > 0 ? [''] : []),
    ...(options.length > 0 ? [table(['option', 'default', 'meaning'], options), ''] : []),
  ];
}
