/** The sign of the product: an arched wall with a small door, slightly open. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" className={className}>
      <path fill="currentColor" d="M2 22V11a10 10 0 0 1 20 0v11h-3.5v-5a2.75 2.75 0 0 0-5.5 0v5z" />
      <path className="fill-accent" d="M13 17a2.75 2.75 0 0 1 2.4-2.7V22H13z" />
    </svg>
  )
}
