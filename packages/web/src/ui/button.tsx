import { type ButtonHTMLAttributes, type ReactNode, type Ref, useId } from 'react';
import './button.css';

export type ButtonTone = 'plain' | 'primary' | 'call' | 'hang' | 'text' | 'warn';

interface Shared extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  readonly tone?: ButtonTone;
  readonly size?: 'small' | 'normal' | 'large';
  readonly pressed?: boolean | undefined;
  readonly busy?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

export interface ButtonProps extends Shared {
  readonly icon?: ReactNode;
  /** key hint shown on the button */
  readonly hint?: string;
  /** Why the button does nothing now. It stays reachable and says this; a dead grey button without words does not exist. */
  readonly blocked?: string | undefined;
  /** the reason is already written beside the button; then it is only read out */
  readonly blockedShownElsewhere?: boolean;
}

export function Button(props: ButtonProps) {
  const { tone = 'plain', size = 'normal', icon, hint, blocked, blockedShownElsewhere, pressed, busy, onClick, children, ...rest } = props;
  const reason = useId();
  const stopped = blocked !== undefined || busy === true;
  return (
    <>
      <button
        type="button"
        {...rest}
        className={`btn ${rest.className ?? ''}`}
        data-tone={tone}
        data-size={size}
        aria-pressed={pressed}
        aria-busy={busy}
        aria-disabled={stopped || undefined}
        aria-describedby={blocked === undefined ? rest['aria-describedby'] : reason}
        onClick={(event) => {
          if (stopped) event.preventDefault();
          else onClick?.(event);
        }}
      >
        {icon}
        {children}
        {hint !== undefined && <kbd aria-hidden>{hint}</kbd>}
      </button>
      {blocked !== undefined && (
        <span id={reason} className={blockedShownElsewhere === true ? 'visually-hidden' : 'btn-reason'}>
          {blocked}
        </span>
      )}
    </>
  );
}

export interface IconButtonProps extends Shared {
  readonly label: string;
  readonly children: ReactNode;
}

/** A button that shows only a sign; `label` is its name. Used where the sign's meaning stands in words beside it. */
export function IconButton({ label, tone: _tone, size: _size, pressed, busy, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`icon-btn ${rest.className ?? ''}`}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      aria-busy={busy}
    />
  );
}
