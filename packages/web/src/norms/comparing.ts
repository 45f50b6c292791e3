import type { PackTexts } from '@threerings/core/norm-text/check-texts';
import { explainNorm } from '@threerings/norms/explain/norm';
import type { LoadedPack } from '@threerings/norms/pack';
import type { Bilingual } from '@threerings/norms/problem';
import type { Lexicon } from '@threerings/norms/syntax/lexicon';
import { structuredPatch } from 'diff';

/** What one norm asks in one version; all that people are judged by, and the words that they see. */
export interface NormSide {
  readonly title: string;
  readonly cites: readonly string[];
  readonly severity: string;
  readonly points: number;
  readonly sentence: Bilingual;
  /** coaching, alerts, proposals and scores, as written */
  readonly actions: readonly string[];
}

/** A norm that is not the same in both versions; absent on a side = not in that version. */
export interface NormChange {
  readonly norm: string;
  readonly before?: NormSide | undefined;
  readonly after?: NormSide | undefined;
}

export interface FamilyChange {
  readonly family: string;
  readonly title: string;
  /** sentences, fences (not) and guards that came and went */
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Changed places of a file; lines begin with a space, `+` or `-`. */
export interface FileChange {
  readonly path: string;
  readonly places: readonly { readonly line: number; readonly lines: readonly string[] }[];
}

export interface Comparison {
  /** absent while one of the two does not check */
  readonly norms?: readonly NormChange[] | undefined;
  readonly families?: readonly FamilyChange[] | undefined;
  readonly files: readonly FileChange[];
}

/** What changed from one version of a pack to another: in words where both check, in text always. */
export function compare(
  before: { readonly texts: readonly PackTexts[]; readonly pack: LoadedPack | undefined },
  after: { readonly texts: readonly PackTexts[]; readonly pack: LoadedPack | undefined },
  lexicon: Lexicon,
): Comparison {
  const files = filesChanged(before.texts, after.texts);
  if (before.pack === undefined || after.pack === undefined) return { files };
  return { files, norms: normsChanged(before.pack, after.pack, lexicon), families: familiesChanged(before.pack, after.pack) };
}

function normsChanged(before: LoadedPack, after: LoadedPack, lexicon: Lexicon): readonly NormChange[] {
  const old = sidesOf(before, lexicon);
  const fresh = sidesOf(after, lexicon);
  return [...new Set([...fresh.keys(), ...old.keys()])]
    .map((norm) => ({ norm, before: old.get(norm), after: fresh.get(norm) }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

function sidesOf(pack: LoadedPack, lexicon: Lexicon): ReadonlyMap<string, NormSide> {
  return new Map(
    pack.norms.map((norm) => {
      const { id, title = id, cites, severity = 'minor', points = 0 } = norm;
      const book = { lexicon, families: pack.families, labels: pack.english.get(id)?.labels };
      const actions = norm.actions.map((action) => JSON.stringify(action, (key, value) => (key === 'span' ? undefined : value)));
      return [id, { title, cites, severity, points, sentence: explainNorm(norm, book), actions }] as const;
    }),
  );
}

function familiesChanged(before: LoadedPack, after: LoadedPack): readonly FamilyChange[] {
  const old = new Map(before.families.map((family) => [family.id, family]));
  const fresh = new Map(after.families.map((family) => [family.id, family]));
  return [...new Set([...fresh.keys(), ...old.keys()])].flatMap((id) => {
    const [was, is] = [partsOf(old.get(id)), partsOf(fresh.get(id))];
    const added = is.filter((part) => !was.includes(part));
    const removed = was.filter((part) => !is.includes(part));
    const title = (fresh.get(id) ?? old.get(id))?.zh ?? id;
    return added.length + removed.length === 0 ? [] : [{ family: id, title, added, removed }];
  });
}

function partsOf(family: LoadedPack['families'][number] | undefined): readonly string[] {
  if (family === undefined) return [];
  return [...family.variants, ...family.not.map((fence) => `not ${fence}`), ...family.guard.map((guard) => `guard ${guard}`)];
}

function filesChanged(before: readonly PackTexts[], after: readonly PackTexts[]): readonly FileChange[] {
  const textOf = (texts: readonly PackTexts[], path: string) => texts.find((file) => file.path === path)?.text ?? '';
  const paths = [...new Set([...after, ...before].map(({ path }) => path))].sort();
  return paths.flatMap((path): FileChange[] => {
    const [old, fresh] = [textOf(before, path), textOf(after, path)];
    if (old === fresh) return [];
    const { hunks } = structuredPatch(path, path, old, fresh, '', '', { context: 1 });
    return [
      { path, places: hunks.map(({ newStart, lines }) => ({ line: newStart, lines: lines.filter((line) => !line.startsWith('\\')) })) },
    ];
  });
}
