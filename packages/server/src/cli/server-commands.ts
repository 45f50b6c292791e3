import type { Config } from '../config.ts';
import { command, type Ended, type RegisteredCommand, type Terminal } from './command.ts';

/** @param run starts the server in a form and settles when it has stopped */
export function serverCommands(
  run: (form: 'demo' | 'serve', config: Config, terminal: Terminal) => Promise<Ended>,
): readonly RegisteredCommand[] {
  return [
    command({
      name: 'serve',
      summary: 'runs the hotline: no demo accounts, HTTPS beyond this machine, never as root',
      options: {},
      takesSettings: true,
      run: ({ config, terminal }) => run('serve', config, terminal),
    }),
    command({
      name: 'start-demo',
      summary: 'runs a demo hotline that only this machine can reach (npm start)',
      options: {},
      takesSettings: true,
      run: ({ config, terminal }) => run('demo', config, terminal),
    }),
  ];
}
