import { serviceUrl, text } from '../config/kinds.ts';
import { option } from '../config/option.ts';
import { installedModels, officialModels, pullModel, suggestedModels } from '../speech/models/pull-model.ts';
import { modelsFolder } from '../speech/recogniser-settings.ts';
import { command, exit, type RegisteredCommand } from './command.ts';

/** Models of speech recognition, for sites that want a transcript. */
export function modelCommands(): readonly RegisteredCommand[] {
  return [pullCommand(), listCommand()];
}

function pullCommand(): RegisteredCommand {
  return command({
    name: 'models pull',
    summary: 'gets a model of speech recognition and checks it; models list names some',
    options: {
      mirror: option(serviceUrl, {
        help: 'another address that serves the same files under the same names',
        fallback: officialModels,
        shown: 'the release page of sherpa-onnx',
      }),
      sha256: option(text(64), { help: 'SHA-256 of the archive', fallback: undefined, shown: 'as checksum.txt beside the archive says' }),
    },
    operands: [{ name: 'NAME', help: 'name of the archive without .tar.bz2', required: true }],
    takesSettings: true,
    async run({ options: { mirror, sha256 }, operands: [name = ''], config, terminal }) {
      const pulled = await pullModel({
        name,
        into: modelsFolder(config.data),
        mirror: mirror.replace(/\/+$/, ''),
        sha256,
        progress: (line) => terminal.note(line),
      });
      if ('problem' in pulled) return { exit: exit.failed, message: pulled.problem };
      terminal.print(`${pulled.folder} (${Math.round(pulled.bytes / 1e6)} MB, SHA-256 ${pulled.sha256})`);
      terminal.note('start the server with --recogniser sherpa to use it');
      return { exit: exit.done };
    },
  });
}

function listCommand(): RegisteredCommand {
  return command({
    name: 'models list',
    summary: 'names the models that are here, and some that could be',
    options: {},
    takesSettings: true,
    async run({ config, terminal }) {
      const folder = modelsFolder(config.data);
      for (const { name, problem } of installedModels(folder))
        terminal.print(`here  ${name}${problem === undefined ? '' : ` – ${problem}`}`);
      for (const { name, about } of suggestedModels) terminal.print(`      ${name} – ${about}`);
      return { exit: exit.done };
    },
  });
}
