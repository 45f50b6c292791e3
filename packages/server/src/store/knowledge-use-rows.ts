import { numberOf, textOf } from '@threerings/core/timeline/decider';
import type { Projector } from './append-batch.ts';

/** Keeps who was told which version of an article or a quick reply, in the transaction of the event. The first time counts. */
export const projectKnowledgeUses: Projector = async (tx, appended) => {
  for (const event of appended) {
    const entry =
      event.type === 'knowledge.opened' ? textOf(event, 'article') : event.type === 'quick-reply.used' ? textOf(event, 'reply') : undefined;
    const version = numberOf(event, 'version');
    if (entry === undefined || version === undefined || event.interaction === undefined) continue;
    const use = { entry, version, interaction: event.interaction, at: event.occurredAt };
    await tx
      .insertInto('knowledge_uses')
      .values(use)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
};
