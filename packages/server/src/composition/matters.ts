import type { DeskCommand } from '@threerings/core/wire/desk';
import type { WordsCheck } from '@threerings/core/words/words-check';
import type { Verdict } from '@threerings/norms/trace';
import { ActingDesk } from '../acting/acting-desk.ts';
import { actingFeature } from '../acting/acting-routes.ts';
import { planDigest } from '../acting/plan-digest.ts';
import { appealFeature } from '../appeals/appeal-routes.ts';
import { matterFileFeature } from '../attachments/matter-file-routes.ts';
import { type AlertParts, alertFeature } from '../board/alert-routes.ts';
import { CustomerDesk } from '../customers/customer-desk.ts';
import { customerFeature } from '../customers/customer-routes.ts';
import { SearchTokens } from '../customers/search-tokens.ts';
import { demoHotline } from '../demo/demo-hotline.ts';
import { plainPlan, readStoredPlan } from '../hotline-plan/plan-read-model.ts';
import type { Feature } from '../http/app.ts';
import { tableImportFeature } from '../imports/tables/table-routes.ts';
import type { Sight } from '../interactions/sight.ts';
import { KnowledgeBook } from '../knowledge/knowledge-book.ts';
import { KnowledgeDesk } from '../knowledge/knowledge-desk.ts';
import { knowledgeFeature } from '../knowledge/knowledge-routes.ts';
import { actingStops } from '../observance/acting-stops.ts';
import { proposalFeature } from '../observance/proposal-routes.ts';
import { OutboundDesk } from '../outbound/outbound-desk.ts';
import { type OutboundRouteParts, outboundFeature } from '../outbound/outbound-routes.ts';
import { Ledger } from '../promises/ledger.ts';
import { promiseFeature } from '../promises/promise-routes.ts';
import { workCalendarOf } from '../promises/work-calendar.ts';
import { type MailingRouteParts, mailingFeature } from '../reports/mailing-routes.ts';
import { ReportDesk } from '../reports/report-desk.ts';
import { reportFeature } from '../reports/report-routes.ts';
import { erasureFeature } from '../retention/erasure-routes.ts';
import { retentionFeature } from '../retention/hold-routes.ts';
import type { RetentionParts } from '../retention/retention-keeper.ts';
import { openSenders } from '../sending/open-senders.ts';
import { sendDue } from '../sending/outbox.ts';
import { outboxDue } from '../sending/outbox-read-model.ts';
import { type OutboxRouteParts, outboxFeature } from '../sending/outbox-routes.ts';
import { answerOf } from '../store/answered-commands.ts';
import { owedTickets } from '../store/ticket-rows.ts';
import { TimerRunner } from '../store/timer-runner.ts';
import type { ClaimedTimer } from '../store/timers.ts';
import { TicketBook } from '../tickets/ticket-book.ts';
import { TicketDesk } from '../tickets/ticket-desk.ts';
import { ticketFeature } from '../tickets/ticket-routes.ts';
import { type DayWork, dayWorkFeatures, openDayWork } from './day-work.ts';
import type { HotlineParts } from './hotline-parts.ts';
import type { NormsInForce } from './norms-in-force.ts';
import type { PartContext } from './product-part.ts';

/** What outlives a call: promises, proposals, alerts, tickets, customers, appeals. */
export interface Matters {
  readonly parts: HotlineParts;
  readonly norms: NormsInForce;
  readonly ledger: Ledger;
  readonly tickets: TicketDesk;
  readonly customers: CustomerDesk;
  readonly acting: ActingDesk;
  readonly sight: Sight;
  readonly reports: ReportDesk;
  readonly outbound: OutboundDesk;
  readonly retention: RetentionParts;
  readonly knowledge: KnowledgeDesk;
  readonly outbox: OutboxRouteParts;
  /** sends what is in the outbox; started by whoever runs the hotline */
  readonly outboxTimers: TimerRunner;
  readonly day: DayWork;
}

/** Tickets whose promise is looked at after a restart, at most. */
const mostOwed = 10_000;

export async function openMatters(context: PartContext, parts: HotlineParts, norms: NormsInForce, sight: Sight): Promise<Matters> {
  const { store, shell, log } = context;
  const { now } = parts.clock;
  const read = (references: readonly string[]) => parts.vault.read(store.db, references);
  const unitsBelow = (unit: string) => sight.unitsBelow(unit);
  const shared = { db: store.db, people: shell.people, unitsBelow, now, read };
  const ledger = new Ledger({
    ...{ ...shared, sight },
    book: parts.promises,
    plan: () => parts.floor.hotline.plan,
    store: parts.events,
    calendar: workCalendarOf(norms.calendar),
    tries: parts.floor.hotline.settings.callbackTries,
  });
  const onError = (ticket: string, error: unknown) => log.error({ err: error, ticket }, 'the promise of a ticket could not follow it');
  const book = new TicketBook({ store: parts.events, now, onError });
  const tickets = new TicketDesk({ ...shared, book });
  parts.dispatch.subscribe('tickets', book.take);
  for (const ticket of await owedTickets(store.db, mostOwed)) book.follow(ticket);
  const tokens = new SearchTokens(store.masterKey);
  const customers = new CustomerDesk({
    ...{ ...shared, tokens },
    store: parts.events,
    maySeeTicket: async (person, ticket) => (await tickets.find(person, ticket)) !== undefined,
  });
  const { floor } = parts;
  const acting = new ActingDesk({
    ...{ db: store.db, vault: parts.vault, events: parts.events, customers, audit: shell.audit, now },
    hotline: () => floor.hotline,
    digest: planDigest(store.masterKey),
    stops: (about) => actingStops(norms.program, norms.book.words, about),
    tell: (agent, interaction, act, command, stops) => floor.tell({ kind: 'acting', agent, interaction, act, stops, at: now() }, command),
  });
  const reports = new ReportDesk({
    ...shared,
    card: (norm) => norms.book.card(norm),
    queues: () => parts.floor.hotline.plan.queues.map(({ queue, name }) => ({ queue, name: name.zh })),
    callers: { read, tokenOf: (number) => tokens.query(number) },
    settings: () => parts.floor.hotline.settings,
    zoneOffsetMs: norms.calendar.table.zone[0]?.offsetMs ?? 0,
    countReplays: context.form === 'demo',
  });
  const outbound = new OutboundDesk({
    ledger,
    customers,
    events: parts.events,
    hasLine: context.config.trunkProxy !== undefined,
    hotline: () => parts.floor.hotline,
    read,
  });
  let day: DayWork | undefined;
  const settledMessage = (message: string) => {
    shell.live.changed(['outbox']);
    day?.outages.book.sent(message);
  };
  const sending = { db: store.db, vault: parts.vault, senders: openSenders(context.config), now, settled: settledMessage };
  const outboxTimers = new TimerRunner({
    ...{ db: store.db, clock: parts.clock, handlers: { [outboxDue]: (timer: ClaimedTimer) => sendDue(sending, timer) } },
    // Each try that fails is noted with its message.
    onError: (error, timer) => timer === undefined && log.error({ err: error }, 'the outbox could not be read'),
  });
  const outbox: OutboxRouteParts = {
    ...{ ...sending, people: context.shell.people, sight, audit: context.shell.audit, events: parts.events },
    wake: () => outboxTimers.set(now()),
  };
  const retention: RetentionParts = {
    ...{ db: store.db, data: context.config.data, audit: context.shell.audit },
    search: { tokenOf: (typed) => tokens.query(typed), read },
    settings: () => parts.floor.hotline.settings,
  };
  const knowledge = openKnowledge(context, parts, read, (text) => norms.book.checkWords(text));
  await knowledge.parts.book.refresh();
  const titleOf = (article: string) => knowledge.parts.book.find(article)?.live.title;
  day = await openDayWork({ context, parts, sight, outbox, norms, tickets, titleOf, hotlineName: namedHotline(context).name });
  return { parts, norms, ledger, tickets, customers, acting, sight, reports, outbound, retention, knowledge, outbox, outboxTimers, day };
}

/** Reports that are mailed, through the outbox of this hotline. */
export function mailingParts(context: PartContext, { reports, parts, outbox }: Matters): MailingRouteParts {
  const { store, shell } = context;
  const sending = { wake: () => outbox.wake(), sends: () => outbox.senders.mail !== undefined };
  return { ...sending, desk: reports, db: store.db, vault: parts.vault, audit: shell.audit, hotlineName: namedHotline(context).name };
}

/** Calls that agents place, on this floor. */
function alertParts({ parts, day }: Matters): AlertParts {
  const { board, events } = parts;
  return { board, events, acknowledgeEmergency: (emergency, agent) => day.emergencies.acknowledge(emergency, agent) };
}

export function outboundParts({ outbound, parts, customers }: Matters): OutboundRouteParts {
  return {
    desk: outbound,
    place: (agent, order) => parts.floor.tell({ kind: 'place-call', agent, order, at: parts.clock.now() }),
    joined: (order, agent) => customers.joinOpenCase(order.case, order.interaction, agent),
  };
}

function openKnowledge(
  { store, shell }: PartContext,
  parts: HotlineParts,
  read: KnowledgeDesk['parts']['read'],
  check: WordsCheck,
): KnowledgeDesk {
  const { now } = parts.clock;
  const { floor } = parts;
  return new KnowledgeDesk({
    ...{ db: store.db, audit: shell.audit, events: parts.events, promises: parts.promises, now, read, check },
    book: new KnowledgeBook(store.db, now),
    worksHere: async (agent) => (await shell.people.people()).some((one) => one.active && one.agent === agent),
    queues: () => floor.hotline.plan.queues.map(({ queue }) => queue),
    queueOf: (interaction) => floor.hotline.calls.get(interaction)?.interaction.queue ?? floor.hotline.chats.get(interaction)?.queue,
    tell: (agent, interaction, act) => floor.tell({ kind: 'knowledge', agent, interaction, act, at: now() }),
  });
}

function namedHotline({ config }: PartContext) {
  return { name: config.hotlineName ?? demoHotline.name, number: config.hotlineNumber ?? demoHotline.number };
}

/** Routes of what outlives a call. */
export function matterFeatures(context: PartContext, matters: () => Matters): Feature[] {
  const { shell, now, store } = context;
  const { audit, people } = shell;
  const named = namedHotline(context);
  const ask = (agent: string, command: DeskCommand) => {
    const { floor, clock } = matters().parts;
    const at = clock.now();
    const inChat = command.kind === 'verify-identity' && floor.hotline.chats.has(command.interaction);
    return inChat ? floor.tell({ kind: 'chat-desk', agent, act: command, at }) : floor.tell({ kind: 'desk', agent, command, asks: [], at });
  };
  return [
    promiseFeature(() => matters().ledger, audit),
    proposalFeature(() => matters().parts.proposals, now),
    alertFeature(() => alertParts(matters()), audit, now),
    ticketFeature(() => matters().tickets),
    knowledgeFeature(() => matters().knowledge),
    customerFeature(() => {
      const { customers: desk, parts } = matters();
      return { desk, vault: parts.vault, hotline: named, events: parts.events, audit, ask };
    }),
    actingFeature(() => ({ desk: matters().acting, sight: matters().sight, answered: (agent, id) => answerOf(store.db, agent, id) })),
    outboundFeature(() => outboundParts(matters())),
    appealFeature(() => {
      const { parts, norms } = matters();
      const read = (references: readonly string[]) => parts.vault.read(store.db, references);
      const upheld = (interaction: string, from: Verdict) => {
        const { norm, key } = from;
        parts.board.judged(interaction, { settled: [], revised: [{ norm, key, from, to: undefined, cause: 'appeal upheld' }] });
      };
      return { db: store.db, store: parts.events, book: norms.book, people, audit, now, read, upheld };
    }),
    reportFeature(() => matters().reports, audit),
    mailingFeature(() => mailingParts(context, matters())),
    matterFileFeature(
      () => ({ attachments: matters().parts.attachments, tickets: matters().tickets, knowledge: matters().knowledge }),
      context.config.attachmentMegabytes * 1_048_576,
      audit,
      now,
    ),
    retentionFeature(() => matters().retention, now),
    erasureFeature(() => ({ ...matters().retention, vault: matters().parts.vault, events: matters().parts.events }), now),
    outboxFeature(() => matters().outbox),
    ...dayWorkFeatures(() => matters().day, audit),
    tableImportFeature((by) => {
      const { parts, norms } = matters();
      return {
        ...{ db: store.db, people, events: parts.events, by, now, blocklist: matters().day.blocklist },
        plan: async () => (await readStoredPlan(store.db)) ?? plainPlan,
        shippedDays: norms.calendar.shipped,
        zoneMinutes: (norms.calendar.table.zone[0]?.offsetMs ?? 0) / 60_000,
      };
    }, audit),
  ];
}
