import { z } from 'zod';

export const monitorMode = z.enum(['listen', 'whisper', 'barge']);
export type MonitorMode = z.infer<typeof monitorMode>;

/** What a leader does with calls and people of others. `barge` = 插话: caller and agent hear the leader. */
export const leaderCommand = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('monitor'), interaction: z.string().max(128), mode: monitorMode }),
  z.object({ kind: z.literal('stop-monitoring'), interaction: z.string().max(128) }),
  /** 接管: the caller is the leader's */
  z.object({ kind: z.literal('take-over'), interaction: z.string().max(128) }),
  /** 批小休; without a limit: not now */
  z.object({
    kind: z.literal('answer-rest'),
    agent: z.string().min(1).max(64),
    limitMs: z.number().int().min(60_000).max(3_600_000).optional(),
  }),
  /** 找领导: takes the call, or has the caller called back */
  z.object({ kind: z.literal('answer-request'), interaction: z.string().max(128), takes: z.boolean() }),
  /** 现场支撑: goes to the agent who asked in this interaction, or says that nobody can now */
  z.object({ kind: z.literal('answer-support'), interaction: z.string().max(128), comes: z.boolean() }),
  /** 强制示闲 / 示忙 */
  z.object({ kind: z.literal('set-state'), agent: z.string().min(1).max(64), state: z.enum(['ready', 'busy']) }),
]);
export type LeaderCommand = z.infer<typeof leaderCommand>;

export const leaderRequest = z.object({ do: leaderCommand });
