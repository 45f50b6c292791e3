import type { DeskCommand } from '@threerings/core/wire/desk';
import { actingFeature } from '@threerings/server/acting/acting-routes';
import { chatsFeature } from '@threerings/server/composition/chats';
import { dayWorkFeatures } from '@threerings/server/composition/day-work';
import { outboundParts } from '@threerings/server/composition/matters';
import { deskFeature } from '@threerings/server/desk/desk-routes';
import type { Feature } from '@threerings/server/http/app';
import type { ShellServices } from '@threerings/server/http/shell';
import { Sight } from '@threerings/server/interactions/sight';
import { knowledgeFeature } from '@threerings/server/knowledge/knowledge-routes';
import { leaderFeature } from '@threerings/server/monitoring/leader-routes';
import { outboundFeature } from '@threerings/server/outbound/outbound-routes';
import { promiseFeature } from '@threerings/server/promises/promise-routes';
import { answerOf } from '@threerings/server/store/answered-commands';
import { callbackFeature } from '@threerings/server/text-channels/callback-routes';
import { ticketFeature } from '@threerings/server/tickets/ticket-routes';
import type { SimClock } from '../../sim-clock.ts';
import type { TestDatabase } from '../../test-database.ts';
import type { Life } from './server-life.ts';

/** The real routes that people of a scenario use, over whatever life the server lives. */
export function houseRoutes(of: ShellServices, living: () => Life, { db }: TestDatabase, { now }: SimClock): Feature[] {
  const floor = () => living().parts.floor;
  const matters = () => living().matters;
  const sight = new Sight(of.people, now);
  const answered = (agent: string, id: string) => answerOf(db, agent, id);
  return [
    deskFeature({
      ask: (agent: string, command: DeskCommand, id: string) => floor().tell({ kind: 'desk', agent, command, asks: [], at: now() }, id),
      answered,
    }),
    leaderFeature({
      ...{ audit: of.audit, people: of.people, sight, now },
      hotline: () => floor().hotline,
      ask: (leader, command) => floor().tell({ kind: 'leader', leader, command, at: now() }),
    }),
    chatsFeature(living, sight, of.people, { check: (text) => living().checkWords(text) }),
    callbackFeature({ channel: (id) => living().chats.channels.channel(id) }),
    outboundFeature(() => outboundParts(matters())),
    actingFeature(() => ({ desk: matters().acting, sight: matters().sight, answered })),
    ticketFeature(() => matters().tickets),
    promiseFeature(() => matters().ledger, of.audit),
    knowledgeFeature(() => matters().knowledge),
    ...dayWorkFeatures(() => matters().day, of.audit),
  ];
}
