import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from './baresip.ts';
import { type Running, run } from './processes.ts';
import { layOutReadyData } from './ready-data.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** The whole product as its user starts it, on ports and in a folder of its own. */
export interface Product {
  readonly base: string;
  readonly sipPort: number;
  readonly folder: string;
  readonly process: Running;
  /** stops it as Ctrl-C does and removes its folder */
  stop(): Promise<void>;
}

export interface ProductOptions {
  readonly folder?: string;
  readonly port?: number;
  readonly sipPort?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** options of Node itself, such as `--cpu-prof` */
  readonly node?: readonly string[];
}

/** Starts the built product in demo mode (`npm run build` must have run) and waits until it serves. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const folder = options.folder ?? mkdtempSync(path.join(os.tmpdir(), 'threerings-product-'));
  layOutReadyData(folder);
  const port = options.port ?? (await freePort());
  const sipPort = options.sipPort ?? (await freePort());
  const first = 42_000 + 2 * Math.floor((port % 10_000) / 2);
  const started = run(process.execPath, [...(options.node ?? []), 'scripts/start.mjs'], {
    cwd: root,
    env: {
      ...process.env,
      THREERINGS_DATA: folder,
      THREERINGS_PORT: String(port),
      THREERINGS_SIP_PORT: String(sipPort),
      THREERINGS_RTP_PORTS: `${first}-${first + 399}`,
      ...options.env,
    },
  });
  const base = `http://127.0.0.1:${port}`;
  try {
    await started.prints(new RegExp(`http://(localhost|127\\.0\\.0\\.1):${port}`), 120_000);
  } catch (error) {
    await started.stop('SIGKILL');
    throw error;
  }
  return {
    base,
    sipPort,
    folder,
    process: started,
    stop: async () => {
      await started.stop();
      if (!options.folder) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}
