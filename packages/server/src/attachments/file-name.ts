const longest = 100;

/**
 * A name as it may be shown and saved: no folders, nothing invisible, nothing that turns the reading order round (“gnp.exe” shown as
 * “exe.png”), no leading dot, and the ending that the content has.
 */
export function safeName(name: string, ending: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const visible = last
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/gu, '')
    .replace(/["<>|:*?;]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const other = ending === '.jpg' ? '.jpeg' : ending;
  const lower = visible.toLowerCase();
  const stem = lower.endsWith(ending)
    ? visible.slice(0, -ending.length)
    : lower.endsWith(other)
      ? visible.slice(0, -other.length)
      : visible;
  return `${
    [...stem]
      .slice(0, longest)
      .join('')
      .replace(/[. ]+$/, '') || 'file'
  }${ending}`;
}

/** RFC 6266 with RFC 8187: saved, never shown as a page. */
export function dispositionOf(name: string, ending: string): string {
  const encoded = encodeURIComponent(name).replace(/['()*!]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="file${ending}"; filename*=UTF-8''${encoded}`;
}
