import { hkdfSync } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Me } from '@threerings/core/wire/session';
import pino, { type Logger } from 'pino';
import { aboutFeature } from '../about/about-routes.ts';
import { type Ended, exit, type Terminal } from '../cli/command.ts';
import { sealFolder } from '../cli/store-commands.ts';
import { systemClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { demoHotline } from '../demo/demo-hotline.ts';
import { demoFeature } from '../demo/demo-routes.ts';
import { seedDemo } from '../demo/seed-demo.ts';
import { type Exposure, isWildcard } from '../http/exposure.ts';
import { openShell, type Shell } from '../http/shell.ts';
import { Services, StoppedWhileStarting } from '../services.ts';
import { keepSeals } from '../store/seal-keeper.ts';
import { StartRefused } from '../store/start-refused.ts';
import { openCertificate } from '../tls/certificate.ts';
import { openStore, type Store } from './open-store.ts';
import { exposureOf, requireFreePort } from './preflight.ts';
import type { MakePart, ProductPart } from './product-part.ts';
import { stopSignals } from './stop-signals.ts';

export type Form = 'demo' | 'serve';

/** The web build, beside this package in the repository: `src/composition` and `dist/composition` lie equally deep. */
const site = fileURLToPath(new URL('../../../web/dist/site/', import.meta.url));

/** Starts everything, serves until it is asked to stop, and stops everything. */
export async function runServer(form: Form, config: Config, terminal: Terminal, parts: readonly MakePart[]): Promise<Ended> {
  const log = pino({ level: config.logLevel, redact: ['url', 'password', '*.password'] }, pino.destination({ dest: 2, sync: true }));
  const services = new Services(log);
  const stop = stopSignals();
  // A signal during the start stops what has started; the start itself then ends with StoppedWhileStarting.
  void stop.requested.then(() => services.stop());
  try {
    const { address, store, shell } = await start(form, config, terminal, parts, services, log);
    void store.lost.then((what) => stop.request(`the database ended by itself (${what})`));
    await greet(form, address, store, shell, terminal);
    const why = await stop.requested;
    terminal.note(`stopping: ${why}`);
    const clean = await services.stop();
    return why.startsWith('SIG') && clean ? { exit: exit.done } : { exit: exit.failed, message: `stopped: ${why}` };
  } catch (error) {
    await services.stop();
    if (error instanceof StoppedWhileStarting) return { exit: exit.done };
    throw error;
  } finally {
    stop.dispose();
  }
}

async function start(form: Form, config: Config, terminal: Terminal, makers: readonly MakePart[], services: Services, log: Logger) {
  if (form === 'serve') refuseRoot();
  const hotline = hotlineOf(form, config);
  const exposure = await exposureOf(form, config);
  await requireFreePort(config.host, config.port, exposure.scheme);
  const store = await openStore(services, config, 'own');
  const now = systemClock.now;
  await services.start('seals', () => {
    const onError = (error: unknown) => log.error({ err: error }, 'seals not written');
    const value = keepSeals({ db: store.db, clock: systemClock, folder: sealFolder(config), onError });
    return { value, stop: () => value.stop() };
  });
  const certificate = await services.start('certificate', () => openCertificate(exposure, config, now, (line) => terminal.note(line)));

  const parts: ProductPart[] = [];
  const shell = await services.start('web', async () => {
    const value = await openShell({
      db: store.db,
      demo: form === 'demo',
      hotline,
      log,
      now,
      exposure,
      certificate: certificate.pair,
      site: fs.existsSync(path.join(site, 'index.html')) ? site : undefined,
      healthy: () => reachable(store),
      degraded: () => parts.flatMap((part) => part.degraded?.() ?? []),
      callerKey: Buffer.from(hkdfSync('sha256', store.masterKey, '', 'caller-token', 32)),
      features: (of) => {
        for (const make of makers) parts.push(make({ form, config, store, shell: of, log, now }));
        const own = form === 'demo' ? [demoFeature] : [];
        return [...own, aboutFeature, ...certificate.features, ...parts.flatMap((part) => part.features ?? [])];
      },
    });
    return { value, stop: () => value.close() };
  });
  certificate.renewed((pair) => shell.useCertificate(pair));
  if (form === 'demo') await services.start('demo data', async () => ({ value: await seedDemo(store.db, shell.people, now) }));
  for (const part of parts) await services.start(part.name, async () => ({ value: await part.start?.(), stop: async () => part.stop?.() }));
  const port = await services.start('port', async () => ({
    value: await shell.listen(config.host, config.port),
    stop: () => shell.stopListening(),
  }));
  return { address: addressOf(config.host, port, exposure), store, shell };
}

/** A server that faces a network must not be able to do what root can. The embedded database never runs as root either way. */
function refuseRoot(): void {
  if (process.getuid?.() === 0)
    throw new StartRefused('root.refused', 'serve does not run as root: start it as a user of its own (for systemd: User=threerings)');
}

function hotlineOf(form: Form, { hotlineName, hotlineNumber }: Config): Me['hotline'] {
  if (form === 'demo') return { ...demoHotline, name: hotlineName ?? demoHotline.name, number: hotlineNumber ?? demoHotline.number };
  for (const [option, value] of [
    ['--hotline-name', hotlineName],
    ['--hotline-number', hotlineNumber],
  ])
    if (value === undefined) throw new StartRefused('option.missing', `${option}: expected for serve; see threerings serve --help`);
  return { id: 'hotline', name: hotlineName ?? '', number: hotlineNumber ?? '' };
}

async function reachable({ db }: Store): Promise<boolean> {
  try {
    await db.selectFrom('settings').select('key').limit(1).execute();
    return true;
  } catch {
    return false;
  }
}

/** What a person on this machine, or behind a wildcard on another one, types. */
function nameToShow(host: string, hosts: readonly string[]): string {
  if (host === '127.0.0.1' || host === '::1') return 'localhost';
  return isWildcard(host) ? (hosts.find((each) => each !== '127.0.0.1' && each !== '::1') ?? host) : host;
}

function addressOf(host: string, port: number, { scheme, hosts, behindProxy }: Exposure): string {
  if (behindProxy) return `http://${host}:${port} (behind the proxy: https://${hosts[0]})`;
  const name = nameToShow(host, hosts);
  return `${scheme}://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

async function greet(form: Form, address: string, store: Store, shell: Shell, terminal: Terminal): Promise<void> {
  const since = `${(process.uptime()).toFixed(1)} s`;
  terminal.print(`ThreeRings ${form === 'demo' ? 'demo ' : ''}is ready at ${address} (database ${store.how}; up after ${since})`);
  if (form === 'demo') terminal.print('the sign-in page lists the demo accounts; Ctrl-C stops');
  else if ((await shell.people.people()).length === 0)
    terminal.note('nobody can sign in yet: run threerings admin create --login NAME beside this server');
}
