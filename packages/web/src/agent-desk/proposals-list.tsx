import type { ProposalView } from '@threerings/core/wire/desk';
import { Lightbulb } from 'lucide-react';
import { useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { useAct } from '../app/use-act.ts';
import { Button } from '../ui/button.tsx';
import { ClauseLinks } from '../ui/clause.tsx';
import { Input } from '../ui/field.tsx';

interface ProposalsListProps {
  readonly proposals: readonly ProposalView[];
  /** opens the form of a promise or a ticket; what is made there confirms the proposal */
  readonly onTake: (proposal: ProposalView) => void;
}

/** What a norm or a refused hold suggests. It binds nobody before the agent has entered it. */
export function ProposalsList({ proposals, onTake }: ProposalsListProps) {
  return proposals.map((proposal) => <Proposed key={proposal.proposal} proposal={proposal} onTake={() => onTake(proposal)} />);
}

function Proposed({ proposal, onTake }: { proposal: ProposalView; onTake: () => void }) {
  const t = useWords();
  const say = useTongue();
  const { run, busy } = useAct();
  const [why, setWhy] = useState<string | undefined>(undefined);
  const title = proposal.title === undefined ? t(`proposal.origin.${proposal.origin}`) : say(proposal.title);
  const path = `/api/proposals/${encodeURIComponent(proposal.proposal)}`;
  return (
    <article className="proposal stack">
      <p className="row row-wrap">
        <Lightbulb size={16} aria-hidden />
        <b className="grow">{t(`proposal.what.${proposal.what}`)}</b>
        <Button size="small" tone="primary" onClick={onTake}>
          {t('proposal.take')}
        </Button>
        <Button size="small" tone="text" pressed={why !== undefined} onClick={() => setWhy(why === undefined ? '' : undefined)}>
          {t('proposal.decline')}
        </Button>
      </p>
      <p className="meta">
        {title} {proposal.cites !== undefined && <ClauseLinks cites={proposal.cites} norm={title} />}
        {proposal.message !== undefined && ` · ${proposal.message}`}
      </p>
      {why !== undefined && (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            if (why.trim() !== '') void run(path, { do: 'decline', reason: why.trim() });
          }}
        >
          <Input
            aria-label={t('proposal.decline-why')}
            placeholder={t('proposal.decline-why')}
            maxLength={200}
            value={why}
            onChange={(event) => setWhy(event.target.value)}
          />
          <Button type="submit" size="small" busy={busy}>
            {t('proposal.decline')}
          </Button>
        </form>
      )}
    </article>
  );
}
