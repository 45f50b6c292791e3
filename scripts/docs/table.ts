/** A Markdown table; cells are escaped so that a `|` in a value stays in its cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Every generated document begins by saying where it comes from. */
export function page(title: string, from: string, body: readonly string[]): string {
  return [`# ${title}`, '', `Generated from \`${from}\` by \`scripts/gen-docs.ts\`; do not edit.`, '', ...body, ''].join('\n');
}
