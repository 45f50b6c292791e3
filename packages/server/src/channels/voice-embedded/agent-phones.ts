import type { HotlineInput } from '@threerings/core/hotline/inputs';
import type { LegSnapshot, Voice, VoiceEvent } from '@threerings/voice/port';
import type { Clock } from '../../clock.ts';
import { agentLeg, agentOfLeg } from './names.ts';

/** The page on which an agent's phone runs. */
export interface PhonePage {
  readonly id: string;
  offered(connection: string, sdp: string): void;
  /** the answer was taken: now the page may look for a path */
  accepted(connection: string): void;
  state(connected: boolean, cause?: string): void;
}

/** A page that is reloaded comes back within this time; until then the phone counts as there, ms. */
const patienceMs = 6000;

/**
 * The phones in agents' browsers. The leg of an agent stays while its page comes and goes: reloading in mid-call costs a
 * second of silence, never the call. The newest page that asks has the phone.
 */
export class AgentPhones {
  readonly #voice: Voice;
  readonly #clock: Clock;
  readonly #tell: (input: HotlineInput) => void;
  readonly #pages = new Map<string, PhonePage>();
  readonly #connected = new Set<string>();
  readonly #missing = new Map<string, () => void>();

  constructor(voice: Voice, clock: Clock, tell: (input: HotlineInput) => void) {
    this.#voice = voice;
    this.#clock = clock;
    this.#tell = tell;
  }

  isConnected(agent: string): boolean {
    return this.#connected.has(agent);
  }

  async connect(agent: string, page: PhonePage): Promise<void> {
    const before = this.#pages.get(agent);
    if (before !== undefined && before.id !== page.id) before.state(false, 'open-elsewhere');
    this.#pages.set(agent, page);
    const answer = await this.#voice.send({ kind: 'offer', leg: agentLeg(agent) });
    if (!answer.ok) page.state(false, answer.refused);
  }

  async answer(agent: string, page: PhonePage, connection: string, sdp: string): Promise<void> {
    if (this.#pages.get(agent)?.id !== page.id) return;
    const answer = await this.#voice.send({ kind: 'accept-answer', leg: agentLeg(agent), connection, sdp });
    if (answer.ok) page.accepted(connection);
    else page.state(false, answer.refused);
  }

  gone(agent: string, page: PhonePage): void {
    if (this.#pages.get(agent)?.id !== page.id) return;
    this.#pages.delete(agent);
    this.#missed(agent);
  }

  heard(event: VoiceEvent): void {
    const agent = 'leg' in event ? agentOfLeg(event.leg) : undefined;
    if (agent === undefined) return;
    switch (event.kind) {
      case 'offered':
        this.#pages.get(agent)?.offered(event.connection, event.sdp);
        break;
      case 'leg-connected':
        this.#found(agent);
        break;
      case 'leg-disconnected':
        this.#pages.get(agent)?.state(false, event.cause);
        this.#missed(agent);
        break;
      case 'leg-ended':
        this.#pages.get(agent)?.state(false, event.cause);
        this.#lost(agent);
        break;
      default:
        break;
    }
  }

  /** After a restart of this server: phones that the hotline held to be there, until the voice process tells. */
  expect(agents: readonly string[]): void {
    for (const agent of agents) this.#connected.add(agent);
  }

  /**
   * After a connect to the voice process: a phone whose leg stands counts as there while its page may come back; one whose
   * leg is gone is asked to connect again.
   */
  reconcile(legs: readonly LegSnapshot[]): void {
    const known = new Map(legs.map((leg) => [agentOfLeg(leg.leg) ?? '', leg.connected]));
    for (const agent of [...this.#connected]) {
      const connected = known.get(agent);
      if (connected === true) continue;
      this.#pages.get(agent)?.state(false, 'voice process restarted');
      if (connected === false) this.#missed(agent);
      else this.#lost(agent);
    }
    for (const [agent, connected] of known) if (connected) this.#found(agent);
  }

  stop(): void {
    for (const cancel of this.#missing.values()) cancel();
    this.#missing.clear();
  }

  #found(agent: string): void {
    this.#missing.get(agent)?.();
    this.#missing.delete(agent);
    this.#pages.get(agent)?.state(true);
    if (this.#connected.has(agent)) return;
    this.#connected.add(agent);
    this.#tell({ kind: 'agent-phone', agent, connected: true, at: this.#clock.now() });
  }

  #missed(agent: string): void {
    if (!this.#connected.has(agent) || this.#missing.has(agent)) return;
    this.#missing.set(
      agent,
      this.#clock.at(this.#clock.now() + patienceMs, () => this.#lost(agent)),
    );
  }

  #lost(agent: string): void {
    this.#missing.get(agent)?.();
    this.#missing.delete(agent);
    if (!this.#connected.delete(agent)) return;
    this.#tell({ kind: 'agent-phone', agent, connected: false, at: this.#clock.now() });
  }
}
