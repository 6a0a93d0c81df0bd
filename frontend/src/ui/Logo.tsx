import './logo.css'

/** The mark: an M cut out of a mask. */
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden="true">
      <rect className="logo__plate" width="32" height="32" rx="7" />
      <path className="logo__stroke" d="M7 23V10.5l5.5 7 3.5-4.6 3.5 4.6 5.5-7V23" />
    </svg>
  )
}
