import type { PackVersionRow } from '@threerings/core/wire/norm-packs';
import { ChevronDown, ChevronRight, ScrollText } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { Card } from '../ui/card.tsx';
import { Input } from '../ui/field.tsx';
import type { NormOutline } from './checking.ts';
import type { NormsSearch } from './search.ts';

interface PackTreeProps {
  readonly versions: readonly PackVersionRow[];
  readonly search: NormsSearch;
  /** norms of the pack that is open; undefined while an error stands in it */
  readonly outline: readonly NormOutline[] | undefined;
  readonly onOpen: (to: NormsSearch) => void;
  readonly onPlace: (file: string, from: number) => void;
}

/** Packs, their versions with where they stand, and the norms of the open one by clause. */
export function PackTree({ versions, search, outline, onOpen, onPlace }: PackTreeProps) {
  const t = useWords();
  const [wanted, setWanted] = useState('');
  const packs = useMemo(() => byPack(versions), [versions]);
  const found = useMemo(() => matching(outline ?? [], wanted), [outline, wanted]);
  return (
    <Card icon={<ScrollText size={16} aria-hidden />} title={t('norms.packs')} className="norms-tree">
      <div className="card-body">
        <Input
          type="search"
          aria-label={t('norms.search')}
          placeholder={t('norms.search')}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      </div>
      <ul className="scroll grow tree">
        {packs.map(([pack, rows]) => (
          <li key={pack}>
            <button
              type="button"
              className="tree-pack"
              aria-expanded={pack === search.pack}
              onClick={() => onOpen({ pack, version: rows[0]?.version })}
            >
              {pack === search.pack ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
              <span className="cut grow">{rows.find((row) => row.title !== undefined)?.title ?? pack}</span>
              {pack !== search.pack && <State row={rows[0]} />}
            </button>
            {pack === search.pack && (
              <>
                <ul>
                  {rows.map((row) => (
                    <li key={row.version}>
                      <button
                        type="button"
                        className="tree-version"
                        aria-current={row.version === search.version}
                        onClick={() => onOpen({ pack, version: row.version })}
                      >
                        <span className="grow num">{t('norms.version', { version: row.version })}</span>
                        <State row={row} />
                      </button>
                    </li>
                  ))}
                </ul>
                <ul className="tree-norms" aria-label={t('norms.outline')}>
                  {found.map((norm) => (
                    <li key={norm.norm}>
                      <button type="button" className="tree-norm" onClick={() => onPlace(norm.file, norm.from)} title={norm.norm}>
                        <span className="cut">{norm.title}</span>
                        <span className="meta num">{norm.cites[0]}</span>
                      </button>
                    </li>
                  ))}
                  {wanted !== '' && found.length === 0 && <li className="meta tree-none">{t('norms.none-found')}</li>}
                </ul>
              </>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function byPack(versions: readonly PackVersionRow[]): (readonly [string, readonly PackVersionRow[]])[] {
  const packs = new Map<string, PackVersionRow[]>();
  for (const row of versions) packs.set(row.pack, [...(packs.get(row.pack) ?? []), row]);
  return [...packs.entries()];
}

function matching(outline: readonly NormOutline[], wanted: string): readonly NormOutline[] {
  const word = wanted.trim().toLowerCase();
  if (word === '') return outline;
  return outline.filter(({ norm, title, cites }) => [norm, title, ...cites].some((text) => text.toLowerCase().includes(word)));
}

export function State({ row }: { row: PackVersionRow | undefined }) {
  const t = useWords();
  if (row === undefined) return null;
  const tone = row.inForce ? 'ok' : row.state === 'draft' ? 'warn' : undefined;
  return (
    <span className="chip" data-tone={tone}>
      {row.inForce ? t('norms.in-force') : row.shipped ? t('norms.shipped') : t(`norms.state.${row.state}`)}
    </span>
  );
}
