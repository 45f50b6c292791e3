import { z } from 'zod';
import { outboundResults } from '../timeline/outbound-results.ts';
import { promiseKinds } from '../timeline/promise-kinds.ts';
import { bilingual, openDuty, wireEvent, wireVerdict } from './events.ts';
import { monitorMode } from './monitoring.ts';

export const presenceState = z.enum(['offline', 'ready', 'busy', 'rest', 'ringing', 'talking', 'hold', 'wrap-up', 'paused']);
export type PresenceState = z.infer<typeof presenceState>;

export const holdReason = z.enum(['lookup', 'consult', 'system', 'form', 'noise', 'colleague', 'other']);
export type HoldReason = z.infer<typeof holdReason>;

/** What an agent notes of a call while it goes on; norms of complaints and leaders begin with it. */
export const callFlags = ['complaint', 'dissatisfied', 'leader-asked', 'escalation'] as const;
export type CallFlag = (typeof callFlags)[number];

/** 5W1H of the call record; every field may still be empty. */
export const callRecord = z.object({
  who: z.string().max(500),
  when: z.string().max(500),
  where: z.string().max(500),
  what: z.string().max(2000),
  why: z.string().max(2000),
  how: z.string().max(2000),
});
export type CallRecord = z.infer<typeof callRecord>;

/**
 * What an agent can do. `command` is chosen by the browser and makes a repeated request harmless (same id, same answer).
 * Order of checks: session → role → own call → state.
 */
export const deskCommand = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sign-in-shift') }),
  z.object({ kind: z.literal('sign-out-shift') }),
  /** 示闲 / 示忙 / 小休 */
  z.object({ kind: z.literal('set-presence'), state: z.enum(['ready', 'busy', 'rest']), reason: z.string().max(200).optional() }),
  /** 申请小休: a rest, or somebody to talk to; nobody asks why */
  z.object({ kind: z.literal('ask-rest'), wish: z.enum(['rest', 'talk']) }),
  /** 阅知: what the hotline says of listening to calls was read */
  z.object({ kind: z.literal('acknowledge-policy'), policy: z.literal('monitoring'), version: z.number().int().min(1).max(1000) }),
  /** the browser acknowledges that it rings: the agent clock starts (practice: undelivered ring is unknown) */
  z.object({ kind: z.literal('ringing'), interaction: z.string(), leg: z.string() }),
  z.object({ kind: z.literal('answer'), interaction: z.string(), leg: z.string() }),
  z.object({ kind: z.literal('decline'), interaction: z.string(), leg: z.string(), reason: z.string().min(1).max(200) }),
  z.object({
    kind: z.literal('hold'),
    interaction: z.string(),
    reason: holdReason,
    limitMs: z.number().int().min(10_000).max(600_000),
    consent: z.boolean(),
    /** given where a norm asked for a reason to go on */
    override: z.string().max(200).optional(),
  }),
  z.object({ kind: z.literal('resume'), interaction: z.string() }),
  /** 转接: to a colleague, to whoever is free in a queue, or out of the house; `warm` = the two speak first, `cold` = the answer takes the caller */
  z.object({
    kind: z.literal('transfer'),
    interaction: z.string(),
    to: z.object({
      agent: z.string().min(1).max(64).optional(),
      queue: z.string().min(1).max(64).optional(),
      /** an expert seat: whoever is free there, or `agent` by name; the two always speak first */
      seat: z.string().min(1).max(64).optional(),
      /** an item of self-service: the caller comes back to the agent when it is over */
      item: z.string().min(1).max(64).optional(),
      /** a number outside, or an extension of another exchange; only what the dial plan allows is dialled */
      outside: z.string().min(1).max(40).optional(),
      /** with `outside`: whose number it is, as the directory names it */
      name: z.string().min(1).max(100).optional(),
    }),
    how: z.enum(['warm', 'cold']),
    /** what the colleague reads before taking the caller */
    brief: z.string().max(2000),
    reason: z.string().max(200).optional(),
    consent: z.boolean(),
    /** given where a norm, or the limit of transfers, asked for a reason to go on */
    override: z.string().max(200).optional(),
  }),
  /** the caller will not use self-service: why, and which other ways were named */
  z.object({
    kind: z.literal('refuse-self-service'),
    interaction: z.string(),
    reason: z.enum(['dispute', 'difficult', 'unwilling', 'other']),
    channels: z.array(z.string().min(1).max(60)).max(10),
  }),
  /** the agent looks at who is free at an expert seat */
  z.object({ kind: z.literal('check-experts'), interaction: z.string(), seat: z.string().min(1).max(64) }),
  /** by the agent: three-way, let go, take back; by the colleague: take the caller over, or not */
  z.object({
    kind: z.literal('transfer-step'),
    interaction: z.string(),
    step: z.enum(['join', 'complete', 'take-back', 'accept', 'leave']),
  }),
  z.object({ kind: z.literal('mute'), interaction: z.string(), on: z.boolean() }),
  /** the recording stands still while the caller says a secret, or goes on */
  z.object({ kind: z.literal('pause-recording'), interaction: z.string(), on: z.boolean() }),
  /** 回应: press to speak over the ducking music */
  z.object({ kind: z.literal('speak-over'), interaction: z.string(), on: z.boolean() }),
  /** nobody answers the agent, who has just asked once more whether anybody is there */
  z.object({ kind: z.literal('ask-silent-line'), interaction: z.string() }),
  z.object({ kind: z.literal('send-digits'), interaction: z.string(), digits: z.string().regex(/^[0-9*#A-D]{1,32}$/) }),
  /** the second press carries the reason */
  z.object({ kind: z.literal('release'), interaction: z.string(), confirmed: z.boolean(), reason: z.string().max(200).optional() }),
  z.object({
    kind: z.literal('mark-consent'),
    interaction: z.string(),
    about: z.enum(['hold', 'transfer', 'callback', 'recording']),
    given: z.boolean(),
  }),
  z.object({ kind: z.literal('tick'), interaction: z.string(), norm: z.string(), part: z.string().optional() }),
  z.object({ kind: z.literal('mark-emergency'), interaction: z.string(), about: z.string().max(200) }),
  z.object({ kind: z.literal('save-record'), interaction: z.string(), record: callRecord }),
  /** 事项: one of the hotline's; another one takes its place */
  z.object({ kind: z.literal('set-matter'), interaction: z.string(), matter: z.string().min(1).max(40) }),
  z.object({ kind: z.literal('finish-wrap-up'), interaction: z.string() }),
  z.object({ kind: z.literal('extend-wrap-up'), interaction: z.string(), reason: z.string().min(1).max(200) }),
  z.object({
    kind: z.literal('promise-callback'),
    interaction: z.string(),
    number: z.string().max(32).optional(),
    dueAt: z.number().int(),
    about: z.string().max(500),
    /** absent = a callback */
    what: z.enum(promiseKinds).optional(),
    /** 工号 of who keeps it; absent = the agent */
    owner: z.string().min(1).max(64).optional(),
    /** of a leader's callback: the agent tried to settle it first */
    soothed: z.boolean().optional(),
    /** of a message for a colleague: it was read back */
    readBack: z.boolean().optional(),
    /** the proposal that this confirms */
    proposal: z.string().max(128).optional(),
    customer: z.string().max(64).optional(),
  }),
  /** what became of a call of ours that reached somebody; `message`: word was left for who was absent */
  z.object({
    kind: z.literal('settle-outbound'),
    interaction: z.string(),
    outcome: z.enum(outboundResults),
    message: z.boolean().optional(),
  }),
  /** lets go of the caller, who is asked to rate the call */
  z.object({ kind: z.literal('offer-survey'), interaction: z.string() }),
  /** 找领导: the caller was calmed and offered that it is passed on; then a leader is asked to take the call */
  z.object({ kind: z.literal('ask-leader'), interaction: z.string(), step: z.enum(['soothe', 'request']) }),
  /** 现场支撑: somebody experienced is asked to come to the desk; and what came of it, be the call over or not */
  z.object({ kind: z.literal('request-support'), interaction: z.string(), topic: z.string().max(200) }),
  z.object({ kind: z.literal('close-support'), interaction: z.string(), outcome: z.enum(['answered', 'callback', 'none']) }),
  /** the caller asked not to be called: no redial, no callback */
  z.object({ kind: z.literal('mark-unsafe'), interaction: z.string() }),
  /** 标记情形: what this call is becoming. An escalation is told to the leader, with the ticket where there is one. */
  z.object({
    kind: z.literal('set-flag'),
    interaction: z.string(),
    flag: z.enum(callFlags),
    ticket: z
      .string()
      .regex(/^[0-9A-Za-z-]{6,64}$/)
      .optional(),
  }),
  /** who the caller is was checked: only from here on may what belongs to that customer be seen */
  z.object({
    kind: z.literal('verify-identity'),
    interaction: z.string(),
    customer: z.string().min(1).max(64),
    method: z.enum(['asked', 'number-and-name', 'document', 'callback']),
    result: z.enum(['owner', 'authorised', 'unknown', 'refused']),
  }),
]);
export type DeskCommand = z.infer<typeof deskCommand>;

export const deskRequest = z.object({ command: z.string().uuid(), do: deskCommand });

/** Asked for before an act that a norm wants explained: the same command again with `override` or `confirmed`. */
export const askReason = z.object({
  ask: z.literal('reason'),
  norm: z.string().optional(),
  cites: z.array(z.string()),
  message: bilingual,
  missing: z.array(bilingual),
  /** second press possible from this instant at once, without finding after it */
  waitUntil: z.number().int().optional(),
});
export type AskReason = z.infer<typeof askReason>;

export const deskAnswer = z.union([z.object({ ok: z.literal(true) }), askReason]);

const callerOnDesk = z.object({
  number: z.string().optional(),
  channel: z.string(),
  queue: z.string().optional(),
  /** as the plan names it */
  queueName: bilingual.optional(),
});

export const ringView = z.object({
  interaction: z.string(),
  leg: z.string(),
  /** the agent clock; absent until the device acknowledged */
  agentSince: z.number().int().optional(),
  /** the hotline clock: the caller was first alerted */
  callerSince: z.number().int(),
  /** ms per ring, and the limit of the pack in rings */
  ringMs: z.number().int(),
  limitRings: z.number().int(),
  caller: callerOnDesk,
  /** clauses of the ring limit, and the opening sentences for an answer in time and a late one, where the pack has them */
  cites: z.array(z.string()).optional(),
  say: z.object({ inTime: z.string().optional(), late: z.string().optional() }).optional(),
});
export type RingView = z.infer<typeof ringView>;

/** A transfer that is under way, for the agent who began it. */
const transferOnDesk = z.object({
  transfer: z.string(),
  kind: z.string(),
  /** 工号 or queue */
  target: z.string(),
  colleague: z.string().optional(),
  state: z.enum(['ringing', 'talking', 'accepted']),
  joined: z.boolean(),
  startedAt: z.number().int(),
  /** the caller's wait for earlier transfers of this call */
  waitedMs: z.number().int(),
});

/** A colleague's screen: the summary stands there before the answer. */
export const consultView = z.object({
  interaction: z.string(),
  leg: z.string(),
  /** 工号 of who has the caller */
  from: z.string(),
  kind: z.string(),
  since: z.number().int(),
  answeredAt: z.number().int().optional(),
  acceptedAt: z.number().int().optional(),
  joined: z.boolean(),
  /** the caller hears music since; absent = the caller is in the conversation */
  waitingSince: z.number().int().optional(),
  brief: z.string().optional(),
  caller: callerOnDesk,
  record: callRecord.optional(),
  firstReceiver: z.string().optional(),
});
export type ConsultView = z.infer<typeof consultView>;

export const callView = z.object({
  interaction: z.string(),
  leg: z.string(),
  answeredAt: z.number().int(),
  endedAt: z.number().int().optional(),
  endedBy: z.enum(['customer', 'agent', 'system']).optional(),
  caller: callerOnDesk,
  muted: z.boolean(),
  speakingOver: z.boolean(),
  hold: z
    .object({
      hold: z.string(),
      reason: z.string(),
      startedAt: z.number().int(),
      limitMs: z.number().int(),
      repromptMs: z.number().int().optional(),
    })
    .optional(),
  /** the pack's limit of one hold: the hold sheet offers nothing above it */
  holdRule: z.object({ limitMs: z.number().int(), cites: z.array(z.string()) }).optional(),
  transfer: transferOnDesk.optional(),
  /** the last transfer came back: what to tell the caller */
  transferFailed: z.object({ target: z.string(), kind: z.string(), outcome: z.string(), at: z.number().int() }).optional(),
  transfersDone: z.number().int().optional(),
  /** the caller asked for the leader: how far that has come; `open` since */
  leaderRequest: z.object({ soothed: z.boolean(), open: z.number().int().optional(), declined: z.boolean() }).optional(),
  /** leaders on this call: joining and whispering at once, listening when it is over */
  monitored: z
    .array(z.object({ leader: z.string(), mode: monitorMode, since: z.number().int(), until: z.number().int().optional() }))
    .optional(),
  /** 首问: 工号 of who spoke to the caller first */
  firstReceiver: z.string().optional(),
  /** a call of ours: for which promise, what was prepared, and the result once told */
  outbound: z
    .object({ purpose: z.string(), promise: z.string().optional(), note: z.string().optional(), settled: z.string().optional() })
    .optional(),
  /** the caller can be let go into the survey */
  survey: z.boolean().optional(),
  /** a line that says nothing: how often it was asked, of how often, and from when it may be released */
  silentLine: z.object({ asks: z.number().int(), most: z.number().int(), releaseAt: z.number().int().optional() }).optional(),
  /** the caller hears who has answered, and the agent only after it */
  announcing: z.boolean().optional(),
  /** the line failed in the talk: the caller can be called back at once */
  dropped: z.boolean().optional(),
  recording: z.boolean(),
  /** the recording stands still, and goes on by itself at `until` */
  recordingPaused: z.object({ since: z.number().int(), until: z.number().int() }).optional(),
  /** false = no recogniser: the desk says so, phrase duties are unknown */
  transcribed: z.boolean(),
  mediaConnected: z.boolean(),
  transcript: z.array(wireEvent),
  duties: z.array(openDuty),
  verdicts: z.array(wireVerdict),
  record: callRecord.optional(),
  recordSavedAt: z.number().int().optional(),
  /** 事项 */
  matter: z.string().optional(),
});
export type CallView = z.infer<typeof callView>;

/** A call of ours that has not come to a talk yet. */
export const dialView = z.object({
  interaction: z.string(),
  number: z.string().optional(),
  purpose: z.string(),
  promise: z.string().optional(),
  since: z.number().int(),
  ringingAt: z.number().int().optional(),
  /** answered: the callee hears the recording notice */
  answeredAt: z.number().int().optional(),
  /** the points that were prepared, one a line */
  note: z.string().optional(),
});
export type DialView = z.infer<typeof dialView>;

export const promiseView = z.object({
  promise: z.string(),
  kind: z.string(),
  interaction: z.string().optional(),
  owner: z.string(),
  firstReceiver: z.string(),
  dueAt: z.number().int(),
  state: z.enum(['open', 'kept', 'missed', 'withdrawn', 'kept-late', 'unreached']),
  about: z.string().optional(),
  /** the due time that the caller was given first */
  firstDueAt: z.number().int().optional(),
  madeAt: z.number().int().optional(),
  attempts: z.number().int().optional(),
  lastAttempt: z.object({ at: z.number().int(), outcome: z.string() }).optional(),
  /** after a try that reached nobody: the next window of another part of the day */
  nextTryAt: z.number().int().optional(),
  moved: z.number().int().optional(),
  seenAt: z.number().int().optional(),
  /** 0 the owner alone knows, 1 the leader, 2 operations */
  escalated: z.number().int().optional(),
  ticket: z.string().optional(),
  customer: z.string().optional(),
  /** to be told when this outage is over */
  outage: z.string().optional(),
  /** how it came about: `voicemail` = the caller left word */
  channel: z.string().optional(),
});
export type PromiseView = z.infer<typeof promiseView>;

/** `any`: the hotline has matters to choose from. */
export const mattersFound = z.object({
  any: z.boolean(),
  matters: z.array(z.object({ matter: z.string(), code: z.string().optional() })),
});
export type MattersFound = z.infer<typeof mattersFound>;

/** What became of a promise, by its owner or a leader. */
export const promiseChange = z.discriminatedUnion('do', [
  z.object({ do: z.literal('keep') }),
  z.object({ do: z.literal('attempt'), outcome: z.enum(['reached', 'no-answer', 'busy', 'wrong-number']) }),
  z.object({ do: z.literal('see') }),
  z.object({ do: z.literal('reassign'), to: z.string().min(1).max(64), reason: z.string().min(1).max(200) }),
  /** 未联系上, by a leader, when the tries are used up */
  z.object({ do: z.literal('give-up') }),
  z.object({ do: z.literal('move'), due: z.number().int(), told: z.boolean(), reason: z.string().min(1).max(200) }),
  z.object({ do: z.literal('withdraw'), byCustomer: z.boolean(), reason: z.string().min(1).max(200) }),
]);
export type PromiseChange = z.infer<typeof promiseChange>;

/** What a norm or a refused hold suggests; it binds nobody until a person confirms it. */
export const proposalView = z.object({
  proposal: z.string(),
  what: z.enum(['promise', 'callback', 'ticket', 'ledger', 'review']),
  origin: z.enum(['norm', 'hold-declined', 'hold-long', 'transfer-long']),
  agent: z.string(),
  at: z.number().int(),
  interaction: z.string().optional(),
  norm: z.string().optional(),
  title: bilingual.optional(),
  cites: z.array(z.string()).optional(),
  message: z.string().optional(),
});
export type ProposalView = z.infer<typeof proposalView>;

export const proposalChange = z.discriminatedUnion('do', [
  z.object({ do: z.literal('confirm'), result: z.string().max(128).optional() }),
  z.object({ do: z.literal('decline'), reason: z.string().min(1).max(200) }),
]);
export type ProposalChange = z.infer<typeof proposalChange>;

/** A request for support on the desk of who asked. `helper`: 工号 of who comes. */
export const supportView = z.object({
  ...{ interaction: z.string(), topic: z.string(), requestedAt: z.number().int(), dueAt: z.number().int() },
  ...{ busy: z.boolean(), late: z.boolean(), helper: z.string().optional() },
});
export type SupportView = z.infer<typeof supportView>;

export const deskView = z.object({
  agent: z.string(),
  presence: z.object({ state: presenceState, since: z.number().int(), reason: z.string().optional() }),
  /** a small rest that was asked for: granted or not yet, and when it is over */
  rest: z
    .object({ askedAt: z.number().int(), wish: z.enum(['rest', 'talk']), granted: z.boolean(), until: z.number().int().optional() })
    .optional(),
  ring: ringView.optional(),
  call: callView.optional(),
  /** asked to take a colleague's caller over */
  consult: consultView.optional(),
  dialling: dialView.optional(),
  /** what became of the last call of ours that reached nobody */
  lastDial: z.object({ interaction: z.string(), at: z.number().int(), outcome: z.string(), promise: z.string().optional() }).optional(),
  wrapUp: z.object({ interaction: z.string(), since: z.number().int(), limitMs: z.number().int(), extended: z.number().int() }).optional(),
  /** the version of the monitoring policy that is to be acknowledged; absent = it was */
  acknowledge: z.object({ policy: z.string(), version: z.number().int() }).optional(),
  /** somebody was asked to come, oldest first */
  supports: z.array(supportView).optional(),
  promises: z.array(promiseView),
  proposals: z.array(proposalView).optional(),
});
export type DeskView = z.infer<typeof deskView>;
