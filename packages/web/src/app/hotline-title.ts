/** Many hotlines carry their number in the name already. */
export function hotlineTitle({ name, number }: { readonly name: string; readonly number: string }): string {
  return name.includes(number) ? name : `${name} ${number}`;
}
