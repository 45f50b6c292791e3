import { applyToBoard } from '@threerings/core/board/board';
import { type Board, emptyBoard } from '@threerings/core/board/state';
import { boardViewOf } from '@threerings/core/board/view';
import { callOf, consultedIn, type Hotline } from '@threerings/core/hotline/state';
import { wrapUpOf } from '@threerings/core/interactions/state';
import { promiseDue } from '@threerings/core/promises/clockwork';
import { evolvePromise, noPromise } from '@threerings/core/promises/state';
import { promiseViewOf } from '@threerings/core/promises/view';
import { evolveProposal, noProposal } from '@threerings/core/proposals/lifecycle';
import { queuesOf } from '@threerings/core/routing/choose';
import { shippedSettings } from '@threerings/core/settings/defaults';
import { textOf } from '@threerings/core/timeline/decider';
import { streamOfInteraction } from '@threerings/core/timeline/event';
import type { BoardView } from '@threerings/core/wire/board';
import type { NormsInForce } from '@threerings/server/composition/norms-in-force';
import { settingsUnder } from '@threerings/server/norm-packs/pack-rules';
import { policyOf } from '@threerings/server/store/promise-rows';
import type { Seen, SeenBoard, SeenCall, SeenDesk, SeenPromise } from '../seen.ts';
import type { CoreHotline } from './core-hotline.ts';

export interface LookAt {
  readonly norms: NormsInForce;
  readonly agents: readonly string[];
  /** newest call of each caller */
  readonly calls: ReadonlyMap<string, string>;
  readonly opening: number;
  readonly now: number;
}

/** What pages would show, from the pure projections alone. */
export function seenFrom(core: CoreHotline, at: LookAt): Seen {
  const calls = new Map([...at.calls].map(([caller, interaction]) => [caller, callIn(core, interaction)]));
  return {
    calls,
    presence: new Map(
      at.agents.map((agent) => {
        const { state = 'offline', reason } = core.hotline.people.get(agent)?.presence ?? {};
        return [agent, { state, reason }];
      }),
    ),
    desks: new Map(at.agents.map((agent) => [agent, deskOf(core.hotline, agent)])),
    ratings: new Map(
      core.kept.flatMap(({ event, interaction }) =>
        event.type === 'survey.answered' ? [[interaction ?? '', Number(event.fields['score'])] as const] : [],
      ),
    ),
    supports: [...core.hotline.supports].map(([interaction, { agent, topic, busy, late, helper }]) => ({
      ...{ agent, interaction, topic, busy, late, helper: helper?.agent },
    })),
    get alerts() {
      return boardAfter(core, at).alerts.map(({ kind }) => kind);
    },
    get board() {
      return boardOf(boardViewOf(boardAfter(core, at), { language: 'en' }), true);
    },
    get proposals() {
      return openProposals(core).map(({ agent, what, origin }) => ({ agent, what, origin }));
    },
    get promises() {
      return promisesOf(core, at.now);
    },
  };
}

/** Judged only when somebody asks: most looks wait for an event. */
function callIn(core: CoreHotline, interaction: string): SeenCall {
  let verdicts: SeenCall['verdicts'] | undefined;
  return {
    interaction,
    events: core.timeline(interaction),
    get verdicts() {
      verdicts ??= core.verdicts(interaction);
      return verdicts;
    },
  };
}

function deskOf(hotline: Hotline, agent: string): SeenDesk {
  const call = callOf(hotline, agent);
  if (call === undefined) return { shows: 'nothing' };
  if (call.interaction.offer?.agent === agent) return { shows: 'ring', interaction: call.id };
  if (consultedIn(call, agent)) return { shows: 'consult', interaction: call.id };
  return { shows: wrapUpOf(call.interaction, agent) === undefined ? 'call' : 'wrap-up', interaction: call.id };
}

/** Streams that the board follows beside those of interactions. */
const ofTheHouse = /^(?:support|alert|emergency)-/;

function boardAfter(core: CoreHotline, { norms, agents, opening }: LookAt): Board {
  const { serviceLevelMs, shortAbandonMs } = settingsUnder(norms.book.pack);
  const zoneOffsetMs = norms.calendar.table.zone[0]?.offsetMs ?? 0;
  const plan = {
    queues: core.hotline.plan.queues,
    staff: agents.map((agent) => ({ agent, name: agent, unit: 'centre', queues: queuesOf(core.hotline.router, agent) })),
    norms: norms.book.cards,
    ...{ zoneOffsetMs, serviceLevelMs, shortAbandonMs, countReplays: false },
  };
  let board = emptyBoard(plan, opening);
  for (const { stream, interaction, event } of core.kept) {
    const isShown = ofTheHouse.test(stream) || (interaction !== undefined && stream === streamOfInteraction(interaction));
    const ofCall = isShown ? { interaction } : {};
    if ('interaction' in ofCall || stream.startsWith('presence-')) board = applyToBoard(board, { kind: 'event', event, ...ofCall });
  }
  return board;
}

/** The figures of the one queue. `alone`: no other calls are counted. */
export function boardOf(view: BoardView, alone: boolean): SeenBoard {
  const shown = view.queues[0];
  const { offered = 0, answered = 0, answeredInTime = 0, abandoned = 0 } = shown?.today ?? {};
  return {
    waiting: shown?.waitingSince.length ?? 0,
    ready: shown?.ready ?? 0,
    talking: shown?.talking ?? 0,
    ...(alone ? { today: { offered, answered, answeredInTime, abandoned } } : {}),
  };
}

interface OpenProposal {
  readonly proposal: string;
  readonly agent: string;
  readonly what: string;
  readonly origin: string;
}

/** Proposals that lie on a desk: those of which no promise was made, oldest first. */
export function openProposals(core: CoreHotline): OpenProposal[] {
  const taken = new Set(core.kept.flatMap(({ event }) => (event.type === 'promise.made' ? (textOf(event, 'proposal') ?? []) : [])));
  return core.kept.flatMap(({ event }) => {
    const proposal = textOf(event, 'proposal');
    if (event.type !== 'proposal.made' || proposal === undefined || taken.has(proposal)) return [];
    const { agent, what, origin } = evolveProposal(noProposal, event);
    return [{ proposal, agent, what, origin }];
  });
}

const policy = policyOf(shippedSettings);

function promisesOf(core: CoreHotline, now: number): SeenPromise[] {
  return core.streams
    .filter((stream) => stream.startsWith('promise-'))
    .flatMap((stream) => {
      const own = core.kept.filter((kept) => kept.stream === stream);
      const promise = stream.slice('promise-'.length);
      const made = own.map(({ event }) => event).reduce(evolvePromise, noPromise);
      const state = promiseDue(promise, made, policy, now).reduce(evolvePromise, made);
      const interaction = own[0]?.interaction;
      const view = promiseViewOf(state, { promise, interaction });
      return view === undefined ? [] : [{ ...view, interaction }];
    });
}
