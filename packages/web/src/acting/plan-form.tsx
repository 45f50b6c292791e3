import { longestValue, type OperationView } from '@threerings/core/wire/acting';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { useDraft } from '../app/use-draft.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import type { Acts } from './use-acting.ts';

interface PlanFormProps {
  readonly operation: OperationView;
  readonly acts: Acts;
  readonly onDone: () => void;
}

/** The fields of the product. What is typed is kept on this computer until the server has it. */
export function PlanForm({ operation, acts, onDone }: PlanFormProps) {
  const t = useWords();
  const say = useTongue();
  const { proxy, template, missing, digest, consent } = operation;
  const { values, dirty, change, drop } = useDraft(`plan.${proxy}`, operation.values ?? {});
  const save = async () => {
    const known = Object.fromEntries(template.fields.map(({ field }) => [field, values[field] ?? '']));
    if (!(await acts.act({ kind: 'fill-plan', proxy, values: known }))) return;
    drop();
    onDone();
  };
  return (
    <form
      className="acting-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="acting-fields">
        {template.fields.map(({ field, name, choices, optional }) => {
          const lacks = digest !== undefined && !dirty && missing.includes(field);
          return (
            <Field
              key={field}
              label={optional === true ? t('acting.optional', { field: say(name) }) : say(name)}
              error={lacks ? t('acting.missing') : undefined}
            >
              {(ids) =>
                choices === undefined ? (
                  <Input
                    {...ids}
                    value={values[field] ?? ''}
                    maxLength={longestValue}
                    onChange={(event) => change(field, event.target.value)}
                  />
                ) : (
                  <Select {...ids} value={values[field] ?? ''} onChange={(event) => change(field, event.target.value)}>
                    <option value="">–</option>
                    {choices.map((choice) => (
                      <option key={choice.value} value={choice.value}>
                        {say(choice.name)}
                      </option>
                    ))}
                  </Select>
                )
              }
            </Field>
          );
        })}
      </div>
      <div className="row">
        <Button type="submit" tone="primary" size="small" busy={acts.busy}>
          {t('acting.do.plan')}
        </Button>
        <span className="meta grow">
          {t(consent === undefined ? (dirty ? 'acting.draft-kept' : 'acting.plan-hint') : 'acting.change-ends-consent')}
        </span>
      </div>
    </form>
  );
}
