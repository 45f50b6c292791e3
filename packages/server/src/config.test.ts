import { expect, test } from 'vitest';
import { helpOf } from './config/read-options.ts';
import { readConfig, settings, settingsMarkdown } from './config.ts';

const read = (given: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) =>
  readConfig(new Map(Object.entries(given)), env);
const refusal = (...of: Parameters<typeof read>) => {
  const result = read(...of);
  return result.ok ? 'accepted' : result.message;
};

test('without flags and variables every default holds', () => {
  expect(read({})).toMatchObject({ ok: true, value: { host: '127.0.0.1', port: 8080, sipPort: 5060, grace: 30_000, public: false } });
});

test('the command line wins over the environment, and an empty variable counts as absent', () => {
  expect(read({ '--port': '81' }, { THREERINGS_PORT: '82' })).toMatchObject({ value: { port: 81 } });
  expect(read({}, { THREERINGS_PORT: '82' })).toMatchObject({ value: { port: 82 } });
  expect(read({}, { THREERINGS_PORT: '' })).toMatchObject({ value: { port: 8080 } });
});

test('a refusal names the option where it stood, what was expected and what was found', () => {
  expect(refusal({ '--port': 'eighty' })).toBe('--port: expected a port from 0 to 65535 (0 = any free one), found "eighty"');
  expect(refusal({}, { THREERINGS_PORT: '70000' })).toMatch(/^THREERINGS_PORT: expected .* found "70000"$/);
  expect(refusal({ '--rtp-ports': '5000-4000' })).toMatch(/^--rtp-ports: expected two ports/);
  expect(refusal({ '--grace': '11m' })).toMatch(/from 0s to 600s, found "11m"$/);
  expect(refusal({ '--names': 'ok.example,bad name' })).toMatch(/^--names: expected up to 32 host names/);
});

test('a refused database address is not repeated: it may hold a password', () => {
  expect(refusal({}, { DATABASE_URL: 'mysql://root:secret@db/x' })).toBe(
    'DATABASE_URL: expected postgres://user:password@host:port/database',
  );
});

test('control characters never reach the line that refuses them', () => {
  expect(refusal({ '--hotline-name': 'a\n\u001b[31mb' })).toBe('--hotline-name: expected 1–80 characters, found "a\u{fffd}\u{fffd}[31mb"');
});

test('a certificate without its key is refused by naming the missing option', () => {
  expect(refusal({ '--tls-cert': 'a.pem' })).toMatch(/^--tls-key: expected beside --tls-cert/);
  expect(refusal({ '--tls-key': 'a.pem' })).toMatch(/^--tls-cert: expected beside --tls-key/);
  expect(refusal({ '--tls-cert': 'a.pem', '--tls-key': 'a.key', '--tls': 'own' })).toMatch(/^--tls: expected auto/);
});

test('registering at a carrier needs to know where and as whom', () => {
  const carrier = { '--trunk-proxy': 'sip:carrier.example', '--trunk-user': '12333' };
  expect(refusal({ '--trunk-register': 'true', ...carrier })).toMatch(/^--trunk-password: expected beside --trunk-register/);
  expect(refusal({ '--trunk-register': 'true', ...carrier }, { THREERINGS_TRUNK_PASSWORD: 'x' })).toBe('accepted');
  expect(refusal({ '--trunk-proxy': 'carrier.example' })).toMatch(/^--trunk-proxy: expected a SIP URI/);
  expect(refusal({}, { THREERINGS_TRUNK_PASSWORD: 'secret'.repeat(40) })).not.toContain('secret');
});

test('the guide and the help hold every setting', () => {
  const markdown = settingsMarkdown();
  const help = helpOf(settings).join('\n');
  for (const of of Object.values(settings)) {
    expect(markdown).toContain(`\`${of.env}\``);
    expect(help).toContain(`[${of.env}`);
  }
  expect(markdown.trimEnd().split('\n')).toHaveLength(Object.keys(settings).length + 2);
});

test('the engine on Asterisk is refused by naming what is missing beside it, and its password is repeated nowhere', () => {
  const enough = {
    ...{ '--voice': 'asterisk', '--asterisk-url': 'http://127.0.0.1:8088', '--asterisk-sounds': '/srv/sounds', '--sip-port': '5066' },
    '--asterisk-password-file': '/etc/ari',
  };
  const without = (name: string) => Object.fromEntries(Object.entries(enough).filter(([flag]) => flag !== name));
  expect(refusal(enough)).toBe('accepted');
  for (const name of ['--asterisk-url', '--asterisk-sounds', '--asterisk-password-file'])
    expect(refusal(without(name))).toMatch(new RegExp(`^${name}: expected beside --voice asterisk`));
  expect(refusal(without('--asterisk-password-file'), { THREERINGS_ASTERISK_PASSWORD: 'secret' })).toBe('accepted');
  expect(refusal(enough, { THREERINGS_ASTERISK_PASSWORD: 'secret' })).toMatch(/^--asterisk-password-file: .*either/);
  expect(refusal(enough, { THREERINGS_ASTERISK_PASSWORD: 'x'.repeat(129) })).not.toContain('xx');
  expect(refusal({ ...enough, '--sip-port': '0' })).toMatch(/^--sip-port: /);
  expect(refusal({ ...enough, '--sip-host': '0.0.0.0' })).toMatch(/^--sip-public-address: /);
  expect(refusal({ ...enough, '--trunk-proxy': 'sip:carrier.example' })).toMatch(/^--trunk-proxy: found beside --voice asterisk/);
  expect(refusal({ ...enough, '--asterisk-dial': 'PJSIP/trunk' })).toMatch(/^--asterisk-dial: expected a dial string/);
});
