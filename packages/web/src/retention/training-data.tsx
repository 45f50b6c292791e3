import { trainingErased } from '@threerings/core/wire/training';
import { GraduationCap } from 'lucide-react';
import { useState } from 'react';
import { HttpFailure, request } from '../app/http.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { useMe } from '../app/session.ts';
import { useToast } from '../app/toast.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Field, Input } from '../ui/field.tsx';

/** Training data of somebody who asks for it, or has left: handed out as a file, or erased with a second press. Both are audited. */
export function TrainingDataCard() {
  const t = useWords();
  const { csrf } = useMe();
  const toast = useToast();
  const [agent, setAgent] = useState('');
  const [sure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const who = agent.trim();
  const path = `/api/training/people/${encodeURIComponent(who)}/data`;
  const missing = who === '' ? t('retention.training-who') : undefined;
  const erase = async () => {
    if (!sure) {
      setSure(true);
      return;
    }
    setBusy(true);
    try {
      const { tries, readings } = await request(path, trainingErased, { method: 'DELETE', csrf });
      toast.show(t('retention.training-gone', { tries, readings }));
      setSure(false);
    } catch (error) {
      if (error instanceof HttpFailure) toast.showFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card className="grow" icon={<GraduationCap size={16} aria-hidden />} title={t('retention.view.training')}>
      <div className="card-body stack training-data">
        <p className="t2">{t('retention.training-text')}</p>
        <Field label={t('retention.training-who')}>
          {(ids) => (
            <Input
              {...ids}
              value={agent}
              maxLength={64}
              onChange={(event) => {
                setAgent(event.target.value);
                setSure(false);
              }}
            />
          )}
        </Field>
        <div className="row row-wrap">
          {missing === undefined && (
            <a className="btn" data-tone="plain" href={path} download={`training-${who}.json`}>
              {t('retention.training-export')}
            </a>
          )}
          <Button tone={sure ? 'warn' : 'plain'} busy={busy} blocked={missing} blockedShownElsewhere onClick={() => void erase()}>
            {t(sure ? 'retention.training-sure' : 'retention.training-erase')}
          </Button>
        </div>
      </div>
    </Card>
  );
}
