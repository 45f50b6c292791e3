import { command, exit } from '../cli/command.ts';
import { yesNo } from '../config/kinds.ts';
import { option } from '../config/option.ts';
import { versions } from './versions.ts';

export const aboutCommand = command({
  name: 'about',
  summary: 'lists the versions of all parts, the event table and the migrations',
  options: { json: option(yesNo, { help: 'as one JSON object', fallback: false }) },
  takesSettings: false,
  async run({ options, terminal }) {
    const found = versions();
    if (options.json) terminal.print(JSON.stringify(Object.fromEntries(found.map(({ part, version }) => [part, version]))));
    else {
      const width = Math.max(...found.map(({ part }) => part.length));
      for (const { part, version } of found) terminal.print(`${part.padEnd(width)}  ${version}`);
    }
    return { exit: exit.done };
  },
});
