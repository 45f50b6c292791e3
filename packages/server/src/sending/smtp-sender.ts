import { createTransport } from 'nodemailer';
import { type Outgoing, type Sender, type SendFault, saidBy } from './sender.ts';

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; else STARTTLS is demanded, except on loopback */
  readonly secure: boolean;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly from: string;
  readonly timeoutMs?: number;
}

const loopback = new Set(['localhost', '127.0.0.1', '::1']);

/** Mail by SMTP (RFC 5321). A 5xx answer is final, a 4xx one and a lost line are not. The Message-ID is made of the message's id. */
export function smtpSender({ host, port, secure, user, password, from, timeoutMs = 20_000 }: SmtpSettings): Sender {
  const transport = createTransport({
    ...{ host, port, secure, requireTLS: !secure && !loopback.has(host) },
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  const domain = from.slice(from.lastIndexOf('@') + 1).replace(/[^A-Za-z0-9.-]/g, '') || 'localhost';
  return {
    async send(outgoing) {
      const { message, to, subject, text, file } = outgoing;
      const attachments = file === undefined ? [] : [{ filename: file.name, content: file.bytes, contentType: file.type }];
      try {
        await transport.sendMail({ from, to: { name: '', address: to }, subject, text, attachments, messageId: `<${message}@${domain}>` });
        return 'sent';
      } catch (error) {
        return faultOf(error, outgoing);
      }
    },
    close: () => transport.close(),
  };
}

function faultOf(error: unknown, outgoing: Outgoing): SendFault {
  const { responseCode, code, message } = error as { responseCode?: number; code?: string; message?: string };
  const detail = saidBy(`${code ?? ''} ${message ?? String(error)}`.trim(), outgoing);
  if (code === 'EAUTH') return { fault: 'misconfigured', permanent: false, detail };
  if (responseCode === undefined) return { fault: 'unreachable', permanent: false, detail };
  return responseCode >= 500 ? { fault: 'refused', permanent: true, detail } : { fault: 'busy', permanent: false, detail };
}
