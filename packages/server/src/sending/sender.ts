/** One message as a gateway gets it. */
export interface Outgoing {
  /** idempotency key: the same again is the same message */
  readonly message: string;
  readonly to: string;
  readonly subject: string | undefined;
  readonly text: string;
  /** of a mail */
  readonly file?: { readonly name: string; readonly type: string; readonly bytes: Buffer } | undefined;
}

/** Why a message did not go: `permanent` = trying again cannot help. `detail` is what the gateway said, without address or text. */
export interface SendFault {
  readonly fault: 'refused' | 'unreachable' | 'busy' | 'misconfigured';
  readonly permanent: boolean;
  readonly detail: string;
}

/** Hands messages to a gateway. At least once: after a lost answer it is asked again with the same id. Never throws. */
export interface Sender {
  send(outgoing: Outgoing): Promise<'sent' | SendFault>;
  close(): void;
}

/** What a gateway said, short enough to store and without what may be personal. */
export function saidBy(text: string, outgoing: Outgoing): string {
  return text.replaceAll(outgoing.to, '…').replaceAll(outgoing.text, '…').replace(/\s+/g, ' ').slice(0, 200);
}
