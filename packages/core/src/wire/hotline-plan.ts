import { z } from 'zod';
import { actTemplate } from './acting.ts';

/** Also stands in events, addresses (`?queue=`) and files. */
const id = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u, 'letters, digits, dot, dash, underscore; at most 64');
const minutes = z
  .tuple([z.number().int().min(0).max(1440), z.number().int().min(0).max(1440)])
  .refine(([from, to]) => from < to, 'a time that begins before it ends');
const level = z.number().int().min(1).max(9);

export const queuePlan = z.strictObject({
  queue: id,
  name: z.strictObject({ zh: z.string().min(1).max(60), en: z.string().min(1).max(60) }),
  /** callers of a higher one go first, whatever they wait */
  priority: z.number().int().min(0).max(9).default(0),
  /** only who has it answers here; `level` = at least so much of it */
  skill: id.optional(),
  level: level.optional(),
  /** callers who speak it and chose no queue wait here */
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/, 'a language, for example en')
    .optional(),
  /** callers who wait at most; whoever comes then goes to `overflow`, or is told so and may be called back */
  capacity: z.number().int().min(1).max(10_000).optional(),
  /** another queue, when nobody is signed in here, when it is full, after a wait, or when so many wait for each agent */
  overflow: z
    .strictObject({
      to: id,
      afterMs: z.number().int().min(1000).max(3_600_000).optional(),
      ratio: z.number().min(0.1).max(1000).optional(),
    })
    .optional(),
  /** minutes of each weekday, Monday first, closed on holidays; `working-time` = as the calendar says; absent = always open */
  hours: z.union([z.literal('working-time'), z.array(z.array(minutes).max(10)).length(7)]).optional(),
  /** the queue of callers who come outside the hours; absent = they are told, and may be called back */
  night: id.optional(),
});
export type QueuePlan = z.infer<typeof queuePlan>;

/** What callers come with, as records, norms and reports name it. */
export const matterPlan = z.strictObject({
  matter: z.string().trim().min(1).max(40),
  /** of the house's own statistics */
  code: z.string().min(1).max(32).optional(),
  /** other words by which it is found */
  words: z.array(z.string().min(1).max(30)).max(10).optional(),
});
export type MatterPlan = z.infer<typeof matterPlan>;

const beginning = z.string().regex(/^\+?[0-9]{1,20}$/, 'the beginning of a number: digits, perhaps after a plus');

/** Experts whom agents ask, and to whom they hand callers over who agree (综合接续、专席). */
export const expertSeat = z.strictObject({
  seat: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,47}$/u, 'letters, digits, dot, dash, underscore; at most 48'),
  name: z.strictObject({ zh: z.string().min(1).max(60), en: z.string().min(1).max(60) }),
  /** 工号 of the experts */
  agents: z.array(z.string().min(1).max(64)).min(1).max(50),
  /** consultations of one expert in any hour; more are asked of them in an emergency only; absent = no limit */
  mostPerHour: z.number().int().min(1).max(60).optional(),
});
export type ExpertSeat = z.infer<typeof expertSeat>;

const named = z.strictObject({ zh: z.string().min(1).max(60), en: z.string().min(1).max(60) });

/** What agents send callers to who agree, and the other ways that are named to those who do not. */
export const selfServicePlan = z.strictObject({
  /** each begins a call flow that is in force, at its first step or at `step` */
  items: z
    .array(z.strictObject({ item: id, name: named, flow: z.string().min(1).max(60), step: z.string().min(1).max(60).optional() }))
    .max(30)
    .default([]),
  channels: z
    .array(named)
    .max(10)
    .default([
      { zh: '自助语音热线', en: 'the self-service line' },
      { zh: '官方网站', en: 'the website' },
      { zh: '短信查询', en: 'a text message' },
    ]),
});

const extension = z.string().regex(/^[0-9]{3,8}$/, 'an extension: 3 to 8 digits');

/** What staff may dial to the outside, by the beginnings of numbers; the longest that fits decides. Emergency numbers always may. */
export const dialPlan = z.strictObject({
  allow: z.array(beginning).max(200).default([]),
  /** not these, although a shorter beginning is allowed: 00, 168 */
  refuse: z.array(beginning).max(200).default([]),
  /** extensions of another exchange that the line reaches, each from … to: 8000–8099 */
  extensions: z
    .array(
      z
        .tuple([extension, extension])
        .refine(([from, to]) => from.length === to.length && from <= to, 'two extensions of as many digits, the lower one first'),
    )
    .max(50)
    .optional(),
  /** the number that is shown to whom we call; absent = as the trunk does */
  shows: z
    .string()
    .regex(/^\+?[0-9]{3,20}$/, 'a telephone number')
    .optional(),
});
export type DialPlan = z.infer<typeof dialPlan>;

/** How a hotline works: its queues, the first being the general desk, and its changed settings. */
export const hotlinePlan = z.strictObject({
  queues: z.array(queuePlan).min(1).max(1000),
  /** dialled number → queue */
  numbers: z.record(z.string().min(1).max(64), id).default({}),
  /** key → queue, asked of callers who chose none; absent = no menu, straight to a person */
  menu: z
    .strictObject({
      keys: z.record(z.string().regex(/^[0-9*#]$/, 'a key of a telephone'), id),
      /** after the prompt; who presses nothing goes to the general desk */
      waitMs: z.number().int().min(1000).max(30_000).default(5000),
    })
    .optional(),
  /** what staff may dial to the outside: callbacks, transfers; absent = nothing but emergency numbers */
  dialPlan: dialPlan.optional(),
  /** callers whom nobody can answer may leave a spoken message; absent = they may only ask to be called back */
  voicemail: z
    .strictObject({
      /** longest message */
      maxMs: z.number().int().min(10_000).max(600_000).default(120_000),
    })
    .optional(),
  /** agents may let callers go who are asked to rate the call by the keys 1 to 5; absent = no survey */
  survey: z
    .strictObject({
      /** question and answer together */
      maxMs: z.number().int().min(5000).max(120_000).default(30_000),
    })
    .optional(),
  /** absent = agents send nobody to self-service */
  selfService: selfServicePlan.optional(),
  /** absent = the record names no matter */
  matters: z.array(matterPlan).max(2000).optional(),
  /** named expert seats; absent = none */
  experts: z.array(expertSeat).max(50).optional(),
  /** what agents may do for customers, by product; absent = the templates that ship, empty = nothing */
  acting: z.array(actTemplate).max(50).optional(),
  /** callers whose calls are tests (拨测): routed like others, counted nowhere */
  testNumbers: z.array(z.string().min(1).max(32)).max(100).default([]),
  /** figures that differ from those that ship */
  settings: z.record(z.string(), z.number()).default({}),
});
export type HotlinePlan = z.infer<typeof hotlinePlan>;

/** Level of each skill. */
export const skillLevels = z.record(id, level).refine((skills) => Object.keys(skills).length <= 50, 'at most 50 skills');
export type SkillLevels = z.infer<typeof skillLevels>;
