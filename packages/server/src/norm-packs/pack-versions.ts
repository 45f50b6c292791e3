import { isRefusal, type Refusal } from '@threerings/core/errors/refusal';
import { passesGate } from '@threerings/core/norm-labels/score';
import { decidePublishing, type PackVersion, type PublishingCommand } from '@threerings/core/norm-publishing/lifecycle';
import type { PackText, PackVersionDetail, PackVersionRow } from '@threerings/core/wire/norm-packs';
import type { CalendarTable } from '@threerings/norms/match/calendar';
import type { Audit } from '../people/people-store.ts';
import type { Database } from '../store/database.ts';
import { type LabelReport, labelFaults, runLabelTests, type StoredConversation } from './labelled-tests.ts';
import { programOf } from './live-pack.ts';
import {
  addDraft,
  changeVersion,
  dueVersions,
  findVersion,
  listVersions,
  putLive,
  type StoredPack,
  type StoredVersion,
  storedBases,
} from './pack-versions-read-model.ts';
import { type PackRead, readPackTexts, ShippedBases } from './read-pack.ts';
import { headerIn, type ShippedVersion, shippedFiles, shippedVersions, withVersion } from './shipped-versions.ts';

export interface PackVersionsParts {
  readonly db: Database;
  readonly audit: Audit;
  readonly packsFolder: string;
  readonly clauses: () => ReadonlySet<string>;
  /** the hotline’s time, by which labelled conversations are judged */
  readonly calendar: () => CalendarTable;
  readonly stored: StoredConversation;
  readonly now: () => number;
  /** who judges calls now */
  inForce(): { readonly pack: string; readonly version: number };
  /** a version went live, or is to at this instant */
  changed(effectiveAt: number): void;
}

export type VersionRefusal =
  | { readonly refused: 'norm-pack.unknown' | 'norm-pack.conflict' | 'norm-pack.taken' }
  | { readonly refused: 'norm-pack.other-identity'; readonly expected: string }
  | { readonly refused: 'norm-pack.does-not-check'; readonly problems: readonly string[] }
  | { readonly refused: 'norm-pack.below-gate'; readonly norms: readonly string[]; readonly count: number };

/** Versions of norm packs: those that ship, read only, and those that are written here. */
export class PackVersions {
  readonly #parts: PackVersionsParts;
  readonly #bases = new ShippedBases();
  #shipped: Promise<readonly ShippedVersion[]> | undefined;

  constructor(parts: PackVersionsParts) {
    this.#parts = parts;
  }

  async list(): Promise<PackVersionRow[]> {
    const [shipped, stored] = await Promise.all([this.#shippedVersions(), listVersions(this.#parts.db)]);
    const own = stored.map((version) => this.#rowOf(version));
    const rest = shipped.filter((one) => !own.some(({ pack, version }) => pack === one.pack && version === one.version));
    return [...own, ...rest.map((one) => this.#rowOfShipped(one))];
  }

  async detail(pack: string, version: number): Promise<PackVersionDetail | undefined> {
    const stored = await findVersion(this.#parts.db, pack, version);
    if (stored) return { row: this.#rowOf(stored), revision: stored.revision, files: [...stored.files] };
    const shipped = (await this.#shippedVersions()).find((one) => one.pack === pack && one.version === version);
    return shipped && { row: this.#rowOfShipped(shipped), revision: 0, files: await shippedFiles(shipped) };
  }

  /** A draft that begins as a copy of `from`, as the version after the last. */
  async draft(pack: string, from: number, by: string): Promise<number | VersionRefusal> {
    const origin = await this.detail(pack, from);
    if (origin === undefined) return { refused: 'norm-pack.unknown' };
    const versions = (await this.list()).filter((row) => row.pack === pack).map((row) => row.version);
    const version = Math.max(...versions) + 1;
    const files = origin.files.map(({ path, text }) => ({ path, text: path.endsWith('.norm') ? withVersion(text, version) : text }));
    const draft: StoredPack = {
      pack,
      version,
      title: origin.row.title,
      revision: 1,
      state: 'draft',
      author: by,
      changedAt: this.#parts.now(),
      files,
    };
    if (!(await addDraft(this.#parts.db, draft))) return { refused: 'norm-pack.taken' };
    await this.#audited('norm-pack.drafted', by, draft, { from });
    return version;
  }

  #read(files: readonly PackText[], language: 'zh' | 'en'): Promise<PackRead> {
    const { db, packsFolder } = this.#parts;
    const clauses = this.#parts.clauses();
    return readPackTexts(files, packsFolder, clauses, language, storedBases(db), this.#bases.under(clauses, language));
  }

  /** Saves the whole text of a draft. A text that does not check is refused as a whole; what was saved before stays. */
  async save(
    of: { readonly pack: string; readonly version: number; readonly revision: number },
    files: readonly PackText[],
    by: string,
    language: 'zh' | 'en',
  ): Promise<number | VersionRefusal | Refusal> {
    const stored = await findVersion(this.#parts.db, of.pack, of.version);
    if (stored === undefined) return { refused: 'norm-pack.unknown' };
    if (stored.revision !== of.revision) return { refused: 'norm-pack.conflict' };
    const next = decidePublishing(stored, { kind: 'save', by, at: this.#parts.now() });
    if (isRefusal(next)) return next;
    const read = await this.#checked(of, files, language);
    if ('refused' in read) return read;
    const saved = await changeVersion(this.#parts.db, stored, next, { title: read.pack.title, files });
    if (!saved) return { refused: 'norm-pack.conflict' };
    await this.#audited('norm-pack.saved', by, of);
    return stored.revision + 1;
  }

  /** A step on the way to the calls: submit, review, approve, return, withdraw. */
  async publish(
    pack: string,
    version: number,
    command: PublishingCommand & { readonly by: string },
  ): Promise<VersionRefusal | Refusal | undefined> {
    const stored = await findVersion(this.#parts.db, pack, version);
    if (stored === undefined) return { refused: 'norm-pack.unknown' };
    const next = decidePublishing(stored, command);
    if (isRefusal(next)) return next;
    if (command.kind === 'submit' || command.kind === 'approve') {
      // The catalogue, the vocabulary, a base pack or a stored conversation may have changed since it was saved.
      const refused = await this.#mayNotJudge(stored);
      if (refused !== undefined) return refused;
    }
    if (!(await changeVersion(this.#parts.db, stored, next))) return { refused: 'norm-pack.conflict' };
    await this.#audited(`norm-pack.${command.kind}`, command.by, stored);
    if (next.effectiveAt !== undefined) this.#parts.changed(next.effectiveAt);
    return undefined;
  }

  /**
   * Makes approved versions live whose instant has come; returns those that went live. One that no longer checks or falls below its gate –
   * a base pack or the vocabulary has changed since its approval – goes back to its author: a server must never be without norms that it can read.
   */
  async goLive(now: number): Promise<readonly StoredVersion[]> {
    const gone: StoredVersion[] = [];
    for (const due of await dueVersions(this.#parts.db, now)) {
      if (!(await this.#stillChecks(due))) continue;
      const to = decidePublishing(due, { kind: 'go-live', at: now });
      if (isRefusal(to)) continue;
      const past = (live: PackVersion) => {
        const superseded = decidePublishing(live, { kind: 'supersede', at: now });
        return isRefusal(superseded) ? undefined : superseded;
      };
      if (!(await putLive(this.#parts.db, due, to, past))) continue;
      await this.#audited('norm-pack.live', undefined, due);
      gone.push(due);
    }
    return gone;
  }

  async #stillChecks(due: StoredVersion): Promise<boolean> {
    const stored = await findVersion(this.#parts.db, due.pack, due.version);
    if (stored === undefined) return false;
    const refused = await this.#mayNotJudge(stored);
    if (refused === undefined) return true;
    const reason =
      refused.refused === 'norm-pack.does-not-check'
        ? (refused.problems[0] ?? refused.refused)
        : refused.refused === 'norm-pack.below-gate'
          ? `未达标注测试的门槛：${refused.norms.join('、')}`
          : refused.refused;
    const back = decidePublishing(stored, { kind: 'return', by: 'system', reason: reason.slice(0, 500), at: this.#parts.now() });
    if (!isRefusal(back) && (await changeVersion(this.#parts.db, stored, back))) await this.#audited('norm-pack.return', undefined, due);
    return false;
  }

  async #checked(
    { pack, version }: { readonly pack: string; readonly version: number },
    files: readonly PackText[],
    language: 'zh' | 'en',
  ): Promise<Extract<PackRead, { ok: true }> | VersionRefusal> {
    const read = await this.#read(files, language);
    if (!read.ok) return { refused: 'norm-pack.does-not-check', problems: read.problems };
    const faults = labelFaults(read.pack);
    if (faults.length > 0) return { refused: 'norm-pack.does-not-check', problems: faults };
    if (read.pack.name === pack && read.pack.version === version) return read;
    const header = files.find(({ text }) => headerIn(text) !== undefined)?.path ?? '';
    return { refused: 'norm-pack.other-identity', expected: `${header}: ${pack} ${version}` };
  }

  /** How a version fares on its labelled conversations, as it is saved; undefined when there is none or it does not check. */
  async labelled(pack: string, version: number): Promise<LabelReport | undefined> {
    const detail = await this.detail(pack, version);
    if (detail === undefined) return undefined;
    const read = await this.#read(detail.files, 'zh');
    return read.ok ? this.#tested(read) : undefined;
  }

  #tested({ pack }: Extract<PackRead, { ok: true }>): Promise<LabelReport> {
    return runLabelTests(pack, programOf([pack], this.#parts.calendar()), this.#parts.stored);
  }

  /** Nobody is judged by norms that do not check, or miss what people see in the conversations that they labelled. */
  async #mayNotJudge(stored: StoredPack): Promise<VersionRefusal | undefined> {
    const read = await this.#checked(stored, stored.files, 'zh');
    if ('refused' in read) return read;
    const report = await this.#tested(read);
    if (passesGate(report)) return undefined;
    const norms = report.norms.flatMap(({ norm, below }) => (below === undefined ? [] : [norm]));
    return { refused: 'norm-pack.below-gate', norms, count: report.disagreements.length };
  }

  #shippedVersions(): Promise<readonly ShippedVersion[]> {
    this.#shipped ??= shippedVersions(this.#parts.packsFolder);
    return this.#shipped;
  }

  #audited(
    action: string,
    actor: string | undefined,
    { pack, version }: { readonly pack: string; readonly version: number },
    facts: Readonly<Record<string, number>> = {},
  ): Promise<void> {
    return this.#parts.audit.record({ at: this.#parts.now(), action, actor, about: `${pack}@${version}`, facts });
  }

  #rowOf({ revision: _, ...version }: StoredVersion): PackVersionRow {
    const { pack, version: number, title, state, author, changedAt, reviewer, approver, effectiveAt, note } = version;
    const told = { pack, version: number, title, state, author, changedAt, reviewer, approver, effectiveAt, note };
    return { ...told, shipped: false, inForce: this.#isInForce(version) };
  }

  #rowOfShipped({ pack, version, title }: ShippedVersion): PackVersionRow {
    const inForce = this.#isInForce({ pack, version });
    return { pack, version, title, shipped: true, inForce, state: inForce ? 'live' : 'approved' };
  }

  #isInForce(of: { readonly pack: string; readonly version: number }): boolean {
    const { pack, version } = this.#parts.inForce();
    return pack === of.pack && version === of.version;
  }
}
