import pino from 'pino';
import { aboutCommand } from './about/about-command.ts';
import { adminCommands, type WithHouse } from './cli/admin-commands.ts';
import { chatChannelCommands } from './cli/chat-channel-commands.ts';
import type { Ended, RegisteredCommand } from './cli/command.ts';
import { flowCommands } from './cli/flow-commands.ts';
import { hotlineCommands } from './cli/hotline-commands.ts';
import { importCommands } from './cli/import-commands.ts';
import type { WithStore } from './cli/import-commands-calls.ts';
import { knowledgeCommands } from './cli/knowledge-commands.ts';
import { modelCommands } from './cli/model-commands.ts';
import { normCommands } from './cli/norm-commands.ts';
import { storedNormCommands } from './cli/norm-commands-stored.ts';
import { phraseCommands } from './cli/phrase-commands.ts';
import { rejudgeCommand } from './cli/rejudge-command.ts';
import { runCli } from './cli/run-cli.ts';
import { serverCommands } from './cli/server-commands.ts';
import { simulateCommand } from './cli/simulate-commands.ts';
import { type Openers, storeCommands } from './cli/store-commands.ts';
import { everythingWritten, mindClosedReaders, processTerminal } from './cli/terminal.ts';
import { trainingCommands } from './cli/training-commands.ts';
import { flowBookOf } from './composition/call-flows.ts';
import { hotlinePart } from './composition/hotline-part.ts';
import { packsFolder } from './composition/norms-in-force.ts';
import { openServer, openStore } from './composition/open-store.ts';
import type { MakePart } from './composition/product-part.ts';
import { runServer } from './composition/run-server.ts';
import { stopSignals } from './composition/stop-signals.ts';
import type { Config } from './config.ts';
import { auditInDatabase } from './people/audit-read-model.ts';
import { peopleInDatabase } from './people/people-read-model.ts';
import { Services } from './services.ts';

/** The parts of the product, in the order in which they start. The shell below them is `http/shell.ts`. */
const parts: readonly MakePart[] = [hotlinePart];

/** Runs one command line to its end and returns the exit code. `npm start` is `start-demo`. */
export async function main(args: readonly string[]): Promise<number> {
  mindClosedReaders();
  const code = await runCli(args, commands, processTerminal);
  await everythingWritten();
  return code;
}

async function withServices(config: Config, work: (services: Services) => Promise<Ended>): Promise<Ended> {
  const services = new Services(pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true })));
  try {
    return await work(services);
  } finally {
    await services.stop();
  }
}

const openers: Openers = {
  withDatabase: (config, work) => withServices(config, async (services) => work(await openStore(services, config, 'share'))),
  withEmptyServer: (config, work) => withServices(config, async (services) => work((await openServer(services, config, 'own')).url)),
};

const withHouse: WithHouse = (config, work) =>
  openers.withDatabase(config, ({ db }) => work({ people: peopleInDatabase(db), audit: auditInDatabase(db) }));

/** Ctrl-C lets the command finish what it is at. */
const withStore: WithStore = (config, work) =>
  withServices(config, async (services) => {
    const { db, url, masterKey } = await openStore(services, config, 'share');
    const signals = stopSignals();
    let stopped = false;
    void signals.requested.then(() => {
      stopped = true;
    });
    try {
      return await work({ db, url, masterKey, stopped: () => stopped });
    } finally {
      signals.dispose();
    }
  });

/** Every command of `threerings`. */
export const commands: readonly RegisteredCommand[] = [
  ...serverCommands((form, config, terminal) => runServer(form, config, terminal, parts)),
  ...adminCommands(withHouse),
  ...hotlineCommands((config, work) =>
    openers.withDatabase(config, ({ db }) => work({ db, people: peopleInDatabase(db), audit: auditInDatabase(db) })),
  ),
  ...flowCommands((config, work) =>
    openers.withDatabase(config, ({ db }) => work(flowBookOf({ form: 'serve', config, db, audit: auditInDatabase(db), now: Date.now }))),
  ),
  ...storeCommands(openers),
  simulateCommand,
  ...normCommands(packsFolder),
  ...storedNormCommands((config, work) => openers.withDatabase(config, ({ db }) => work({ db, audit: auditInDatabase(db) })), packsFolder),
  ...phraseCommands(packsFolder),
  ...trainingCommands(packsFolder),
  ...knowledgeCommands(),
  ...importCommands(withStore, packsFolder),
  rejudgeCommand(withStore, packsFolder),
  ...modelCommands(),
  ...chatChannelCommands(),
  aboutCommand,
];
