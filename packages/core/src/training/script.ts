import { z } from 'zod';

/** Names inside a script: states, steps, acts, articles, colleagues. */
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters, digits and dashes');
const sentence = z.string().min(1).max(400);
const bilingual = z.strictObject({ zh: sentence, en: sentence });
const ids = z.array(id).min(1).max(40);
const names = z.array(z.string().min(1).max(80)).min(1).max(40);
const clauses = z.array(z.string().min(1).max(20)).max(40).default([]);
const mood = z.number().int().min(-3).max(3);

/** `20s`, `5m`, as ms. */
const duration = z
  .string()
  .regex(/^[1-9][0-9]{0,3}(s|m)$/, 'a length of time such as 20s or 5m')
  .transform((text) => Number(text.slice(0, -1)) * (text.endsWith('m') ? 60_000 : 1000));

/**
 * When something holds. All that is given must hold; of a list one is enough. `said`: phrase families of the norms, `words`: texts as they are,
 * `did`: acts at the desk (acts.ts), all by who practises and since the caller's last words; `after`: so long nothing was said or done.
 */
const occasion = {
  said: names.optional(),
  words: names.optional(),
  did: names.optional(),
  after: duration.optional(),
  moodAtLeast: mood.optional(),
  moodAtMost: mood.optional(),
  done: ids.optional(),
  undone: ids.optional(),
};
const lines = z.array(sentence).max(8);

const branch = z.strictObject({ ...occasion, go: id.optional(), says: lines.optional(), mood: mood.optional() });
export type Branch = z.infer<typeof branch>;
export type Occasion = Pick<Branch, keyof typeof occasion>;

const state = z.strictObject({
  /** what the situation is from here on, as a leader who listens would mark it: norms about it apply whatever the agent marks */
  marks: z
    .array(z.enum(['complaint', 'escalation', 'leader-asked', 'dissatisfied']))
    .max(4)
    .default([]),
  /** said on coming here, one after the other; who speaks between them interrupts */
  says: lines.default([]),
  when: z.array(branch).max(40).default([]),
  /** what was said or done fits no branch */
  otherwise: branch.omit({ said: true, words: true, did: true, after: true }).optional(),
  /** the caller hangs up after the last words */
  ends: z.enum(['content', 'settled', 'angry']).optional(),
});
export type CallerState = z.infer<typeof state>;

const step = z.strictObject({
  step: id,
  title: bilingual,
  cites: clauses,
  when: z.strictObject({ said: names.optional(), words: names.optional(), did: names.optional() }),
  /** counts only where the conversation came to one of these states */
  within: ids.optional(),
  /** what could have been said, where no norm has a sentence for it; `{slots}` are filled by who speaks */
  say: bilingual.optional(),
});
export type PractisedStep = z.infer<typeof step>;

const eventField = z.union([z.string().max(200), z.number(), z.boolean(), z.array(z.string().max(80)).max(20)]);
const act = z.strictObject({
  act: id,
  title: bilingual,
  /** events of the vocabulary; `$agent` stands for who practises, `$in 2h` for an instant */
  records: z
    .array(z.strictObject({ type: z.string().min(1).max(60), by: z.string().max(20).optional(), fields: z.record(z.string(), eventField) }))
    .max(6)
    .default([]),
  /** the product would have written this down for real */
  wouldCreate: bilingual.optional(),
});
export type OwnAct = z.infer<typeof act>;

const stop = z.strictObject({ did: names, undone: ids, says: bilingual, cites: clauses });
export type Stop = z.infer<typeof stop>;

const article = z.strictObject({ article: id, title: sentence, keywords: names, text: z.string().min(1).max(2000) });

/** What a caller of a training does, and what is asked of who practises. Delivered as YAML; the meaning is in `docs/guides/training.md`. */
export const trainingScript = z.strictObject({
  script: id,
  version: z.number().int().min(1).max(10_000),
  scenario: z.string().regex(/^[A-Z][A-Z0-9-]{0,15}$/, 'a short name such as T5'),
  title: bilingual,
  about: bilingual,
  /** the steps follow from other clauses, not from the scenario's own text: the owner has to confirm them */
  derived: z.boolean().default(false),
  /** norms of this pack judge beside those in force */
  pack: z.string().max(64).optional(),
  /** norms that this is practised for */
  practises: z.array(z.string().min(1).max(80)).max(40).default([]),
  caller: z.strictObject({
    name: sentence,
    number: z.string().regex(/^[0-9]{3,20}$/, 'a telephone number'),
    mood: mood.default(0),
    /** silence after which the caller asks whether anybody is there */
    patience: duration.prefault('20s'),
    asks: lines.min(1).default(['喂，您还在吗？']),
    /** waits so long with music before hanging up */
    holds: duration.prefault('2m'),
    /** answers that fit nothing, or silences, until the caller hangs up */
    tries: z.number().int().min(1).max(20).default(6),
  }),
  /** whom the caller can be transferred to */
  colleagues: z
    .array(
      z.strictObject({
        colleague: id,
        title: bilingual,
        answers: z.enum(['takes', 'declines', 'silent']),
        events: z.enum(['expert', 'person']).default('person'),
      }),
    )
    .max(6)
    .default([]),
  articles: z.array(article).max(20).default([]),
  acts: z.array(act).max(12).default([]),
  start: id,
  states: z.record(id, state),
  steps: z.array(step).max(30).default([]),
  stops: z.array(stop).max(12).default([]),
  record: z
    .array(z.enum(['who', 'when', 'where', 'what', 'why', 'how']))
    .max(6)
    .default([]),
});
export type TrainingScript = z.infer<typeof trainingScript>;
