export function Logo({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden>
      <rect width="24" height="24" rx="6" fill="#0c6075" />
      <path d="M7 5.5h7l3 3v10H7z" fill="none" stroke="#fff" strokeWidth="1.5" strokeLinejoin="round" />
      <path
        d="m9.6 13.2 1.7 1.7 3.2-3.6"
        fill="none"
        stroke="#fff"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
