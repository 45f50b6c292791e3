import { callerSubject } from '@threerings/core/hotline/inputs';
import { streamOfInteraction } from '@threerings/core/timeline/event';
import { inTimelineOrder } from '@threerings/core/timeline/order';
import type { PhonePage } from '@threerings/server/channels/voice-embedded/agent-phones';
import { agentLeg, outsideOfLeg } from '@threerings/server/channels/voice-embedded/names';
import type { NormsInForce } from '@threerings/server/composition/norms-in-force';
import { readVerdicts } from '@threerings/server/observance/verdicts-read-model';
import { SimClock } from '../../sim-clock.ts';
import type { TestDatabase } from '../../test-database.ts';
import { fakeKf } from '../../vendors/fake-kf.ts';
import { ActingPages } from '../acting-stage.ts';
import { chatActOf, MessageIds, toldBy } from '../chat-stage.ts';
import { boardOf } from '../core/look.ts';
import { interactionOf, isCallOf } from '../interaction-ids.ts';
import { newTicketOf, promiseChangeOf, TicketNumbers, ticketChangeOf } from '../matter-stage.ts';
import type { Driver } from '../run.ts';
import type { Scenario } from '../scenario.ts';
import type { Seen, SeenCall, SeenTicket } from '../seen.ts';
import {
  answeredOf,
  callShown,
  commandOf,
  type DeskScene,
  deskOf,
  dialledBy,
  leaderCommandOf,
  opening,
  planOf,
  supportAskedBy,
  utterance,
} from '../stage.ts';
import { type CallerAct, type DeskAnswered, type PageAct, type Step, spokenMs, type VisitorAct } from '../steps.ts';
import { KeptMessages, ServerDay } from './server-day.ts';
import { openServerHouse, type ServerHouse } from './server-house.ts';
import { SimVoice } from './sim-voice.ts';

const surveyOf = (interaction: string) => `survey-${interaction}`;

/**
 * The server's real parts on a real database: store, floor, observer, desks, board, promises and the desk's route, with a voice
 * process without sound on a simulated clock.
 */
export class ServerDriver implements Driver {
  readonly transcribed: boolean;
  /** verdicts are looked for four times a second */
  readonly patienceMs = 1000;
  readonly #scenario: Pick<Scenario, 'agents'>;
  readonly #database: TestDatabase;
  readonly #clock: SimClock;
  readonly #voice: SimVoice;
  readonly #house: ServerHouse;
  readonly #messages = new MessageIds();
  readonly #actingPages = new ActingPages();
  readonly #tickets = new TicketNumbers();
  readonly #pages = new Map<string, PhonePage>();
  readonly #calls = new Map<string, string>();
  readonly #dialled = new Map<string, number>();
  /** what was read of the calls, and how often the tables had changed by then */
  #read: (Pick<Seen, 'calls' | 'ratings' | 'tickets'> & { readonly changes: number }) | undefined;
  /** when what is being said began */
  #speakingSince: number | undefined;

  readonly #day: ServerDay | undefined;

  private constructor(
    scenario: Scenario,
    database: TestDatabase,
    clock: SimClock,
    voice: SimVoice,
    house: ServerHouse,
    messages: KeptMessages | undefined,
  ) {
    this.transcribed = scenario.spoken;
    this.#scenario = scenario;
    this.#database = database;
    this.#clock = clock;
    this.#voice = voice;
    this.#house = house;
    this.#day = messages && new ServerDay({ house, messages, clock, database, calls: this.#calls });
  }

  static async open(scenario: Scenario, norms: NormsInForce, database: TestDatabase): Promise<ServerDriver> {
    const clock = new SimClock(opening);
    let driver: ServerDriver | undefined;
    const voice = new SimVoice(clock, () => driver?.heard());
    const { agents, spoken: recogniser, plan, skills, flow, lookups, outages, blocked, departments, articles } = scenario;
    const wecom = scenario.steps.some((step) => step.kind === 'visitor' && step.act.does === 'writes-over') ? await fakeKf() : undefined;
    const sms = scenario.house ? new KeptMessages() : undefined;
    const house = await openServerHouse({
      database,
      agents,
      skills,
      plan: planOf(plan),
      norms,
      clock,
      recogniser,
      flow,
      lookups,
      outages,
      blocked,
      departments,
      articles,
      wecom,
      sms,
      connect: () => voice.connect(),
    });
    driver = new ServerDriver(scenario, database, clock, voice, house, sms);
    await driver.wait(0);
    return driver;
  }

  /** The recogniser has told everything that was said before, with every heartbeat. */
  heard(): void {
    if (!this.transcribed) return;
    const mark = (this.#speakingSince ?? this.#clock.now()) - 1;
    for (const interaction of this.#calls.values())
      this.#house.life.parts.observer.watermark(interaction, { 'speech.agent': mark, 'speech.customer': mark });
  }

  async perform(step: Parameters<Driver['perform']>[0]): Promise<DeskAnswered> {
    const answered = await this.#carryOut(step);
    await this.#house.life.settled();
    return answered;
  }

  async wait(ms: number): Promise<void> {
    await this.#clock.advance(ms, () => this.#house.life.settled());
  }

  async sleep(ms: number): Promise<void> {
    await this.#clock.sleep(ms, () => this.#house.life.settled());
  }

  /** `anew`: everything is read from the database, also what was not changed since it was read before. */
  async look(anew = false): Promise<Seen> {
    const { floor, board, desks, promises, proposals } = this.#house.life.parts;
    const { agents } = this.#scenario;
    const { calls, ratings, tickets } = await this.#stored(anew);
    return {
      calls,
      tickets,
      house: await this.#day?.seen(),
      presence: new Map(agents.map((agent) => [agent, floor.hotline.people.get(agent)?.presence ?? { state: 'offline' }])),
      desks: new Map(agents.map((agent) => [agent, deskOf(desks.view(agent))])),
      ratings,
      supports: agents.flatMap((agent) => (desks.view(agent).supports ?? []).map((support) => ({ agent, ...support }))),
      board: boardOf(board.view('en'), true),
      alerts: board.view('en').alerts.map(({ kind }) => kind),
      proposals: agents.flatMap((agent) => proposals.open(agent).map(({ what, origin }) => ({ agent, what, origin }))),
      promises: promises.open().map((promise) => ({ ...promise, interaction: promise.interaction })),
    };
  }

  async #stored(anew: boolean) {
    const changes = this.#database.changes('events', 'verdicts', 'vault');
    if (!anew && this.#read?.changes === changes) return this.#read;
    const { events } = this.#house.life.parts;
    const interactions = [...this.#calls.values()];
    const told = await events.loadMany(interactions.flatMap((each) => [streamOfInteraction(each), surveyOf(each)]));
    const timeline = (await events.withTexts(told)).sort(inTimelineOrder);
    const calls: [string, SeenCall][] = [];
    for (const [caller, interaction] of this.#calls) {
      const own = timeline.filter(({ stream }) => stream === streamOfInteraction(interaction));
      const stored = await readVerdicts(this.#database.db, interaction);
      calls.push([caller, { interaction, events: own, verdicts: stored.map(({ verdict }) => verdict) }]);
    }
    const rated = interactions.flatMap((each) =>
      timeline.filter(({ stream }) => stream === surveyOf(each)).map(({ fields }) => [each, Number(fields['score'])] as const),
    );
    this.#read = { changes, calls: new Map(calls), ratings: new Map(rated), tickets: await this.#seenTickets() };
    return this.#read;
  }

  /** Where the process still holds something of a call that is closed; read after `look`. */
  heldOfClosed(): string[] {
    const closed = [...(this.#read?.calls.values() ?? [])].filter(({ events }) => events.some(({ type }) => type === 'interaction.closed'));
    return closed.flatMap(({ interaction }) => this.#house.life.holds(interaction).map((where) => `${interaction}: ${where}`));
  }

  close(): Promise<void> {
    return this.#house.close();
  }

  async #carryOut(step: Parameters<Driver['perform']>[0]): Promise<DeskAnswered> {
    switch (step.kind) {
      case 'desk':
        return this.#desk(step);
      case 'dial':
        return this.#dial(step);
      case 'leader': {
        const command = leaderCommandOf(step.act, step.of, this.#house.life.parts.floor.hotline, this.#callOf(step.of)?.interaction);
        return answeredOf(await this.#house.leader(step.agent, command));
      }
      case 'page':
        await this.#page(step.agent, step.does);
        return 'done';
      case 'agent-says':
        await this.#said('agent', this.#callOf(step.agent)?.interaction, `staff-${step.agent}`, step.text);
        return 'done';
      case 'caller':
        await this.#caller(step.caller, step.act);
        return 'done';
      case 'visitor':
        return this.#visitor(step.caller, step.act);
      case 'chats':
        return this.#chats(step);
      case 'acting':
        return this.#acts(step);
      case 'matter':
        return this.#matter(step);
      case 'house':
        return this.#day?.perform(step) ?? 'done';
      case 'fault':
        if (step.fault === 'voice-crashes') this.#voice.process.crash();
        else await this.#house.killAndRestart();
        return 'done';
    }
  }

  async #desk({ agent, act }: Extract<Step, { kind: 'desk' }>): Promise<DeskAnswered> {
    return answeredOf(await this.#house.desk(agent, commandOf(act, this.#sceneOf(agent))));
  }

  async #visitor(caller: string, act: VisitorAct): Promise<DeskAnswered> {
    if (act.does === 'writes-over') return this.#overWecom(caller, act);
    if (act.does === 'opens-chat') this.#begins(caller);
    const interaction = this.#calls.get(caller) ?? '';
    const again = 'again' in act && act.again === true;
    const told = toldBy(act, {
      thread: interaction,
      message: () => this.#messages.of(caller, again),
      newest: this.#newestIn(interaction),
      now: this.#clock.now(),
    });
    const { floor } = this.#house.life.parts;
    return answeredOf(await floor.tell({ kind: 'chat', interaction, told, at: this.#clock.now() }));
  }

  /** The vendor's callback comes to the real route, and the adapter asks the vendor for the words. */
  async #overWecom(caller: string, { text, again = false }: Extract<VisitorAct, { does: 'writes-over' }>): Promise<DeskAnswered> {
    const known = new Set(this.#house.life.parts.floor.hotline.chats.keys());
    const answer = await this.#house.overWecom(caller, this.#messages.of(caller, again), text);
    await this.#house.life.settled();
    const begun = [...this.#house.life.parts.floor.hotline.chats.keys()].find((each) => !known.has(each));
    if (begun !== undefined) {
      this.#begins(caller);
      this.#calls.set(caller, begun);
    }
    this.#read = undefined;
    return answer === 200 ? 'done' : { refuses: String(answer) };
  }

  async #chats({ agent, act, of = '' }: Extract<Step, { kind: 'chats' }>): Promise<DeskAnswered> {
    const interaction = this.#calls.get(of) ?? '';
    const message = () => this.#messages.of(agent);
    const asked = chatActOf(act, { interaction, message, newest: this.#newestIn(interaction), now: this.#clock.now() });
    return answeredOf(await this.#house.chats(agent, asked));
  }

  async #acts({ agent, caller, act }: Extract<Step, { kind: 'acting' }>): Promise<DeskAnswered> {
    const interaction = this.#calls.get(caller) ?? '';
    const standing = () => this.#house.life.parts.floor.hotline.acting.get(interaction);
    const asked = this.#actingPages.actOf(act, { of: caller, interaction, acting: standing(), now: this.#clock.now() });
    const answer = await this.#house.acting(agent, interaction, asked);
    this.#actingPages.note(caller, interaction, standing());
    return answeredOf(answer);
  }

  async #matter({ agent, caller, act }: Extract<Step, { kind: 'matter' }>): Promise<DeskAnswered> {
    const interaction = this.#calls.get(caller) ?? '';
    const send = async (url: string, body: object) => answeredOf(await this.#house.send(agent, url, body));
    switch (act.does) {
      case 'finds-nothing':
        return send('/api/knowledge-gaps', { gap: `gap-${this.#clock.now()}`, kind: 'not-found', words: act.words, interaction });
      case 'opens-article':
        return send(`/api/knowledge/${act.article}/open`, { interaction, keywords: act.words, hits: 1 });
      case 'marks-answer':
        return send('/api/knowledge-answers', { interaction, entry: act.article, outcome: act.outcome });
      case 'refers':
        return send('/api/referrals', { interaction, body: act.body, number: act.number });
      case 'writes-ticket': {
        const ticket = this.#tickets.next(caller);
        return send('/api/tickets', newTicketOf(act, { ticket, interaction, now: this.#clock.now() }));
      }
      case 'changes-ticket':
        return send(`/api/tickets/${this.#tickets.newest(caller)}`, ticketChangeOf(act, this.#clock.now()));
      case 'changes-promise':
        return send(`/api/promises/${this.#openPromise(caller) ?? 'none'}`, promiseChangeOf(act, this.#clock.now()));
    }
  }

  async #seenTickets(): Promise<SeenTicket[]> {
    const { book } = this.#house.life.matters.tickets.parts;
    const seen: SeenTicket[] = [];
    for (const ticket of this.#tickets.all) {
      const { state, events } = await book.load(ticket);
      const { kind, stage, owner, department, reopened } = state;
      if (stage !== 'none') seen.push({ ticket, interaction: events[0]?.interaction ?? '', kind, stage, owner, department, reopened });
    }
    return seen;
  }

  #newestIn(interaction: string): string {
    return this.#house.life.parts.floor.hotline.chats.get(interaction)?.messages.at(-1) ?? 'none';
  }

  #begins(caller: string): string {
    const n = (this.#dialled.get(caller) ?? 0) + 1;
    this.#dialled.set(caller, n);
    this.#calls.set(caller, interactionOf(caller, n));
    this.#read = undefined;
    return interactionOf(caller, n);
  }

  async #dial({ agent, caller, act }: Extract<Step, { kind: 'dial' }>): Promise<DeskAnswered> {
    const before = this.#calls.get(caller);
    const n = (this.#dialled.get(caller) ?? 0) + 1;
    const interaction = interactionOf(caller, n);
    const { by, purpose, note, override, number = dialledBy(caller).number } = act;
    const promise = this.#openPromise(caller);
    const whom = by === 'redial' ? { redials: before } : by === 'promise' ? { promise } : { number };
    const answer = answeredOf(await this.#house.outbound(agent, { interaction, purpose, note, override, ...whom }));
    if (answer === 'done') {
      this.#dialled.set(caller, n);
      this.#calls.set(caller, interaction);
      this.#read = undefined;
    }
    return answer;
  }

  /** The newest that is open, but for that of taking a dropped call up again. */
  #openPromise(caller: string): string | undefined {
    const newest = this.#calls.get(caller);
    const own = this.#house.life.parts.promises
      .open()
      .filter(({ interaction }) => isCallOf(caller, interaction) || (interaction !== undefined && interaction === newest));
    return own.findLast((each) => !each.promise.startsWith('redial-'))?.promise;
  }

  #sceneOf(agent: string): DeskScene {
    const proposal = this.#house.life.parts.proposals.open(agent).at(-1)?.proposal;
    const support = supportAskedBy(this.#house.life.parts.floor.hotline, agent);
    return { call: this.#callOf(agent), now: this.#clock.now(), proposal, support };
  }

  #callOf(agent: string): { readonly interaction: string; readonly leg: string } | undefined {
    return callShown(this.#house.life.parts.desks.view(agent));
  }

  async #page(agent: string, does: PageAct): Promise<void> {
    const { phones } = this.#house.life.channel;
    const before = this.#pages.get(agent);
    if (does === 'loses-socket') {
      this.#pages.delete(agent);
      if (before !== undefined) phones.gone(agent, before);
      this.#voice.process.browserLeaves(agentLeg(agent));
      return;
    }
    const page: PhonePage = {
      id: `page-${agent}-${this.#clock.now()}`,
      offered: (connection) => void phones.answer(agent, page, connection, 'v=0\r\n'),
      accepted: () => {},
      state: () => {},
    };
    this.#pages.set(agent, page);
    await phones.connect(agent, page);
  }

  async #caller(caller: string, act: CallerAct): Promise<void> {
    const { process } = this.#voice;
    const leg = this.#calls.get(caller) ?? '';
    switch (act.does) {
      case 'dials': {
        const call = this.#begins(caller);
        const { number: from, called: to, trunk } = dialledBy(caller, act.called);
        process.arrive({ leg: call, from, to, trunk });
        return;
      }
      case 'rings':
        return process.farRings(leg);
      case 'picks-up':
        return process.farAnswers(leg);
      case 'refuses':
        return process.farRefuses(leg, act.status);
      case 'outside-answers':
        return process.farAnswers(this.#outsideOf(leg));
      case 'outside-hangs-up':
        return process.farHangsUp(this.#outsideOf(leg));
      case 'outside-refuses':
        return process.farRefuses(this.#outsideOf(leg), act.status);
      case 'hangs-up':
        return process.farHangsUp(leg);
      case 'line-drops':
        return process.fails(leg);
      case 'presses':
        return process.farPresses(leg, act.key);
      case 'says':
        return this.#said('customer', leg, callerSubject(leg), act.text);
    }
  }

  /** The leg to the outside that was dialled for this caller. */
  #outsideOf(interaction: string): string {
    const legs = [...this.#voice.process.inside.legs.keys()];
    return legs.find((leg) => outsideOfLeg(leg)?.interaction === interaction) ?? 'none';
  }

  /** The recogniser tells when the sentence is over. */
  async #said(by: 'agent' | 'customer', interaction: string | undefined, subject: string, text: string): Promise<void> {
    const start = this.#clock.now();
    this.#speakingSince = start;
    await this.wait(spokenMs(text));
    this.#speakingSince = undefined;
    if (!this.transcribed || interaction === undefined) return;
    const events = [utterance({ by, subject, text, start, end: this.#clock.now() })];
    await this.#house.life.parts.events.append({ stream: streamOfInteraction(interaction), interaction, events, origin: 'live' });
  }
}
