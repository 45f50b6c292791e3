import type { PromptRow } from '@threerings/core/wire/call-flows';
import { Volume2 } from 'lucide-react';
import { useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { shortTime } from '../app/time.ts';
import { useRowKeys } from '../app/use-row-keys.ts';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { PromptSheet } from './prompt-sheet.tsx';
import { usePrompts } from './use-flows.ts';
import './recorder-box.css';

/** Every prompt: recorded here, a stand-in, or missing. */
export function PromptsPanel() {
  const t = useWords();
  const prompts = usePrompts();
  const [open, setOpen] = useState<string | undefined>(undefined);
  const rows = prompts.data ?? [];
  const at = rows.findIndex(({ prompt }) => prompt === open);
  useRowKeys({
    onMove: (by) => setOpen(rows[Math.max(0, Math.min(rows.length - 1, at + by))]?.prompt),
    onOpen: undefined,
  });
  if (prompts.isPending) return <Loading what={t('flows.prompts')} rows={8} />;
  if (prompts.isError) return <Failed error={prompts.error} onRetry={() => void prompts.refetch()} />;
  const shown = rows[at];
  const missing = rows.filter(({ standing }) => standing === 'missing').length;
  const placeholders = rows.filter(({ standing }) => standing === 'placeholder').length;
  return (
    <div className="flow-prompts">
      <Card
        icon={<Volume2 size={16} aria-hidden />}
        title={t('flows.prompts')}
        aside={<span className="meta">{t('flows.prompts-standing', { missing, placeholders, all: rows.length })}</span>}
      >
        <div className="scroll grow">
          <PromptTable rows={rows} open={open} onOpen={setOpen} />
        </div>
      </Card>
      {shown !== undefined && <PromptSheet key={shown.prompt} row={shown} onClose={() => setOpen(undefined)} />}
    </div>
  );
}

function PromptTable({ rows, open, onOpen }: { rows: readonly PromptRow[]; open: string | undefined; onOpen: (prompt: string) => void }) {
  const t = useWords();
  const say = useTongue();
  const now = useNow();
  return (
    <table className="rows-table">
      <thead>
        <tr>
          <th>{t('flows.prompt')}</th>
          <th>{t('flows.says')}</th>
          <th>{t('flows.standing')}</th>
          <th>{t('flows.made')}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {rows.map(({ prompt, says, standing, flows, versions }) => {
          const used = versions.find(({ inUse }) => inUse);
          return (
            <tr key={prompt} data-chosen={prompt === open} onClick={() => onOpen(prompt)}>
              <td className="nowrap">{prompt}</td>
              <td>{says === undefined ? t('flows.of-flow', { flows: flows.join('、') }) : say(says)}</td>
              <td className="nowrap">
                <span className="flow-standing" data-standing={standing}>
                  {t(`flows.standing.${standing}`)}
                </span>
              </td>
              <td className="num nowrap">
                {used !== undefined && `${(used.durationMs / 1000).toFixed(1)} s · ${used.madeBy} · ${shortTime(used.madeAt, now)}`}
              </td>
              <td className="nowrap">
                <Button size="small" onClick={() => onOpen(prompt)}>
                  {t('flows.record')}
                </Button>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
