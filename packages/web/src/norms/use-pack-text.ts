import type { PackText, PackVersionDetail } from '@threerings/core/wire/norm-packs';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Checker } from './checker.ts';
import type { Checked, TextsToCheck } from './checking.ts';
import { changesOf, readUnsaved, type Unsaved, withUnsaved, writeUnsaved } from './draft.ts';
import { fetchPackVersion, useClauses, usePackVersions } from './use-norm-packs.ts';

/** How long after the last key the text is checked, ms. */
const restMs = 250;

export interface PackTextState {
  readonly files: readonly PackText[];
  /** paths of files that differ from what is saved */
  readonly changed: readonly string[];
  readonly checked: Checked | undefined;
  /** norms of the newest text that had no errors: what stands around a mistake stays to be seen */
  readonly outline: Checked['norms'];
  readonly checker: Checker;
  /** everything a check or a trial needs */
  readonly given: TextsToCheck;
  change(path: string, text: string): void;
  discard(): void;
  /** they are saved now, as this revision */
  saved(revision: number, files: readonly PackText[]): void;
  readonly revision: number;
}

/** The text of one version under somebody's hands: kept across reloads, checked as it is typed. */
export function usePackText(detail: PackVersionDetail): PackTextState {
  const { pack, version } = detail.row;
  const [base, setBase] = useState({ revision: detail.revision, files: detail.files as readonly PackText[] });
  const [found] = useState(() => readUnsaved(localStorage, pack, version));
  const mayRestore = found !== undefined && found.revision === detail.revision && detail.row.state === 'draft';
  const [typed, setTyped] = useState<Unsaved['files']>(mayRestore ? found.files : {});
  const files = useMemo(() => withUnsaved(base.files, typed), [base, typed]);
  const differing = useMemo(() => changesOf(base.files, typed), [base, typed]);
  useEffect(() => {
    if (detail.row.state === 'draft') writeUnsaved(localStorage, pack, version, { revision: base.revision, files: differing });
  }, [pack, version, base, differing, detail.row.state]);
  const checker = useChecker();
  const { checked, given } = useChecked(checker, files);
  const lastGood = useRef<Checked['norms']>(undefined);
  if (checked?.norms !== undefined) lastGood.current = checked.norms;
  const change = useCallback((path: string, text: string) => setTyped((before) => ({ ...before, [path]: text })), []);
  const saved = useCallback((revision: number, now: readonly PackText[]) => {
    setBase({ revision, files: now });
    setTyped({});
  }, []);
  return {
    files,
    changed: Object.keys(differing),
    checked,
    outline: lastGood.current,
    checker,
    given,
    change,
    discard: () => setTyped({}),
    saved,
    revision: base.revision,
  };
}

function useChecker(): Checker {
  const checker = useRef<Checker | undefined>(undefined);
  checker.current ??= new Checker();
  useEffect(
    () => () => {
      checker.current?.close();
      checker.current = undefined;
    },
    [],
  );
  return checker.current;
}

/** Checks after each pause in typing; packs that it is based on are fetched when the check asks for them. */
function useChecked(checker: Checker, files: readonly PackText[]) {
  const clauses = useClauses();
  const versions = usePackVersions();
  const [bases, setBases] = useState<TextsToCheck['bases']>([]);
  const [checked, setChecked] = useState<Checked | undefined>(undefined);
  const ids = useMemo(() => (clauses.data ?? []).map(({ clause }) => clause), [clauses.data]);
  const given = useMemo((): TextsToCheck => ({ texts: files, bases, clauses: ids }), [files, bases, ids]);
  const ready = clauses.isSuccess && versions.isSuccess;
  useEffect(() => {
    if (!ready) return;
    let current = true;
    const timer = setTimeout(async () => {
      const answer = await checker.ask({ kind: 'check', ...given });
      if (!current) return;
      setChecked(answer.checked);
      const more = await basesFor(answer.checked.wants, versions.data ?? []);
      if (current && more.length > 0) setBases((before) => [...before, ...more]);
    }, restMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [checker, given, ready, versions.data]);
  return { checked, given };
}

/** Texts of the packs that are wanted as `name@version`; a version that nobody has is told against the one that ships. */
async function basesFor(wants: readonly string[], versions: readonly { pack: string; version: number; shipped: boolean }[]) {
  const found: (readonly [string, readonly PackText[]])[] = [];
  for (const wanted of new Set(wants)) {
    const [name, version] = [wanted.slice(0, wanted.lastIndexOf('@')), Number(wanted.slice(wanted.lastIndexOf('@') + 1))];
    const own = versions.filter(({ pack }) => pack === name);
    const base = own.find((one) => one.version === version) ?? own.find(({ shipped }) => shipped);
    if (base !== undefined) found.push([wanted, (await fetchPackVersion(base.pack, base.version)).files]);
  }
  return found;
}
