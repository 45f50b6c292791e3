// Asterisk 22 LTS beside the system, for tests and benches: node scripts/get-asterisk.mjs [FOLDER, default .cache/asterisk]
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { canUnpack, unpackDebian } from './lib/debian.mjs';
import { root } from './lib/install.mjs';

/** Only what is really linked: apt's closure would bring a mail server and a sound system. */
const linked =
  /^(asterisk|asterisk-modules|asterisk-core-sounds-en-gsm|zlib1g|lib(bsd0|c6|cap2|crypt1|edit2|gcc-s1|gsm1|jansson4|md0|nspr4|nss3|ogg0|opus0|opusenc0|opusfile0|sqlite3-0|srtp2-\d|ssl[\d.]+|stdc\+\+6|systemd0|tinfo6|uriparser1|uuid1|xml2-\d+|xslt1\.1|zstd1)(t64)?)$/;

/** Returns {program} or {problem}. */
export function getAsterisk(folder = path.join(root, '.cache/asterisk')) {
  const program = path.join(folder, 'asterisk');
  if (fs.existsSync(program)) return { program, folder };
  if (!canUnpack()) return { problem: 'not a Debian system: install Asterisk 22' };
  const problem = unpackDebian({ folder, packages: ['asterisk'], suite: 'forky', keep: (name) => linked.test(name) });
  if (problem) return { problem };
  const inside = path.join(folder, 'root');
  const sounds = path.join(inside, 'usr/share/asterisk/sounds/en');
  // Made by update-alternatives when Debian configures the package.
  if (!fs.existsSync(sounds)) fs.symlinkSync('en_US_f_Allison', sounds);
  const loader = fs.readdirSync(path.join(inside, 'usr/lib64')).find((name) => name.startsWith('ld-linux')) ?? 'ld-linux-x86-64.so.2';
  const libraries = `${inside}/usr/lib/x86_64-linux-gnu`;
  const start = `exec ${inside}/usr/lib64/${loader} --library-path ${libraries} ${inside}/usr/sbin/asterisk "$@"`;
  fs.writeFileSync(program, `#!/bin/sh\n${start}\n`, { mode: 0o755 });
  return { program, folder };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { program, problem } = getAsterisk(process.argv[2] && path.resolve(process.argv[2]));
  console.log(program ?? `get-asterisk: ${problem}`);
  process.exitCode = problem ? 1 : 0;
}
