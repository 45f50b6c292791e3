import { type Sender, saidBy } from './sender.ts';

export interface SmsSettings {
  readonly url: string;
  /** sent as Authorization */
  readonly authorization?: string | undefined;
  readonly timeoutMs?: number;
}

/**
 * Text messages by a gateway that takes `POST {"id","to","text"}` and answers 2xx. The id also stands in the head `Idempotency-Key`.
 * 408, 425, 429 and 5xx are tried again; any other 4xx is final, but for 401 and 403, which whoever runs the server can mend.
 */
export function httpSmsSender({ url, authorization, timeoutMs = 20_000 }: SmsSettings): Sender {
  return {
    async send(outgoing) {
      const { message: id, to, text } = outgoing;
      const headers = {
        'content-type': 'application/json',
        'idempotency-key': id,
        ...(authorization === undefined ? {} : { authorization }),
      };
      try {
        const body = JSON.stringify({ id, to, text });
        const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
        const said = saidBy((await answer.text()).slice(0, 2000), outgoing);
        if (answer.ok) return 'sent';
        const detail = `${answer.status} ${said}`;
        if (answer.status === 401 || answer.status === 403) return { fault: 'misconfigured', permanent: false, detail };
        const again = answer.status >= 500 || [408, 425, 429].includes(answer.status);
        return again ? { fault: 'busy', permanent: false, detail } : { fault: 'refused', permanent: true, detail };
      } catch (error) {
        return {
          fault: 'unreachable',
          permanent: false,
          detail: saidBy(error instanceof Error ? `${error.name} ${error.message}` : String(error), outgoing),
        };
      }
    },
    close: () => {},
  };
}
