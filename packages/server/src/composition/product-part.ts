import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Feature } from '../http/app.ts';
import type { ShellServices } from '../http/shell.ts';
import type { Store } from './open-store.ts';

/** What a part of the product is made from. */
export interface PartContext {
  readonly form: 'demo' | 'serve';
  readonly config: Config;
  readonly store: Store;
  readonly shell: ShellServices;
  readonly log: Logger;
  readonly now: () => number;
}

/**
 * A part of the product on top of the shell: routes, live topics (`context.shell.live`), gateways, background work. Parts
 * are made in the order of their list before anybody can connect, started in that order before the port is opened, and
 * stopped in reverse after it was closed.
 */
export interface ProductPart {
  readonly name: string;
  readonly features?: readonly Feature[];
  /** what runs otherwise than it was set up, in one word each; callers are served all the same */
  degraded?(): readonly string[];
  start?(): Promise<void>;
  stop?(): Promise<void>;
}

export type MakePart = (context: PartContext) => ProductPart;
