import { notFound } from 'next/navigation'

/** What no link has: answered like a link that is not active. */
export default function NoGuestPage() {
  notFound()
}
