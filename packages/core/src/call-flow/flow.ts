/** What a step of a call flow does. */
export type StepKind = keyof typeof shapes;
/** What leads from one step to another. */
export type ExitKind = 'next' | 'key' | 'timeout' | 'wrong' | 'result' | 'failed' | 'open' | 'closed' | 'person';

interface Shape {
  /** without these the step is not whole */
  readonly needs: readonly ExitKind[];
  /** these may stand there as well */
  readonly may: readonly ExitKind[];
}

/** Every kind of step and its exits. Steps without exits hand the caller on: to a person, to a promise, or the call ends. */
export const shapes = {
  notice: { needs: ['next'], may: [] },
  play: { needs: ['next'], may: [] },
  greeting: { needs: ['next'], may: [] },
  outage: { needs: ['next'], may: [] },
  hours: { needs: ['open', 'closed'], may: [] },
  menu: { needs: ['key', 'timeout', 'wrong'], may: [] },
  digits: { needs: ['next', 'timeout', 'wrong'], may: [] },
  lookup: { needs: ['failed'], may: ['result'] },
  'self-service': { needs: ['next', 'person'], may: [] },
  survey: { needs: ['next'], may: [] },
  queue: { needs: [], may: [] },
  message: { needs: [], may: [] },
  callback: { needs: [], may: [] },
  end: { needs: [], may: [] },
} as const satisfies Record<string, Shape>;

/** A place in the text. Lines and columns count from 1; `from` and `to` are UTF-16 offsets. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly from: number;
  readonly to: number;
}

/** Part of the day, minutes of the local day; `from` > `to` runs over midnight. */
export interface Daypart {
  readonly from: number;
  readonly to: number;
  readonly prompt: string;
}

/** What a step does. Prompts are named as in the text; the sound that plays is `flow-NAME`. */
export type StepAction =
  | { readonly kind: 'notice' }
  | { readonly kind: 'play'; readonly prompt: string }
  | { readonly kind: 'greeting'; readonly dayparts: readonly Daypart[]; readonly otherwise: string }
  /** plays the notice of what is out of order, where there is one; the key asks to be told when it is mended */
  | { readonly kind: 'outage'; readonly key: string }
  /** `queue` absent = the general desk */
  | { readonly kind: 'hours'; readonly queue?: string | undefined }
  | { readonly kind: 'menu'; readonly prompt: string }
  | {
      readonly kind: 'digits';
      readonly prompt: string;
      readonly into: string;
      readonly least: number;
      readonly most: number;
      readonly endKey?: string | undefined;
    }
  /** `withinMs` absent = the text sets none, which the checker refuses */
  | { readonly kind: 'lookup'; readonly url: string; readonly values: readonly string[]; readonly withinMs?: number | undefined }
  | { readonly kind: 'self-service'; readonly prompt: string }
  | { readonly kind: 'survey' }
  | { readonly kind: 'queue'; readonly queue?: string | undefined; readonly priority?: number | undefined }
  | { readonly kind: 'message' }
  /** `number` = the value that was keyed in; absent = the calling number */
  | { readonly kind: 'callback'; readonly number?: string | undefined }
  | { readonly kind: 'end'; readonly prompt?: string | undefined };

export interface FlowExit {
  readonly on: ExitKind;
  /** the key, or the result of a lookup */
  readonly value?: string | undefined;
  /** of `timeout`: after the prompt, ms */
  readonly ms?: number | undefined;
  /** of `wrong`: the how manieth wrong key leads there */
  readonly times?: number | undefined;
  readonly to: string;
  readonly place: Place;
}

export interface FlowStep {
  readonly name: string;
  readonly place: Place;
  readonly action: StepAction;
  readonly exits: readonly FlowExit[];
}

/** A call flow as its text says; the first step is where a call begins. Plain data. */
export interface CallFlow {
  readonly name: string;
  /** the dialled numbers that it is for; empty = all that have no flow of their own */
  readonly numbers: readonly string[];
  readonly steps: readonly FlowStep[];
}

/** The name of the value that holds the calling number. */
export const callingNumber = 'caller';

export function stepNamed({ steps }: CallFlow, name: string): FlowStep | undefined {
  return steps.find((step) => step.name === name);
}

export function exitOf({ exits }: FlowStep, on: ExitKind, value?: string): FlowExit | undefined {
  return exits.find((exit) => exit.on === on && (value === undefined || exit.value === value));
}

/** The prompts that a flow plays and the hotline must have recorded, as the text names them; each once. */
export function promptsOf({ steps }: CallFlow): string[] {
  return [...new Set(steps.flatMap(({ action }) => promptsIn(action)))];
}

export function promptsIn(action: StepAction): string[] {
  if (action.kind === 'greeting') return [...action.dayparts.map(({ prompt }) => prompt), action.otherwise];
  return 'prompt' in action && action.prompt !== undefined ? [action.prompt] : [];
}

/** The sound of a prompt of a flow: apart from the hotline’s own, whatever people call theirs. */
export const flowSound = (prompt: string): `flow-${string}` => `flow-${prompt}`;
