/** What stands in the fields of an entry's form. Days as `2026-10-01`, in the time of the page. */
export interface EntryDraftForm {
  readonly title: string;
  readonly body: string;
  readonly keywords: string;
  readonly items: string;
  readonly validFrom: string;
  readonly validUntil: string;
  readonly reviewDue: string;
}

/** Keywords with blanks, commas or 、 between, each once. */
export function wordsOf(text: string): string[] {
  return [...new Set(text.split(/[\s,，、;；]+/).filter((word) => word !== ''))].slice(0, 30);
}

/** One item a line, each once. */
export function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))].slice(0, 30);
}

/** The beginning of a day where the page is; undefined for an empty or impossible one. */
export function instantOfDay(day: string): number | undefined {
  const at = /^\d{4}-\d\d-\d\d$/.test(day) ? new Date(`${day}T00:00:00`).getTime() : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

export function dayOfInstant(at: number | undefined): string {
  if (at === undefined) return '';
  const date = new Date(at);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}
