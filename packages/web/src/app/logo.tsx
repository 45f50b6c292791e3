/** Three rings going out from a telephone; without a title an ornament. */
export function Logo({ size, title }: { size: number; title?: string }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 30 30"
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
      strokeWidth="2.4"
      role={title === undefined ? undefined : 'img'}
      aria-hidden={title === undefined || undefined}
    >
      <title>{title}</title>
      <circle cx="8" cy="22" r="2.6" fill="currentColor" stroke="none" />
      <path d="M8 14.5a7.5 7.5 0 0 1 7.5 7.5" />
      <path d="M8 9a13 13 0 0 1 13 13" opacity=".8" />
      <path d="M8 3.5A18.5 18.5 0 0 1 26.5 22" opacity=".55" />
    </svg>
  );
}
