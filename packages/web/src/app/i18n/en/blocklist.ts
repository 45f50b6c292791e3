import type { zhBlocklist } from '../zh/blocklist.ts';

export const enBlocklist: Record<keyof typeof zhBlocklist, string> = {
  'day.tab.blocklist': 'Blocked numbers',
  'blocklist.title': 'Blocked numbers',
  'blocklist.new': 'Block a number',
  'blocklist.import': 'Import',
  'blocklist.number': 'Number',
  'blocklist.number-wrong': 'digits, perhaps with a plus and spaces, five at least',
  'blocklist.until': 'Until',
  'blocklist.until-hint': 'within a year; it ends by itself',
  'blocklist.by': 'Decided by',
  'blocklist.calls': 'Calls',
  'blocklist.offer': 'After they were told',
  'blocklist.offer.message': 'they may leave word',
  'blocklist.offer.end': 'the call ends',
  'blocklist.missing': 'Give the number, a reason (3 characters or more) and the end',
  'blocklist.told':
    'Callers hear that they are not put through, and to press 1 in an emergency, which leads to a person at once. Nobody is cut off in silence.',
  'blocklist.not-announced':
    'Nobody has recorded the prompt “blocked”: the list has no effect and calls go on to people. Record it under Flows.',
  'blocklist.none': 'The list is empty',
  'blocklist.none-text': 'Press N to block a number, or import a table; each needs a reason and an end',
  'blocklist.in-force': 'in force',
  'blocklist.over': 'is over',
  'blocklist.release': 'Release',
  'blocklist.released': 'released',
};
