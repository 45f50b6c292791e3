import { file, folder, serviceUrl, text } from './kinds.ts';
import type { Kind } from './option.ts';
import { option } from './option.ts';

const name: Kind<string> = {
  expects: '1–40 letters, digits, _ and -',
  placeholder: 'NAME',
  parse: (found) => (/^[A-Za-z0-9_-]{1,40}$/.test(found) ? found : undefined),
};

const dialString: Kind<string> = {
  expects: 'a dial string of Asterisk with {number} in it, such as PJSIP/{number}@trunk',
  placeholder: 'TEXT',
  parse: (found) => (/^[A-Za-z]+\/[\x21-\x7e]{1,200}$/.test(found) && found.includes('{number}') ? found : undefined),
};

/** The engine on Asterisk (docs/guides/asterisk-engine.md). */
export const asteriskSettings = {
  asteriskUrl: option(serviceUrl, {
    env: 'THREERINGS_ASTERISK_URL',
    help: 'where ARI of Asterisk 22 is served, such as http://127.0.0.1:8088; without /ari',
    fallback: undefined,
  }),
  asteriskUser: option(text(64), { env: 'THREERINGS_ASTERISK_USER', help: 'user in ari.conf', fallback: 'threerings' }),
  asteriskPassword: option(text(128), {
    env: 'THREERINGS_ASTERISK_PASSWORD',
    help: 'password of --asterisk-user; better in the environment or in a file than on the command line',
    fallback: undefined,
    secret: true,
  }),
  asteriskPasswordFile: option(file, {
    env: 'THREERINGS_ASTERISK_PASSWORD_FILE',
    help: 'file whose first line is that password',
    fallback: undefined,
  }),
  asteriskApp: option(name, {
    env: 'THREERINGS_ASTERISK_APP',
    help: 'the Stasis application; each hotline on one Asterisk has its own',
    fallback: 'threerings',
  }),
  asteriskEndpoint: option(name, {
    env: 'THREERINGS_ASTERISK_ENDPOINT',
    help: 'endpoint in pjsip.conf by which Asterisk calls this server at --sip-port',
    fallback: 'threerings',
  }),
  asteriskDial: option(dialString, {
    env: 'THREERINGS_ASTERISK_DIAL',
    help: 'how Asterisk calls a number',
    fallback: 'PJSIP/{number}@trunk',
  }),
  asteriskSounds: option(folder, {
    env: 'THREERINGS_ASTERISK_SOUNDS',
    help: 'folder that this server writes prompts to and Asterisk reads under the same name',
    fallback: undefined,
  }),
} as const;

interface Given {
  readonly voice: string;
  readonly asteriskUrl: string | undefined;
  readonly asteriskPassword: string | undefined;
  readonly asteriskPasswordFile: string | undefined;
  readonly asteriskSounds: string | undefined;
  readonly sipHost: string;
  readonly sipPublicAddress: string | undefined;
  readonly sipPort: number;
  readonly trunkProxy: string | undefined;
}

/** What is missing or too much beside `--voice asterisk`; one line that names the option. */
export function asteriskProblem(given: Given): string | undefined {
  if (given.voice !== 'asterisk') return undefined;
  const beside = 'expected beside --voice asterisk';
  if (given.asteriskUrl === undefined || !/^https?:/.test(given.asteriskUrl))
    return `--asterisk-url: ${beside}: where ARI is served, such as http://127.0.0.1:8088`;
  if ((given.asteriskPassword === undefined) === (given.asteriskPasswordFile === undefined))
    return `--asterisk-password-file: ${beside}: either this or THREERINGS_ASTERISK_PASSWORD`;
  if (given.asteriskSounds === undefined) return `--asterisk-sounds: ${beside}: a folder that Asterisk can read`;
  if (given.sipPort === 0) return `--sip-port: ${beside}: a port of its own, at which Asterisk calls the browsers`;
  if (given.sipPublicAddress === undefined && ['0.0.0.0', '::'].includes(given.sipHost))
    return `--sip-public-address: ${beside} and --sip-host ${given.sipHost}: the address at which Asterisk reaches this server`;
  if (given.trunkProxy !== undefined) return '--trunk-proxy: found beside --voice asterisk: the line is in pjsip.conf, see --asterisk-dial';
  return undefined;
}
