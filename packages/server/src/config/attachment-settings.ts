import { file, integer, serviceUrl } from './kinds.ts';
import { option } from './option.ts';

/** Files that are sent along with chats, tickets and knowledge. */
export const attachmentSettings = {
  attachmentMegabytes: option(integer(1, 50), {
    env: 'THREERINGS_ATTACHMENT_MEGABYTES',
    help: 'largest file that is taken, in MB',
    fallback: 10,
  }),
  attachmentScanCommand: option(file, {
    env: 'THREERINGS_ATTACHMENT_SCAN_COMMAND',
    help: 'program that reads a file from its standard input and ends with 0 = clean, 1 = malware, anything else = not able to tell',
    fallback: undefined,
    shown: 'none: files are shown as not scanned',
  }),
  attachmentScanUrl: option(serviceUrl, {
    env: 'THREERINGS_ATTACHMENT_SCAN_URL',
    help: 'service that takes a file as the body of a POST and answers 200 {"clean":true} or 200 {"clean":false}',
    fallback: undefined,
    shown: 'none: files are shown as not scanned',
  }),
} as const;
