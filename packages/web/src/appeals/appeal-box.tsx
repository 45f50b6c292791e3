import { appealGrounds } from '@threerings/core/appeals/grounds';
import type { WireVerdict } from '@threerings/core/wire/events';
import { type FormEvent, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useMe } from '../app/session.ts';
import { useToast } from '../app/toast.tsx';
import { useAct } from '../app/use-act.ts';
import { Button } from '../ui/button.tsx';
import { Textarea } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { appealsKey, useAppealsOf } from './use-appeals.ts';
import './appeals.css';

type Ground = (typeof appealGrounds)[number];

/** 说明 and 申诉 beside a broken verdict of one's own: a judgement of a person has a reply. */
export function AppealBox({ interaction, verdict }: { interaction: string; verdict: WireVerdict }) {
  const t = useWords();
  const toast = useToast();
  const { agent } = useMe();
  const own = verdict.value === 'broken' && verdict.who === agent;
  const filed = useAppealsOf(interaction, verdict.value === 'broken');
  const { run, busy } = useAct(appealsKey);
  const [form, setForm] = useState<'explanation' | 'appeal' | undefined>(undefined);
  const [ground, setGround] = useState<Ground>('evidence');
  const [words, setWords] = useState('');
  const said = filed.data?.find((one) => one.verdict === `${verdict.norm} ${verdict.key}`);
  if (said !== undefined) {
    return (
      <div className="appeal-said stack">
        <p className="strong">
          {t(`appeal.form.${said.form}`)} · {t(`appeal.state.${said.state}`)}
        </p>
        {said.words !== undefined && <p>{said.words}</p>}
        {said.decidedBy !== undefined && (
          <p className="meta">{t('appeal.decided-by', { who: said.decidedBy, reason: said.reason ?? '' })}</p>
        )}
      </div>
    );
  }
  if (!own) return null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (form === undefined || words.trim() === '') return;
    const body = { norm: verdict.norm, key: verdict.key, form, ground, words: words.trim() };
    if (await run(`/api/interactions/${encodeURIComponent(interaction)}/appeals`, body)) {
      setForm(undefined);
      toast.show(t('appeal.filed-ok'));
    }
  };
  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <p className="row">
        <Button size="small" pressed={form === 'explanation'} onClick={() => setForm(form === 'explanation' ? undefined : 'explanation')}>
          {t('appeal.explain')}
        </Button>
        <Button size="small" pressed={form === 'appeal'} onClick={() => setForm(form === 'appeal' ? undefined : 'appeal')}>
          {t('appeal.appeal')}
        </Button>
      </p>
      {form !== undefined && (
        <>
          <Segmented<Ground>
            label={t('appeal.ground')}
            value={ground}
            onChange={setGround}
            options={appealGrounds.map((value) => ({ value, label: t(`appeal.ground.${value}`) }))}
          />
          <Textarea
            aria-label={t('appeal.words')}
            placeholder={t('appeal.words')}
            rows={3}
            maxLength={2000}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
          <p className="row">
            <Button type="submit" tone="primary" size="small" busy={busy} blocked={words.trim() === '' ? t('appeal.words') : undefined}>
              {t('appeal.file')}
            </Button>
          </p>
        </>
      )}
    </form>
  );
}
