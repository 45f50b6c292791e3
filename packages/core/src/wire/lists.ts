import { z } from 'zod';
import type { Permission } from '../people/permissions.ts';

/** Lists of the console whose pages are told that something in them changed, and then ask for them again. */
export const listNames = [
  'promises',
  'tickets',
  'appeals',
  'outbox',
  'outages',
  'bulletins',
  'inbox',
  'emergencies',
  'anomalies',
  'knowledge',
  'blocklist',
] as const;
export const listName = z.enum(listNames);
export type ListName = z.infer<typeof listName>;

/** Who may be told that a list changed: whoever may read it. What changed in it is not told; that is asked for. */
export const permissionOfList: Readonly<Record<ListName, readonly Permission[]>> = {
  promises: ['promises.see-own', 'promises.see-unit'],
  tickets: ['tickets.see-own', 'tickets.see-unit'],
  appeals: ['appeals.file', 'appeals.decide'],
  outbox: ['messages.send'],
  outages: ['outages.see'],
  bulletins: ['bulletins.see'],
  inbox: ['alerts.acknowledge', 'anomalies.work'],
  emergencies: ['emergencies.work'],
  anomalies: ['anomalies.report', 'anomalies.work'],
  knowledge: ['knowledge.see'],
  blocklist: ['blocklist.keep'],
};

const byPrefix: readonly (readonly [prefix: string, lists: readonly ListName[]])[] = [
  ['promise.', ['promises']],
  ['ticket.', ['tickets', 'inbox']],
  ['complaint.', ['tickets']],
  ['suggestion.', ['tickets']],
  ['proposal.', ['appeals']],
  ['appeal.', ['appeals', 'inbox']],
  ['alert.', ['inbox']],
  ['emergency.', ['emergencies', 'inbox']],
  ['outage.', ['outages']],
  ['rest.', ['inbox']],
  ['call.blocked', ['blocklist']],
  ['answer.', ['knowledge']],
];

/** The lists that an event of the timeline changes. */
export function listsOfEvent(type: string): readonly ListName[] {
  return byPrefix.flatMap(([prefix, lists]) => (type.startsWith(prefix) ? lists : []));
}

const byPath: readonly (readonly [path: string, lists: readonly ListName[]])[] = [
  ['/api/outbox', ['outbox']],
  ['/api/bulletins', ['bulletins']],
  ['/api/anomalies', ['anomalies', 'inbox']],
  ['/api/knowledge', ['knowledge']],
  ['/api/blocklist', ['blocklist']],
  ['/api/imports', ['blocklist', 'knowledge', 'promises', 'tickets']],
  ['/api/emergenc', ['emergencies']],
  ['/api/monitoring', ['inbox']],
];

/** The lists that a request changed which was carried out; what is told by events is not named twice. */
export function listsOfRequest(method: string, path: string): readonly ListName[] {
  return method === 'GET' || method === 'HEAD' ? [] : byPath.flatMap(([prefix, lists]) => (path.startsWith(prefix) ? lists : []));
}
