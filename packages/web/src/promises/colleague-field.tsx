import { useId } from 'react';
import { useColleagues } from '../agent-desk/use-colleagues.ts';
import { Field, Input } from '../ui/field.tsx';

interface ColleagueFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (agent: string) => void;
  readonly focused?: boolean;
}

/** A 工号, typed or chosen by name; whoever is not at a desk now can be typed all the same. */
export function ColleagueField({ label, value, onChange, focused }: ColleagueFieldProps) {
  const list = useId();
  const { data } = useColleagues();
  const name = data?.people.find(({ agent }) => agent === value.trim())?.name;
  return (
    <Field label={label} hint={name}>
      {(ids) => (
        <>
          <Input
            {...ids}
            {...(focused ? { 'data-autofocus': true } : {})}
            list={list}
            maxLength={64}
            autoComplete="off"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          <datalist id={list}>
            {(data?.people ?? []).map(({ agent, name: called }) => (
              <option key={agent} value={agent}>
                {called}
              </option>
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
