import type { Ports } from './messages.ts';

/** Something that carries the audio of standing calls. */
export interface Relay {
  /** the process that carries it; 0 = nobody, the telephones speak to each other */
  readonly pid: number;
  /** where each leg of each call sends its audio */
  readonly to: Ports;
  close(): Promise<void>;
}

/** Asks the browser of a call for its answer to an offer. */
export type AskBrowser = (call: number, offer: string) => Promise<string>;

/** No relay: what the telephones and the kernel take by themselves. */
export async function direct(ports: Ports): Promise<Relay> {
  return { pid: 0, to: ports.map(([a = 0, b = 0]) => [b, a]), close: async () => {} };
}
