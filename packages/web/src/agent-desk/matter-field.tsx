import { useQuery } from '@tanstack/react-query';
import { mattersFound } from '@threerings/core/wire/desk';
import { type KeyboardEvent, useId, useState } from 'react';
import { request } from '../app/http.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { useEnterWhenFresh } from '../app/use-enter-when-fresh.ts';
import { Input } from '../ui/field.tsx';

interface MatterFieldProps {
  readonly value: string | undefined;
  readonly onChoose: (matter: string) => void;
}

/** 事项: type to find, arrow keys to walk, Enter to choose. Not there where the hotline names no matters. */
export function MatterField({ value, onChoose }: MatterFieldProps) {
  const t = useWords();
  const id = useId();
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const [at, setAt] = useState(0);
  const query = typed ?? '';
  const { data, isPlaceholderData } = useQuery({
    queryKey: ['matters', query],
    queryFn: ({ signal }) => request(`/api/desk/matters?q=${encodeURIComponent(query)}`, mattersFound, { signal }),
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  const open = typed !== undefined;
  const found = data?.matters ?? [];
  const chosen = found[Math.min(at, found.length - 1)];
  const choose = (matter: string) => {
    setTyped(undefined);
    if (matter !== value) onChoose(matter);
  };
  const { enter, forget } = useEnterWhenFresh(isPlaceholderData, () => open && chosen !== undefined && choose(chosen.matter));
  if (data?.any !== true) return null;
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      setTyped(query);
      setAt(Math.min(found.length - 1, Math.max(0, open ? at + (event.key === 'ArrowDown' ? 1 : -1) : 0)));
    } else if (event.key === 'Enter' && open && (isPlaceholderData || chosen !== undefined)) enter();
    else if (event.key === 'Escape' && open) setTyped(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="field matter-field" data-inline="true">
      <label htmlFor={id}>{t('record.matter')}</label>
      <div className="grow">
        <Input
          id={id}
          role="combobox"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={open && chosen !== undefined ? `${id}-${found.indexOf(chosen)}` : undefined}
          autoComplete="off"
          maxLength={60}
          placeholder={t('record.matter-hint')}
          value={typed ?? value ?? ''}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
            forget();
          }}
          onBlur={() => {
            setTyped(undefined);
            forget();
          }}
          onKeyDown={press}
        />
        <div id={`${id}-list`} role="listbox" tabIndex={-1} aria-label={t('record.matter')} className="matter-list" hidden={!open}>
          {found.slice(0, 8).map(({ matter, code }, row) => (
            <div
              key={matter}
              id={`${id}-${row}`}
              role="option"
              tabIndex={-1}
              aria-selected={matter === chosen?.matter}
              onMouseDown={(event) => {
                event.preventDefault();
                choose(matter);
              }}
            >
              {matter} {code !== undefined && <span className="meta num">{code}</span>}
            </div>
          ))}
        </div>
        {open && found.length === 0 && <p className="meta">{t('record.matter-none')}</p>}
      </div>
    </div>
  );
}
