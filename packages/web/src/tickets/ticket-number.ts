/** Without I, L, O, 0 and 1: numbers are read out over the telephone. */
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const length = 5;

/** `20260930-K7MQ2`: the day, and an end that tells tickets of one day apart. */
export function ticketNumber(day: Date, random: () => number): string {
  const date = `${day.getFullYear()}${String(day.getMonth() + 1).padStart(2, '0')}${String(day.getDate()).padStart(2, '0')}`;
  const end = Array.from({ length }, () => letters[Math.floor(random() * letters.length)]).join('');
  return `${date}-${end}`;
}
