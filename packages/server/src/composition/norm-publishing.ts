import { normPackFeature } from '../norm-packs/norm-pack-routes.ts';
import { PackVersions } from '../norm-packs/pack-versions.ts';
import { liveMark } from '../norm-packs/pack-versions-read-model.ts';
import { JudgingProcess } from '../rejudging/judging-processes.ts';
import { callsAfter, countCalls } from '../rejudging/rejudge-read-model.ts';
import { WhatIf } from '../rejudging/what-if.ts';
import { EventStore } from '../store/event-store.ts';
import { Vault } from '../store/vault.ts';
import { type NormsInForce, packOfHotline, packsFolder, readPackInForce, rememberVersions } from './norms-in-force.ts';
import type { PartContext } from './product-part.ts';

/** How often it is looked whether an approved version’s instant has come, ms. */
const lookEveryMs = 10_000;
/** Calls that a judge takes at once. */
const pageCalls = 50;

export interface NormPublishingParts {
  readonly context: PartContext;
  readonly norms: () => NormsInForce;
  /** after another version went live */
  changed(): Promise<void>;
  /** an alert to the leaders; the same alert is raised once */
  raise(alert: { readonly alert: string; readonly kind: string }): void;
}

/** Drafts, reviews and approvals of norms, and the moment at which they begin to judge. */
export class NormPublishing {
  readonly #context: PartContext;
  readonly #norms: () => NormsInForce;
  readonly #changed: NormPublishingParts['changed'];
  readonly #raise: NormPublishingParts['raise'];
  readonly #versions: PackVersions;
  readonly #whatIf: WhatIf;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  /** which stored version was read last */
  #judging: Promise<string | undefined> = Promise.resolve(undefined);

  constructor({ context, norms, changed, raise }: NormPublishingParts) {
    this.#context = context;
    this.#norms = norms;
    this.#changed = changed;
    this.#raise = raise;
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
    this.#judging = liveMark(this.#context.store.db, packOfHotline);
    this.#tellUnreadable();
    this.#look();
    // Words of old verdicts can wait; calls cannot.
    void rememberVersions(this.#norms(), this.#context.store.db).catch((error: unknown) =>
      this.#context.log.error({ err: error }, 'versions that judged before could not be read'),
    );
    this.#timer = setInterval(() => this.#look(), lookEveryMs).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#whatIf.close();
    await this.#looking;
  }

  /** Another version may have gone live here, or was put in place by the command line or another server. */
  #look(): void {
    this.#looking = this.#looking
      .then(async () => {
        await this.#versions.goLive(this.#context.now());
        const mark = await liveMark(this.#context.store.db, packOfHotline);
        if (mark === (await this.#judging)) return;
        this.#judging = Promise.resolve(mark);
        const read = await readPackInForce(this.#context.store.db, new Set(this.#norms().clauses.keys()));
        if (!read.ok) throw new Error(`${packOfHotline} does not check: ${read.problems[0]}`);
        this.#norms().put(read);
        await this.#changed();
        this.#context.log.info({ pack: read.pack.name, version: read.pack.version }, 'norms went live');
        this.#tellUnreadable();
      })
      .catch((error: unknown) => this.#context.log.error({ err: error }, 'norms could not go live'));
  }

  /** On the log and on the board: people are judged by another version than the one that was approved. */
  #tellUnreadable(): void {
    const { unreadable, book } = this.#norms();
    if (unreadable === undefined) return;
    const { name, version } = book.pack;
    this.#context.log.error(
      { ...unreadable, inForce: version },
      'the live norms cannot be read by this release; an earlier version stands in for them',
    );
    this.#raise({ alert: `norms-unreadable-${name}-${unreadable.version}-${version}`, kind: 'norms-unreadable' });
  }
}
