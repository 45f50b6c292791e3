import type { ActingView } from '@threerings/core/wire/acting';
import { HandHelping } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { Segmented } from '../ui/segmented.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { ContactPart } from './contact-part.tsx';
import { IdentityPart } from './identity-part.tsx';
import { OperationsPart } from './operations-part.tsx';
import { OwnerPart } from './owner-part.tsx';
import { useActing, useActs } from './use-acting.ts';
import './acting.css';

interface ActingSheetProps {
  readonly interaction: string;
  readonly onClose: () => void;
  /** the conversation and the box in which it is answered stay free */
  readonly narrow?: boolean;
}

const beside = { insetInlineEnd: 8, top: 68, width: 596, height: 'calc(100vh - 120px)', maxHeight: 'none' };
const narrowed = { width: 346 };

type Part = 'operations' | 'owner' | 'contact';

/** Acting for the customer beside a call or chat: what was done stands, what comes next has the focus, what is missing is said. */
export function ActingSheet({ interaction, onClose, narrow = false }: ActingSheetProps) {
  const t = useWords();
  const view = useActing(interaction);
  return (
    <Sheet
      icon={<HandHelping size={16} aria-hidden />}
      title={t('acting.title')}
      onClose={onClose}
      side={narrow}
      style={narrow ? narrowed : beside}
    >
      {view.isPending && <Loading what={t('acting.title')} />}
      {view.isError && view.data === undefined && <Failed error={view.error} onRetry={() => void view.refetch()} />}
      {view.data !== undefined && <Shown view={view.data} />}
    </Sheet>
  );
}

function Shown({ view }: { view: ActingView }) {
  const t = useWords();
  const acts = useActs(view.interaction);
  const [part, setPart] = useState<Part>('operations');
  return (
    <div className="acting">
      <IdentityPart view={view} acts={acts} />
      <Segmented<Part>
        label={t('acting.title')}
        value={part}
        onChange={setPart}
        options={[
          { value: 'operations', label: t('acting.operations') },
          { value: 'owner', label: t('acting.owner') },
          { value: 'contact', label: t('acting.contact') },
        ]}
      />
      {!view.open && (
        <p className="banner" data-tone="warn" role="status">
          {t('acting.not-open')}
        </p>
      )}
      {part === 'operations' && <OperationsPart view={view} acts={acts} />}
      {part === 'owner' && <OwnerPart view={view} acts={acts} />}
      {part === 'contact' && <ContactPart view={view} acts={acts} />}
    </div>
  );
}
