import { file, serviceUrl, text } from './kinds.ts';
import { option } from './option.ts';

/** How messages reach callers, and where they write from. */
export const sendingSettings = {
  chatChannelsFile: option(file, {
    env: 'THREERINGS_CHAT_CHANNELS_FILE',
    help: 'JSON file with the accounts at WeCom, WeChat and QQ whose customers write to this hotline (docs/guides/chat-channels.md)',
    fallback: undefined,
    shown: 'none: customers write on the own page only',
  }),
  mailUrl: option(text(300), {
    env: 'THREERINGS_MAIL_URL',
    help: 'mail server to send by: smtps://user@host:465, or smtp://user@host:587 with STARTTLS',
    fallback: undefined,
    shown: 'none: no mail is sent',
  }),
  mailPasswordFile: option(file, {
    env: 'THREERINGS_MAIL_PASSWORD_FILE',
    help: 'file whose first line is its password',
    fallback: undefined,
  }),
  mailFrom: option(text(254), { env: 'THREERINGS_MAIL_FROM', help: 'address that mails come from', fallback: undefined }),
  smsUrl: option(serviceUrl, {
    env: 'THREERINGS_SMS_URL',
    help: 'gateway that takes POST {"id","to","text"} and answers 2xx',
    fallback: undefined,
    shown: 'none: no text message is sent',
  }),
  smsAuthorizationFile: option(file, {
    env: 'THREERINGS_SMS_AUTHORIZATION_FILE',
    help: 'file whose first line the gateway is sent as Authorization, for example Bearer …',
    fallback: undefined,
  }),
} as const;
