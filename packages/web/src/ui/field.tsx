import { type InputHTMLAttributes, type ReactNode, type Ref, type SelectHTMLAttributes, type TextareaHTMLAttributes, useId } from 'react';
import './field.css';

interface FieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly inline?: boolean;
  readonly children: (ids: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }) => ReactNode;
}

/** A label, its control and what is wrong with it, tied together for screen readers. */
export function Field({ label, hint, error, inline, children }: FieldProps) {
  const id = useId();
  const note = `${id}-note`;
  const described = error !== undefined || hint !== undefined ? note : undefined;
  return (
    <div className="field" data-inline={inline}>
      <label htmlFor={id}>{label}</label>
      <div className="grow">
        {children({ id, 'aria-describedby': described, 'aria-invalid': error === undefined ? undefined : true })}
        {described !== undefined && (
          <p id={note} className="field-note" data-error={error !== undefined}>
            {error ?? hint}
          </p>
        )}
      </div>
    </div>
  );
}

export function Input({ className = '', ...props }: InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }) {
  return <input {...props} className={`input ${className}`} />;
}

export function Textarea({ className = '', ...props }: TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> }) {
  return <textarea {...props} className={`input textarea ${className}`} />;
}

export function Select({ className = '', ...props }: SelectHTMLAttributes<HTMLSelectElement>) {
  return <select {...props} className={`input select ${className}`} />;
}
