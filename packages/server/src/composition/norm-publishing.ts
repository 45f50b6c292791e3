import { normPackFeature } from '../norm-packs/norm-pack-routes.ts';
import { PackVersions } from '../norm-packs/pack-versions.ts';
import { JudgingProcess } from '../rejudging/judging-processes.ts';
import { callsAfter, countCalls } from '../rejudging/rejudge-read-model.ts';
import { WhatIf } from '../rejudging/what-if.ts';
import { EventStore } from '../store/event-store.ts';
import { Vault } from '../store/vault.ts';
import { type NormsInForce, packsFolder, readPackInForce } from './norms-in-force.ts';
import type { PartContext } from './product-part.ts';

/** How often it is looked whether an approved version’s instant has come, ms. */
const lookEveryMs = 10_000;
/** Calls that a judge takes at once. */
const pageCalls = 50;

/** Drafts, reviews and approvals of norms, and the moment at which they begin to judge. */
export class NormPublishing {
  readonly #context: PartContext;
  readonly #norms: () => NormsInForce;
  /** after another version went live */
  readonly #changed: () => Promise<void>;
  readonly #versions: PackVersions;
  readonly #whatIf: WhatIf;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(context: PartContext, norms: () => NormsInForce, changed: () => Promise<void>) {
    this.#context = context;
    this.#norms = norms;
    this.#changed = changed;
    const { store, shell, now } = context;
    const events = new EventStore({ db: store.db, vault: new Vault(store.masterKey), now });
    this.#versions = new PackVersions({
      db: store.db,
      audit: shell.audit,
      packsFolder,
      clauses: () => new Set(norms().clauses.keys()),
      calendar: () => norms().calendar.table,
      stored: async (interaction) => events.withTexts(await events.loadInteraction(interaction)),
      now,
      inForce: () => {
        const { name, version } = norms().book.pack;
        return { pack: name, version };
      },
      changed: (effectiveAt) => {
        if (effectiveAt <= now()) this.#look();
      },
    });
    this.#whatIf = new WhatIf({
      count: (span) => countCalls(store.db, span),
      nextPage: (span, after) => callsAfter(store.db, span, after, pageCalls),
      startJudge: (files) =>
        JudgingProcess.start({ url: store.url, masterKey: store.masterKey.toString('base64'), packsFolder, pack: { files } }),
      now: () => performance.now(),
    });
  }

  get feature() {
    return normPackFeature({
      versions: () => this.#versions,
      whatIf: () => this.#whatIf,
      clauses: () => this.#norms().clauses,
      calendar: () => this.#norms().calendar.table,
      now: this.#context.now,
    });
  }

  /** A version may have become due while nothing ran. */
  start(): void {
    this.#look();
    this.#timer = setInterval(() => this.#look(), lookEveryMs).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#whatIf.close();
    await this.#looking;
  }

  #look(): void {
    this.#looking = this.#looking
      .then(async () => {
        const live = await this.#versions.goLive(this.#context.now());
        const { name } = this.#norms().book.pack;
        if (!live.some(({ pack }) => pack === name)) return;
        const read = await readPackInForce(this.#context.store.db, new Set(this.#norms().clauses.keys()));
        if (!read.ok) throw new Error(`${name} does not check: ${read.problems[0]}`);
        this.#norms().put(read.pack);
        await this.#changed();
        this.#context.log.info({ pack: name, version: read.pack.version }, 'norms went live');
      })
      .catch((error: unknown) => this.#context.log.error({ err: error }, 'norms could not go live'));
  }
}
