import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InteractionDetail } from '@threerings/core/wire/interactions';
import { type Baresip, startBaresip } from '../../baresip.ts';
import type { ConsoleClient } from '../../console-client.ts';
import { AgentDesk } from '../../product/agent-desk.ts';
import { boardOf as boardSeenBy, callOf, callsOf, type House } from '../../product/house.ts';
import { voiceProcessOf } from '../../product/processes-of.ts';
import { writeTone } from '../../tone.ts';
import { boardOf } from '../core/look.ts';
import type { Driver } from '../run.ts';
import type { Scenario } from '../scenario.ts';
import type { Seen, SeenCall } from '../seen.ts';
import { answeredOf, callShown, commandOf, deskOf } from '../stage.ts';
import { type CallerAct, type DeskAnswered, type Fault, type PageAct, type Step, spokenMs } from '../steps.ts';
import { configure } from './configure.ts';

const agentTone = 700;
const callerTone = 440;
/** baresip hangs up when what it says is over. */
const callerToneSeconds = 90;
/** How long a call may take to appear in the list, ms. */
const arrivalMs = 20_000;

/**
 * The whole product in real time: telephones are baresip, agents are signed in over HTTP with a live socket and a WebRTC phone
 * of their own. Nobody writes down what is said.
 */
export class WireDriver implements Driver {
  readonly transcribed = false;
  readonly patienceMs = 15_000;
  readonly #house: House;
  readonly #leader: ConsoleClient;
  readonly #agents: readonly string[];
  readonly #folder: string;
  readonly #desks = new Map<string, AgentDesk>();
  readonly #telephones = new Map<string, Baresip>();
  /** newest call of each caller */
  readonly #calls = new Map<string, string>();

  /** puts back the plan and the skills that the house had before */
  #configuredBefore: (() => Promise<void>) | undefined;

  private constructor(scenario: Scenario, house: House, leader: ConsoleClient) {
    this.#agents = scenario.agents;
    this.#house = house;
    this.#leader = leader;
    this.#folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-callers-'));
  }

  /** On a house in demo mode; the cast must be among the demo's people. */
  static async open(scenario: Scenario, house: House): Promise<WireDriver> {
    const leader = await house.signIn('0103');
    const driver = new WireDriver(scenario, house, leader);
    if (scenario.plan !== undefined) driver.#configuredBefore = await configure(await house.signIn('0001'), leader, scenario);
    return driver;
  }

  async perform(step: Parameters<Driver['perform']>[0]): Promise<DeskAnswered> {
    switch (step.kind) {
      case 'desk':
        return this.#desk(step);
      case 'page':
        await this.#page(step.agent, step.does);
        break;
      case 'agent-says':
        await this.wait(spokenMs(step.text));
        break;
      case 'caller':
        await this.#caller(step.caller, step.act);
        break;
      case 'fault':
        this.#fault(step.fault);
        break;
    }
    return 'done';
  }

  async wait(ms: number): Promise<void> {
    await sleep(ms);
  }

  async look(): Promise<Seen> {
    const board = await boardSeenBy(this.#leader);
    const calls: [string, SeenCall][] = [];
    for (const [caller, interaction] of this.#calls) calls.push([caller, seen(await callOf(this.#leader, interaction))]);
    const stateOf = (agent: string) => board.people.find((person) => person.agent === agent)?.state ?? 'offline';
    return {
      calls: new Map(calls),
      presence: new Map(this.#agents.map((agent) => [agent, this.#desks.get(agent)?.view?.presence ?? { state: stateOf(agent) }])),
      desks: new Map(this.#agents.map((agent) => [agent, deskOf(this.#desks.get(agent)?.view)])),
      // The demo replays calls of its own and counts them.
      board: boardOf(board, false),
      proposals: [],
      promises: board.promises.map((promise) => ({ ...promise, interaction: promise.interaction })),
    };
  }

  /** Everybody hangs up and goes home; the house stands for the next scenario. */
  async close(): Promise<void> {
    for (const telephone of this.#telephones.values()) {
      telephone.hangUp();
      await telephone.stop();
    }
    for (const desk of this.#desks.values()) {
      const { wrapUp } = await desk.until((view) => view.ring === undefined && (view.call === undefined || view.wrapUp !== undefined));
      if (wrapUp !== undefined) await desk.do({ kind: 'finish-wrap-up', interaction: wrapUp.interaction });
      await desk.until((view) => view.wrapUp === undefined);
      await desk.do({ kind: 'sign-out-shift' });
      desk.close();
    }
    await this.#configuredBefore?.();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #desk({ agent, act }: Extract<Step, { kind: 'desk' }>): Promise<DeskAnswered> {
    const desk = this.#desks.get(agent);
    if (desk === undefined) throw new Error(`${agent} has no desk open`);
    const { body } = await desk.ask(
      commandOf(act, { call: callShown(desk.view), now: Date.now(), proposal: desk.view?.proposals?.at(-1)?.proposal }),
    );
    return typeof body === 'object' && body !== null ? answeredOf(body) : { refuses: String(body) };
  }

  async #page(agent: string, does: PageAct): Promise<void> {
    const open = this.#desks.get(agent);
    if (does === 'loses-socket') {
      this.#desks.delete(agent);
      open?.close();
    } else if (open === undefined) this.#desks.set(agent, await AgentDesk.open(this.#house.base, agent, agentTone));
    else await open.connectPhone();
  }

  async #caller(caller: string, act: CallerAct): Promise<void> {
    const telephone = this.#telephones.get(caller);
    switch (act.does) {
      case 'dials':
        return this.#dial(caller, act.called);
      case 'hangs-up':
        return telephone?.hangUp();
      case 'presses':
        return telephone?.digit(act.key);
      case 'says':
        return this.wait(spokenMs(act.text));
      case 'line-drops':
        throw new Error('a line that drops is told by other drivers: here it would take the media timeout');
    }
  }

  /** The call is the one that appears in the list. */
  async #dial(caller: string, called = '12333'): Promise<void> {
    const before = new Set((await callsOf(this.#leader, '&origin=live')).map((row) => row.interaction));
    const telephone =
      this.#telephones.get(caller) ??
      (await startBaresip(writeTone(path.join(this.#folder, `${caller}.wav`), callerTone, callerToneSeconds)));
    this.#telephones.set(caller, telephone);
    telephone.dial(`sip:${called}@127.0.0.1:${this.#house.sipPort}`);
    for (const deadline = Date.now() + arrivalMs; Date.now() < deadline; await sleep(100)) {
      const arrived = (await callsOf(this.#leader, '&origin=live')).find((row) => !before.has(row.interaction));
      if (arrived === undefined) continue;
      this.#calls.set(caller, arrived.interaction);
      return;
    }
    throw new Error(`the call of ${caller} did not arrive within ${arrivalMs} ms; the telephone printed:\n${telephone.process.output()}`);
  }

  #fault(fault: Fault): void {
    if (fault === 'server-is-killed') throw new Error('a server that is killed is told by other drivers, and by product/standing-calls');
    const pid = voiceProcessOf(this.#house.folder);
    if (pid === undefined) throw new Error('the voice process is not there to be killed');
    process.kill(pid, 'SIGKILL');
  }
}

/** A part of a norm is known by its Chinese label. */
const seen = (call: InteractionDetail): SeenCall => ({
  ...call,
  verdicts: call.verdicts.map((verdict) => ({ ...verdict, missing: verdict.missing?.map(({ zh }) => zh) })),
});
