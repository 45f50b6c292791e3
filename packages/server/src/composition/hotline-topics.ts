import { toWire } from '@threerings/core/timeline/to-wire';
import type { Sight } from '../interactions/sight.ts';
import { readVerdicts } from '../observance/verdicts-read-model.ts';
import { findInteraction } from '../store/interaction-rows.ts';
import type { Chats } from './chats.ts';
import type { HotlineParts } from './hotline-parts.ts';
import type { NormsInForce } from './norms-in-force.ts';
import type { PartContext } from './product-part.ts';

/** What open pages can follow: the own desk, the board, and calls that one may see. */
export function offerTopics(
  context: PartContext,
  sight: Sight,
  running: () => { readonly parts: HotlineParts; readonly norms: NormsInForce; readonly chats: Chats },
): void {
  const { live } = context.shell;
  const { db } = context.store;
  live.topic({ topic: 'desk', permission: 'desk.use', view: async (_, agent) => running().parts.desks.view(agent) });
  live.topic({ topic: 'chats', permission: 'desk.use', view: async (_, agent) => running().chats.live.view(agent) });
  live.topic({ topic: 'board', permission: 'board.see', view: async () => running().parts.board.view('zh') });
  live.topic({
    topic: 'interaction',
    permission: ['calls.see-own', 'calls.see-unit', 'calls.see-all'],
    async view(person, interaction) {
      const { parts, norms } = running();
      const found = await findInteraction(db, interaction);
      const owned = { agent: found?.row.agent, unit: found?.unit };
      if (found === undefined || !(await sight.maySee(person, owned))) {
        return { refused: 'interaction.unknown', message: '没有这通通话，或您无权查看' };
      }
      const events = await parts.events.withTexts(await parts.events.loadInteraction(interaction));
      const verdicts = await readVerdicts(db, interaction);
      return {
        events: events.map((event) => toWire(event, event.text)),
        verdicts: verdicts.map((stored) => norms.bookOf(stored.verdict).onWire(stored, events)),
      };
    },
  });
}
