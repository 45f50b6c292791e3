import { useEffect, useState } from 'react';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { Field, Select } from '../ui/field.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import type { Comparison, FamilyChange, FileChange, NormChange, NormSide } from './comparing.ts';
import { offsetOfLine } from './labelling.ts';
import { usePackVersion, usePackVersions } from './use-norm-packs.ts';
import type { PackTextState } from './use-pack-text.ts';

interface ChangesPanelProps {
  readonly pack: string;
  readonly version: number;
  readonly text: PackTextState;
  readonly onPlace: (file: string, from: number) => void;
}

/** What the text as it stands asks otherwise than another version – at first the one in force –, norm by norm in words, and in text. */
export function ChangesPanel({ pack, version, text, onPlace }: ChangesPanelProps) {
  const t = useWords();
  const versions = usePackVersions();
  const others = (versions.data ?? []).filter((row) => row.pack === pack && row.version !== version);
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const other = chosen ?? (others.find(({ inForce }) => inForce) ?? others[0])?.version;
  const before = usePackVersion(other === undefined ? undefined : pack, other);
  const comparison = useComparison(text, before.data?.files);
  if (versions.isSuccess && other === undefined) return <p className="card-body meta">{t('norms.changes-alone')}</p>;
  if (before.isError) return <Failed error={before.error} onRetry={() => void before.refetch()} />;
  const nothing = comparison !== undefined && comparison.files.length === 0 && (comparison.norms?.length ?? 0) === 0;
  return (
    <div className="card-body stack scroll grow">
      <Field label={t('norms.changes-with')} inline>
        {(ids) => (
          <Select {...ids} value={other} onChange={(event) => setChosen(Number(event.target.value))}>
            {others.map((row) => (
              <option key={row.version} value={row.version}>
                {t('norms.version', { version: row.version })} {row.inForce ? t('norms.in-force') : t(`norms.state.${row.state}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {comparison === undefined && <Loading what={t('norms.changes')} rows={3} />}
      {nothing && <p className="meta">{t('norms.changes-none')}</p>}
      {comparison !== undefined && !nothing && <Differences comparison={comparison} files={text.files} onPlace={onPlace} />}
    </div>
  );
}

/** Made in the worker, and anew when the text is looked at anew. */
function useComparison({ checker, given, checked }: PackTextState, before: readonly { path: string; text: string }[] | undefined) {
  const [comparison, setComparison] = useState<Comparison | undefined>(undefined);
  useEffect(() => {
    if (before === undefined || checked === undefined) return;
    let current = true;
    void checker.ask({ kind: 'compare', before, ...given }).then((answer) => {
      if (current) setComparison(answer.comparison);
    });
    return () => {
      current = false;
    };
  }, [checker, given, checked, before]);
  return comparison;
}

type DifferencesProps = { readonly comparison: Comparison } & Pick<PackTextState, 'files'> & Pick<ChangesPanelProps, 'onPlace'>;

function Differences({ comparison: { norms, families, files: changed }, files, onPlace }: DifferencesProps) {
  const t = useWords();
  return (
    <>
      {norms === undefined ? (
        <p className="meta">{t('norms.changes-unchecked')}</p>
      ) : (
        <>
          <h3 className="strong">{t('norms.changes-words', { n: norms.length })}</h3>
          <ul className="norm-changes">
            {norms.map((change) => (
              <NormDifference key={change.norm} change={change} />
            ))}
          </ul>
        </>
      )}
      {families !== undefined && families.length > 0 && (
        <>
          <h3 className="strong">{t('norms.changes-families', { n: families.length })}</h3>
          <ul className="norm-changes">
            {families.map((change) => (
              <FamilyDifference key={change.family} change={change} />
            ))}
          </ul>
        </>
      )}
      <h3 className="strong">{t('norms.changes-text')}</h3>
      {changed.map((file) => (
        <TextDifference
          key={file.path}
          file={file}
          onLine={(line) => onPlace(file.path, offsetOfLine(files.find(({ path }) => path === file.path)?.text ?? '', line))}
        />
      ))}
    </>
  );
}

function NormDifference({ change: { norm, before, after } }: { change: NormChange }) {
  const t = useWords();
  const which = before === undefined ? t('norms.changes-added') : after === undefined ? t('norms.changes-removed') : undefined;
  const onlyActions = before !== undefined && after !== undefined && before.actions.join() !== after.actions.join();
  return (
    <li>
      <p>
        <b>{(after ?? before)?.title ?? norm}</b> <span className="meta">{norm}</span>{' '}
        {which !== undefined && <span className="chip">{which}</span>}
      </p>
      {before !== undefined && <Side kind="removed" side={before} label={t('norms.changes-before')} />}
      {after !== undefined && <Side kind="added" side={after} label={t('norms.changes-after')} />}
      {onlyActions && <p className="meta">{t('norms.changes-actions')}</p>}
    </li>
  );
}

function Side({ kind, side, label }: { kind: 'added' | 'removed'; side: NormSide; label: string }) {
  const t = useWords();
  const say = useTongue();
  const severity = wordOfCode(t, 'severity', side.severity);
  return (
    <div data-change={kind}>
      <p>
        <span className="meta">{label}</span> {say(side.sentence)}
      </p>
      <p className="meta">{t('norms.changes-meta', { severity, points: side.points, cites: side.cites.join(' ') })}</p>
    </div>
  );
}

function FamilyDifference({ change: { family, title, added, removed } }: { change: FamilyChange }) {
  return (
    <li>
      <p>
        <b>{title}</b> <span className="meta">{family}</span>
      </p>
      {removed.length > 0 && <p data-change="removed">{removed.join('、')}</p>}
      {added.length > 0 && <p data-change="added">{added.join('、')}</p>}
    </li>
  );
}

function TextDifference({ file, onLine }: { file: FileChange; onLine: (line: number) => void }) {
  const t = useWords();
  return (
    <div>
      {file.places.map(({ line, lines }) => (
        <div key={line}>
          <button type="button" className="clause-link" onClick={() => onLine(line)}>
            {t('norms.line', { file: file.path, line })}
          </button>
          <pre className="norm-diff">
            {lines.map((each, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name than their place
              <span key={index} data-change={each.startsWith('+') ? 'added' : each.startsWith('-') ? 'removed' : undefined}>
                {each}
                {'\n'}
              </span>
            ))}
          </pre>
        </div>
      ))}
    </div>
  );
}
