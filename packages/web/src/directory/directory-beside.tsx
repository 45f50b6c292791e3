import type { DirectoryEntryOnWire } from '@threerings/core/wire/directory';
import { type FormEvent, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useToast } from '../app/toast.tsx';
import { useAct } from '../app/use-act.ts';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';
import { DirectoryList } from './directory-list.tsx';

/** Beside a call: the caller is told whose matter it is, and that stands in the record of the call. */
export function DirectoryBeside({ interaction }: { interaction: string }) {
  const t = useWords();
  const toast = useToast();
  const { run, busy } = useAct();
  const [body, setBody] = useState('');
  const told = async (given: object, name: string) => {
    if (await run('/api/referrals', { interaction, ...given })) toast.show(t('directory.told', { name }));
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
          <Button size="small" busy={busy} onClick={() => void told({ entry: entry.entry }, entry.name)}>
            {t('directory.tell')}
          </Button>
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
