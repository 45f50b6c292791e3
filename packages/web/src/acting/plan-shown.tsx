import type { OperationView } from '@threerings/core/wire/acting';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { Button } from '../ui/button.tsx';

/** The plan as it stands on the server. */
export function PlanShown({ operation, onChange }: { operation: OperationView; onChange: (() => void) | undefined }) {
  const t = useWords();
  const say = useTongue();
  const { template, values } = operation;
  if (operation.digest === undefined) return null;
  if (values === undefined) return <span className="meta">{t('acting.erased')}</span>;
  return (
    <>
      <dl className="acting-plan">
        {template.fields.map(({ field, name, choices }) => (
          <div key={field}>
            <dt>{say(name)}</dt>
            <dd>{shownValue(values[field], choices, say)}</dd>
          </div>
        ))}
      </dl>
      {onChange !== undefined && (
        <Button size="small" tone="text" onClick={onChange}>
          {t('acting.change-plan')}
        </Button>
      )}
    </>
  );
}

function shownValue(
  value: string | undefined,
  choices: OperationView['template']['fields'][number]['choices'],
  say: (text: { zh: string; en: string }) => string,
): string {
  const choice = choices?.find((one) => one.value === value);
  return choice === undefined ? (value ?? '–') : say(choice.name);
}
