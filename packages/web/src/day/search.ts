export const dayTabs = [
  'inbox',
  'news',
  'messages',
  'appointments',
  'outages',
  'directory',
  'anomalies',
  'emergencies',
  'blocklist',
  'wellbeing',
] as const;
export type DayTab = (typeof dayTabs)[number];

export interface DaySearch {
  readonly tab?: DayTab | undefined;
}

/** What the address of the page says; anything else is left out. */
export function daySearch(search: Record<string, unknown>): DaySearch {
  const tab = dayTabs.find((one) => one === search['tab']);
  return tab === undefined ? {} : { tab };
}
