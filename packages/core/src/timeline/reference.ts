/**
 * A pointer into the vault, as it stands in the personal field of an event: `vault:` and what the vault needs to find the
 * value again. The form tells a pointer from a value that was written into an event by mistake.
 */
const reference = /^vault:[A-Za-z0-9._:-]{1,240}$/;

export function isReference(value: unknown): value is string {
  return typeof value === 'string' && reference.test(value);
}
