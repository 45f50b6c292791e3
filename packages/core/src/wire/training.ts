import { z } from 'zod';
import { promiseKinds } from '../timeline/promise-kinds.ts';
import { callRecord, holdReason } from './desk.ts';
import { bilingual, openDuty, wireEvent, wireVerdict } from './events.ts';

const name = z.string().min(1).max(64);
const words = z.string().max(200);

/** What one does who practises: the desk's own controls, and what is said in place of speaking it. */
export const trainingAct = z.discriminatedUnion('do', [
  z.object({ do: z.literal('answer') }),
  z.object({ do: z.literal('say'), text: z.string().trim().min(1).max(400) }),
  z.object({
    do: z.literal('hold'),
    reason: holdReason,
    limitMs: z.number().int().min(10_000).max(600_000),
    consent: z.boolean(),
    override: words.optional(),
  }),
  z.object({ do: z.literal('resume') }),
  z.object({ do: z.literal('speak-over'), on: z.boolean() }),
  z.object({ do: z.literal('mute'), on: z.boolean() }),
  z.object({
    do: z.literal('transfer'),
    colleague: name,
    how: z.enum(['warm', 'cold']),
    brief: z.string().max(2000),
    consent: z.boolean(),
    override: words.optional(),
  }),
  z.object({ do: z.literal('transfer-step'), step: z.enum(['join', 'complete', 'take-back']) }),
  z.object({ do: z.literal('release'), confirmed: z.boolean(), reason: words.optional() }),
  z.object({ do: z.literal('mark-consent'), about: z.enum(['hold', 'transfer', 'callback', 'recording']), given: z.boolean() }),
  z.object({
    do: z.literal('promise'),
    what: z.enum(promiseKinds),
    inMs: z
      .number()
      .int()
      .min(60_000)
      .max(30 * 86_400_000),
    about: z.string().max(500),
    /** the number that the caller gave */
    number: z.string().max(32).optional(),
    soothed: z.boolean().optional(),
  }),
  z.object({ do: z.literal('record'), record: callRecord }),
  z.object({ do: z.literal('finish') }),
  z.object({ do: z.literal('search'), keywords: z.string().trim().min(1).max(100) }),
  z.object({ do: z.literal('open'), article: name }),
  z.object({
    do: z.literal('mark-answer'),
    outcome: z.enum(['answered', 'not-found', 'refused', 'out-of-scope']),
    article: name.optional(),
  }),
  /** an act that only this script has */
  z.object({ do: z.literal('own'), act: name }),
  z.object({ do: z.literal('give-up') }),
]);
export type TrainingAct = z.infer<typeof trainingAct>;

/** An act, and when it was done on the clock of the training: ms since its beginning. Typing does not move that clock. */
export const actedAt = z.object({ t: z.number().int().min(0).max(86_400_000), act: trainingAct });
export type ActedAt = z.infer<typeof actedAt>;

export const trainingMode = z.enum(['text', 'ear']);

/** A script in the list. */
export const trainingCard = z.object({
  script: z.string(),
  version: z.number().int(),
  scenario: z.string(),
  title: bilingual,
  about: bilingual,
  derived: z.boolean(),
  /** delivered with the product, or the hotline's own */
  own: z.boolean(),
  practises: z.array(bilingual),
  /** lines of the caller that somebody recorded; none = it is practised as text */
  audible: z.number().int(),
  /** own tries that came to an end */
  tries: z.number().int(),
  passed: z.boolean(),
  lastAt: z.number().int().optional(),
});
export type TrainingCard = z.infer<typeof trainingCard>;

/** How a try ended for the caller. */
export const trainingEnding = z.enum([
  'content',
  'settled',
  'angry',
  'tired',
  'held-too-long',
  'handed-over',
  'released',
  'not-answered',
  'gave-up',
  'time',
]);
export type TrainingEnding = z.infer<typeof trainingEnding>;

const stepView = z.object({
  step: z.string(),
  title: bilingual,
  cites: z.array(z.string()),
  /** `early`: only before the step that comes first; `not-asked`: the conversation did not come there */
  standing: z.enum(['done', 'early', 'missing', 'not-asked']),
  at: z.number().int().optional(),
  event: z.string().optional(),
  say: bilingual.optional(),
});
export type StepView = z.infer<typeof stepView>;

/** What the product would have created for real. */
const wouldCreate = z.object({
  at: z.number().int(),
  type: z.string(),
  title: bilingual.optional(),
  kind: z.string().optional(),
  due: z.number().int().optional(),
});

export const trainingResult = z.object({
  ending: trainingEnding,
  /** every step in its order, the record as wanted, and no practised norm broken */
  passed: z.boolean(),
  steps: z.array(stepView),
  /** acts that were refused because something comes first */
  stops: z.array(z.object({ at: z.number().int(), did: z.string(), says: bilingual, cites: z.array(z.string()) })),
  record: z.object({ wanted: z.array(z.string()), missing: z.array(z.string()) }),
  wouldCreate: z.array(wouldCreate),
});
export type TrainingResult = z.infer<typeof trainingResult>;

/** What was missing for a duty, and what came nearest to it. */
export const missedWords = z.object({
  norm: z.string(),
  key: z.string(),
  /** what the norm says to the agent */
  message: bilingual.optional(),
  /** a whole sentence that meets it */
  sentence: z.string().optional(),
  /** what was said that came nearest, and how near: 0 to 1 */
  nearest: z.object({ event: z.string(), text: z.string(), likeness: z.number() }).optional(),
});
export type MissedWords = z.infer<typeof missedWords>;

/** A training that goes on: what the play screen shows. */
export const trainingView = z.object({
  run: z.string(),
  script: z.string(),
  title: bilingual,
  about: bilingual,
  mode: trainingMode,
  /** now on its own clock, and when something happens by itself, ms since the beginning */
  t: z.number().int(),
  wakeAt: z.number().int().optional(),
  startedAt: z.number().int(),
  phase: z.enum(['waiting', 'ringing', 'talking', 'hold', 'transfer', 'wrap-up', 'over']),
  /** the caller goes on speaking: who speaks now interrupts */
  callerSpeaks: z.boolean(),
  muted: z.boolean(),
  speakingOver: z.boolean(),
  holdEndsAt: z.number().int().optional(),
  transfer: z.enum(['ringing', 'talking', 'accepted']).optional(),
  events: z.array(wireEvent),
  /** the recorded line that was spoken last, where somebody recorded it */
  line: z.object({ id: z.string(), at: z.number().int(), audible: z.boolean() }).optional(),
  duties: z.array(openDuty),
  caller: z.object({ name: z.string(), number: z.string() }),
  colleagues: z.array(z.object({ colleague: z.string(), title: bilingual })),
  acts: z.array(z.object({ act: z.string(), title: bilingual, done: z.boolean() })),
  found: z.array(z.object({ article: z.string(), title: z.string(), text: z.string().optional() })),
  record: callRecord.optional(),
  wanted: z.array(z.string()),
});
export type TrainingView = z.infer<typeof trainingView>;

/** What came of an act. */
export const trainingAnswer = z.object({
  view: trainingView,
  /** done, or why not yet */
  done: z.boolean(),
  asks: z.object({ message: bilingual, missing: z.array(bilingual), cites: z.array(z.string()) }).optional(),
  /** it goes on with a reason, or with a second press */
  reason: z.boolean().optional(),
  refusal: z.object({ message: z.string(), remedy: z.string() }).optional(),
});
export type TrainingAnswer = z.infer<typeof trainingAnswer>;

export const trainingTry = z.object({
  run: z.string(),
  agent: z.string(),
  agentName: z.string().optional(),
  script: z.string(),
  version: z.number().int(),
  title: bilingual,
  scenario: z.string(),
  startedAt: z.number().int(),
  endedAt: z.number().int().optional(),
  ending: trainingEnding.optional(),
  passed: z.boolean().optional(),
  broken: z.number().int().optional(),
  /** titles of what was missing */
  missing: z.array(bilingual).optional(),
});
export type TrainingTry = z.infer<typeof trainingTry>;

/** A try that came to its end: what happened, the verdicts, and what was missing. */
export const trainingReplay = z.object({
  try: trainingTry,
  events: z.array(wireEvent),
  verdicts: z.array(wireVerdict),
  practises: z.array(z.string()),
  missed: z.array(missedWords),
  result: trainingResult,
});
export type TrainingReplay = z.infer<typeof trainingReplay>;

/** A text that people read and confirm, or a lesson that is talked over; a new version is read again. */
export const lesson = z.object({
  lesson: z.string(),
  version: z.number().int(),
  kind: z.enum(['read', 'discussion']),
  whom: z.enum(['agent', 'lead', 'owner']),
  title: bilingual,
  text: bilingual,
  /** clauses that are carried by it */
  clauses: z.array(z.string()),
  /** the training that goes with it */
  script: z.string().optional(),
  /** newest version that this person has read, or talked over, and when */
  readVersion: z.number().int().optional(),
  readAt: z.number().int().optional(),
});
export type Lesson = z.infer<typeof lesson>;

/** For leaders: what one person has practised and read. No figure of it counts anywhere else. */
export const trainee = z.object({
  agent: z.string(),
  name: z.string(),
  scripts: z.array(
    z.object({ script: z.string(), tries: z.number().int(), passed: z.boolean(), lastRun: z.string(), lastAt: z.number().int() }),
  ),
  /** lessons whose newest version was not read */
  unread: z.array(z.string()),
});
export type Trainee = z.infer<typeof trainee>;

export const publishedScript = z.object({
  script: z.string().optional(),
  version: z.number().int().optional(),
  faults: z.array(
    z.object({ line: z.number().int(), column: z.number().int(), expected: z.string(), found: z.string(), remedy: bilingual.optional() }),
  ),
});
export type PublishedScript = z.infer<typeof publishedScript>;

/** A script as who keeps it sees it: `GET /api/training/scripts`. */
export const scriptCard = z.object({
  script: z.string(),
  version: z.number().int(),
  scenario: z.string(),
  title: bilingual,
  /** delivered with the product, or the hotline's own */
  own: z.boolean(),
  /** lines of the caller, and those that somebody recorded as they are now */
  lines: z.number().int(),
  recorded: z.number().int(),
});
export type ScriptCard = z.infer<typeof scriptCard>;

/** `GET /api/training/scripts/:script`. */
export const scriptDetail = scriptCard.extend({
  text: z.string(),
  /** `stale`: recorded, but its words have changed since */
  callerLines: z.array(z.object({ line: z.string(), says: z.string(), standing: z.enum(['recorded', 'stale', 'missing']) })),
  /** the hotline's own, newest first */
  versions: z.array(z.object({ version: z.number().int(), at: z.number().int(), by: z.string() })),
});
export type ScriptDetail = z.infer<typeof scriptDetail>;

export const lineKept = z.object({ durationMs: z.number().int(), peakDb: z.number() });

/** Everything that trainings hold of a person: `GET /api/training/people/:agent/data`. */
export const trainingData = z.object({
  agent: z.string(),
  tries: z.array(
    z.object({
      run: z.string(),
      script: z.string(),
      version: z.number().int(),
      mode: trainingMode,
      startedAt: z.number().int(),
      endedAt: z.number().int().optional(),
      acts: z.array(actedAt),
      replay: trainingReplay.optional(),
    }),
  ),
  readings: z.array(z.object({ lesson: z.string(), version: z.number().int(), at: z.number().int(), ledBy: z.string().optional() })),
});
export type TrainingData = z.infer<typeof trainingData>;

/** How much was erased: `DELETE /api/training/people/:agent/data`. */
export const trainingErased = z.object({ tries: z.number().int(), readings: z.number().int() });
