import { choice, hosts, text, yesNo } from './kinds.ts';
import type { Kind } from './option.ts';
import { option } from './option.ts';

const sipUri: Kind<string> = {
  expects: 'a SIP URI such as sip:sip.carrier.example or sip:192.0.2.1:5080;transport=tcp',
  placeholder: 'URI',
  parse: (found) => (/^sip:[A-Za-z0-9.[\]:-]{1,253}(;transport=(udp|tcp))?$/i.test(found) ? found : undefined),
};

/** The line to the telephone network. */
export const trunkSettings = {
  trunkAddresses: option(hosts, {
    env: 'THREERINGS_TRUNK_ADDRESSES',
    help: 'addresses from which calls are taken; other callers are refused (403)',
    fallback: [],
    shown: 'any, on loopback; beyond loopback it must be given',
  }),
  trunkEarlyMedia: option(yesNo, {
    env: 'THREERINGS_TRUNK_EARLY_MEDIA',
    help: 'callers hear notice and queue before their line is answered (183), which an agent does; ask the carrier how long it may last',
    fallback: false,
  }),
  trunkProxy: option(sipUri, { env: 'THREERINGS_TRUNK_PROXY', help: 'the carrier, for registering there', fallback: undefined }),
  trunkRegister: option(yesNo, {
    env: 'THREERINGS_TRUNK_REGISTER',
    help: 'keeps this server registered at --trunk-proxy as --trunk-user',
    fallback: false,
  }),
  trunkUser: option(text(64), { env: 'THREERINGS_TRUNK_USER', help: 'name that the carrier knows this server by', fallback: undefined }),
  trunkPassword: option(text(128), {
    env: 'THREERINGS_TRUNK_PASSWORD',
    help: 'password of --trunk-user; better in the environment than on the command line',
    fallback: undefined,
    secret: true,
  }),
  trunkIdentity: option(choice('from', 'asserted'), {
    env: 'THREERINGS_TRUNK_IDENTITY',
    help: 'where the number of a caller is read: from = From; asserted = P-Asserted-Identity where the carrier sends it (RFC 3325)',
    fallback: 'from',
  }),
  trunkNumbers: option(choice('as-is', 'national'), {
    env: 'THREERINGS_TRUNK_NUMBERS',
    help: 'national = +86 20 … is told as 020 …, +86 138 … as 138 …; as-is = as the carrier writes them',
    fallback: 'as-is',
  }),
} as const;
