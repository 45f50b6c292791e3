import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { BoardView } from '@threerings/core/wire/board';
import { type InteractionDetail, type InteractionRow, interactionDetail } from '@threerings/core/wire/interactions';
import { freePort } from '../baresip.ts';
import { type ConsoleClient, signIn } from '../console-client.ts';
import { type Product, startProduct } from '../product.ts';
import { processesOf, untilNothingRuns } from './processes-of.ts';

/** Where a product lives through several starts: folder and ports stay, processes come and go. */
export class House {
  readonly folder: string;
  readonly port: number;
  readonly sipPort: number;
  readonly #env: Readonly<Record<string, string>>;
  #product: Product | undefined;

  private constructor(port: number, sipPort: number, env: Readonly<Record<string, string>>) {
    this.folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-house-'));
    this.port = port;
    this.sipPort = sipPort;
    this.#env = env;
  }

  /** A folder and ports, and nothing started yet. */
  static async empty(env: Readonly<Record<string, string>> = {}): Promise<House> {
    return new House(await freePort(), await freePort(), env);
  }

  static async open(env: Readonly<Record<string, string>> = {}): Promise<House> {
    const house = await House.empty(env);
    await house.start();
    return house;
  }

  get product(): Product {
    if (this.#product === undefined) throw new Error('this house was never started');
    return this.#product;
  }

  get base(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const { folder, port, sipPort } = this;
    this.#product = await startProduct({ folder, port, sipPort, env: { ...this.#env } });
  }

  /** kill -9 of the server's own process: nothing else is told. */
  async kill(): Promise<void> {
    this.product.process.child.kill('SIGKILL');
    await this.product.process.ended;
  }

  signIn(login: string): Promise<ConsoleClient> {
    return signIn(this.base, login, `yunzhou-${login}`);
  }

  /** Ends whatever of it still runs, and removes the folder. */
  async close(): Promise<void> {
    await this.#product?.process.stop();
    await untilNothingRuns(this.folder, 2000).catch(async () => {
      for (const { pid } of processesOf(this.folder)) process.kill(pid, 'SIGKILL');
      await untilNothingRuns(this.folder, 10_000);
    });
    // A database's own processes write for a moment longer than their folder is named in any command line.
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** What a leader can look up. */
export const boardOf = async (leader: ConsoleClient) => (await leader.get('/api/board')).body as BoardView;
export const callsOf = async (leader: ConsoleClient, query = '') =>
  ((await leader.get(`/api/interactions?limit=200${query}`)).body as { rows: InteractionRow[] }).rows;
export const callOf = async (leader: ConsoleClient, interaction: string): Promise<InteractionDetail> =>
  interactionDetail.parse((await leader.get(`/api/interactions/${interaction}`)).body);
