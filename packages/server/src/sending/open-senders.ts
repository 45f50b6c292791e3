import { readFileSync } from 'node:fs';
import { mailAddress } from '@threerings/core/sending/address';
import type { Config } from '../config.ts';
import { StartRefused } from '../store/start-refused.ts';
import { httpSmsSender } from './http-sms-sender.ts';
import type { Senders } from './outbox.ts';
import { smtpSender } from './smtp-sender.ts';

type Given = Pick<Config, 'mailUrl' | 'mailPasswordFile' | 'mailFrom' | 'smsUrl' | 'smsAuthorizationFile'>;

/**
 * The gateways that are configured; none is a channel that cannot be sent by.
 * @throws StartRefused `option.refused`: a mail server that is none, no address to come from, a file that cannot be read
 */
export function openSenders({ mailUrl, mailPasswordFile, mailFrom, smsUrl, smsAuthorizationFile }: Given): Senders {
  return {
    ...(mailUrl === undefined ? {} : { mail: smtpSender(smtpOf(mailUrl, mailPasswordFile, mailFrom)) }),
    ...(smsUrl === undefined
      ? {}
      : { sms: httpSmsSender({ url: smsUrl, authorization: firstLine(smsAuthorizationFile, '--sms-authorization-file') }) }),
  };
}

function smtpOf(mailUrl: string, passwordFile: string | undefined, from: string | undefined) {
  const url = URL.canParse(mailUrl) ? new URL(mailUrl) : undefined;
  if (url === undefined || !/^smtps?:$/.test(url.protocol) || url.hostname === '' || url.password !== '')
    throw new StartRefused(
      'option.refused',
      '--mail-url: expected smtps://user@host:465 or smtp://user@host:587; a password stands in --mail-password-file',
    );
  if (from === undefined || mailAddress(from) === undefined)
    throw new StartRefused('option.refused', '--mail-from: expected beside --mail-url: the address that mails come from');
  const secure = url.protocol === 'smtps:';
  const user = url.username === '' ? undefined : decodeURIComponent(url.username);
  return {
    host: url.hostname,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    user,
    password: firstLine(passwordFile, '--mail-password-file'),
    from,
  };
}

function firstLine(file: string | undefined, flag: string): string | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/, 1)[0];
  } catch (error) {
    throw new StartRefused('option.refused', `${flag}: cannot read ${file} (${error instanceof Error ? error.message : String(error)})`);
  }
}
