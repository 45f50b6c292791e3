import { useState } from 'react';

/** An act that may be asked for a reason before it goes on: what asks, and the reason that is typed. */
export interface Override<Asked> {
  readonly asked: Asked | undefined;
  /** undefined: another choice was made, nothing asks any more */
  ask(asked: Asked | undefined): void;
  readonly why: string;
  onWhy(why: string): void;
  /** what is sent along with the act: nothing until a reason was typed */
  readonly given: { readonly override?: string };
  /** asked, and a reason was typed */
  readonly ready: boolean;
}

export function useOverride<Asked>(): Override<Asked> {
  const [asked, ask] = useState<Asked | undefined>(undefined);
  const [why, onWhy] = useState('');
  const given = why.trim() === '' ? {} : { override: why.trim() };
  return { asked, ask: (by) => ask(() => by), why, onWhy, given, ready: asked !== undefined && why.trim() !== '' };
}
