import type { DirectoryEntryOnWire } from '@threerings/core/wire/directory';
import { type FormEvent, useState } from 'react';
import type { Target } from '../agent-desk/transfer.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { useToast } from '../app/toast.tsx';
import { useAct } from '../app/use-act.ts';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';
import { DirectoryList } from './directory-list.tsx';

interface DirectoryBesideProps {
  readonly interaction: string;
  /** puts the caller through; absent = not from here */
  readonly onTransfer?: ((to: Extract<Target, { readonly kind: 'outside' }>) => void) | undefined;
}

/** Beside a call: the caller is told whose matter it is and when somebody is there, is offered to be put through, and that stands in the record of the call. */
export function DirectoryBeside({ interaction, onTransfer }: DirectoryBesideProps) {
  const t = useWords();
  const toast = useToast();
  const { run, busy } = useAct();
  const [body, setBody] = useState('');
  const told = async (given: object, name: string) => {
    const noted = await run('/api/referrals', { interaction, ...given });
    if (noted) toast.show(t('directory.told', { name }));
    return noted;
  };
  const putThrough = async ({ entry, name, number, hours }: DirectoryEntryOnWire) => {
    if (await told({ entry }, name)) onTransfer?.({ kind: 'outside', id: number, name, hours });
  };
  const other = (event: FormEvent) => {
    event.preventDefault();
    if (body.trim() !== '') void told({ body: body.trim() }, body.trim()).then(() => setBody(''));
  };
  return (
    <>
      <DirectoryList
        focused
        acts={(entry: DirectoryEntryOnWire) => (
          <>
            <Button size="small" busy={busy} onClick={() => void told({ entry: entry.entry }, entry.name)}>
              {t('directory.tell')}
            </Button>
            {onTransfer !== undefined && (
              <Button size="small" busy={busy} onClick={() => void putThrough(entry)}>
                {t('directory.put-through')}
              </Button>
            )}
          </>
        )}
      />
      <form className="row" onSubmit={other}>
        <Input
          className="grow"
          aria-label={t('directory.other')}
          placeholder={t('directory.other')}
          value={body}
          maxLength={100}
          onChange={(event) => setBody(event.target.value)}
        />
        <Button type="submit" busy={busy} blocked={body.trim() === '' ? t('directory.other') : undefined} blockedShownElsewhere>
          {t('directory.tell')}
        </Button>
      </form>
    </>
  );
}
