import { readChannels } from '../composition/text-channel-settings.ts';
import { command, exit, type RegisteredCommand } from './command.ts';

/** Accounts at WeCom, WeChat and QQ. */
export function chatChannelCommands(): readonly RegisteredCommand[] {
  return [checkCommand()];
}

function checkCommand(): RegisteredCommand {
  return command({
    name: 'chat-channels check',
    summary: 'reads --chat-channels-file, names the callback paths, and asks each vendor for an access token',
    options: {},
    takesSettings: true,
    async run({ config, terminal }) {
      const { chatChannelsFile: path } = config;
      if (path === undefined) return { exit: exit.usage, message: '--chat-channels-file: expected the file with the accounts' };
      const read = readChannels(path, Date.now);
      if ('wrong' in read) return { exit: exit.usage, message: `--chat-channels-file: ${read.wrong}` };
      let known = true;
      for (const { id, vendor, queue } of read.channels) {
        const answer = await vendor.check();
        known &&= answer === 'ok';
        const found = answer === 'ok' ? 'ok' : `${answer.reason}: ${answer.detail}`;
        terminal.print(`${vendor.channel}\t/callback/${id}\t${queue ?? 'main queue'}\t${found}`);
      }
      return known ? { exit: exit.done } : { exit: exit.no, message: 'a vendor does not know this server: see the lines above' };
    },
  });
}
