/** Our own sign: three stations on one line, the middle one being this computer. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 28 28" aria-hidden focusable="false">
      <rect width="28" height="28" rx="8" fill="var(--mantine-primary-color-filled)" />
      <path d="M7.5 14h13" stroke="#fff" strokeWidth="1.75" opacity="0.7" />
      <circle cx="7.5" cy="14" r="2.25" fill="#fff" />
      <circle cx="14" cy="14" r="4" fill="#fff" />
      <circle cx="20.5" cy="14" r="2.25" fill="#fff" />
    </svg>
  );
}
