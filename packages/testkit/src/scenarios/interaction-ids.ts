/** The id of a caller's n-th call, from 1. */
export const interactionOf = (caller: string, n: number): string => (n === 1 ? `call-${caller}` : `call-${caller}-${n}`);

/** A call of this caller, whichever. */
export const isCallOf = (caller: string, interaction: string | undefined): boolean =>
  interaction === interactionOf(caller, 1) || interaction?.startsWith(`${interactionOf(caller, 1)}-`) === true;
