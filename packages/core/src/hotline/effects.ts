/**
 * Sounds that the hotline plays; the medium maps them to files that people recorded. `position-3` = third in the queue,
 * `wait-5` = about five minutes, `flow-x` = the prompt x of a call flow, `agent-number-0217` = who answers. A sound that nobody recorded is passed over; without `recording-notice` no call is recorded.
 */
export type PromptName = FixedPrompt | `agent-number-${string}` | `position-${number}` | `wait-${number}` | `flow-${string}`;
type FixedPrompt =
  | 'recording-notice'
  | 'nobody'
  | 'callback-offer'
  | 'callback-promised'
  | 'message-offer'
  | 'survey'
  | 'survey-thanks'
  | 'message-greeting'
  | 'menu'
  | 'outage-notice'
  | 'outage-noted'
  | 'queue-full'
  | 'closed'
  | 'blocked'
  | 'position-many';
/** What a medium carries out: everything but questions to services of the house. */
export type MediumEffect = Exclude<Effect, { readonly kind: 'look-up' }>;

/** Who joins an agent for the caller's sake: a colleague, or somebody on a line to the outside. */
type OtherParty = { readonly colleague: string; readonly line?: undefined } | { readonly line: string; readonly colleague?: undefined };

/** Whatever a caller can be played. */
export type SoundName = PromptName | 'hold-music' | 'queue-music';

/**
 * What the hotline wants done in the medium after its decision is committed. Ids are the hotline's and derive from the
 * interaction, so that a repeated effect is recognised and a restarted server finds its calls again.
 */
export type Effect = {
  readonly interaction: string;
} /** takes the caller's call (SIP 200); the medium then reports `caller-connected` */ & (
  | { readonly kind: 'accept' }
  /** plays once, in place of what plays; its end is reported as `prompt-ended` */
  | { readonly kind: 'announce'; readonly prompt: PromptName }
  /** music until something else is wanted */
  | { readonly kind: 'queue-music' }
  /** calls somebody for an agent, who hears it ring; `shows`: the number that is shown there */
  | {
      readonly kind: 'dial';
      readonly agent: string;
      readonly number: string;
      readonly shows?: string | undefined;
      readonly timeoutMs: number;
    }
  /** caller and agent hear each other */
  | { readonly kind: 'connect'; readonly agent: string }
  /** the agent leaves the line, the caller stays on it */
  | { readonly kind: 'part'; readonly agent: string }
  | { readonly kind: 'hold'; readonly agent: string }
  /** calls somebody outside for the caller's sake, by a line of this name; the agent hears it ring */
  | {
      readonly kind: 'dial-outside';
      readonly line: string;
      readonly agent: string;
      readonly number: string;
      readonly shows?: string | undefined;
      readonly timeoutMs: number;
    }
  /** the agent and a colleague, or who is on the line outside, hear each other; the caller goes on hearing music */
  | ({ readonly kind: 'consult'; readonly agent: string } & OtherParty)
  /** `line`: it ends with it */
  | { readonly kind: 'end-consult'; readonly line?: string | undefined }
  /** caller, agent and the third one hear each other */
  | ({ readonly kind: 'conference'; readonly agent: string } & OtherParty)
  /** the caller and who is on the line outside hear each other until one of them hangs up; the agent's phone is free */
  | { readonly kind: 'hand-out'; readonly agent?: string | undefined; readonly line: string }
  /** the caller and `agent` hear each other, and nobody else */
  /** the leader hears the call, and is heard by nobody, by the agent, or by both; where they do not talk now, from when they do */
  | { readonly kind: 'monitor'; readonly leader: string; readonly agent: string; readonly mode: 'listen' | 'whisper' | 'barge' }
  | { readonly kind: 'end-monitor'; readonly leader: string; readonly agent: string }
  | { readonly kind: 'hand-over'; readonly from: string; readonly agent: string }
  | { readonly kind: 'resume'; readonly agent: string }
  | { readonly kind: 'mute'; readonly agent: string; readonly on: boolean }
  | { readonly kind: 'speak-over'; readonly agent: string; readonly on: boolean }
  | { readonly kind: 'send-digits'; readonly digits: string }
  /** asks a service of the house for a call flow; the answer comes as `looked-up`. `values` are personal: never logged */
  | {
      readonly kind: 'look-up';
      readonly step: string;
      readonly url: string;
      readonly values: Readonly<Record<string, string>>;
      readonly withinMs: number;
    }
  | { readonly kind: 'record'; readonly recording: string; readonly agent?: string | undefined }
  | { readonly kind: 'pause-recording'; readonly recording: string; readonly on: boolean }
  | { readonly kind: 'stop-recording'; readonly recording: string }
  /** the caller's leg ends, and what plays; the agent's phone is free again */
  | { readonly kind: 'end'; readonly cause: string; readonly agent?: string | undefined }
);
