import { type HTMLAttributes, type ReactNode, type Ref, useId } from 'react';
import './card.css';

interface CardProps extends Omit<HTMLAttributes<HTMLElement>, 'title'> {
  readonly icon?: ReactNode;
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly footer?: ReactNode;
  readonly ref?: Ref<HTMLElement>;
}

/** One labelled region of a screen. Its body scrolls; the page does not. */
export function Card({ icon, title, aside, footer, children, className = '', ...rest }: CardProps) {
  const heading = useId();
  return (
    <section {...rest} className={`card ${className}`} aria-labelledby={heading}>
      <header className="card-head">
        {icon}
        <h2 id={heading}>{title}</h2>
        <span className="grow" />
        {aside}
      </header>
      {children}
      {footer !== undefined && <footer className="card-foot">{footer}</footer>}
    </section>
  );
}
