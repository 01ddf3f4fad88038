import { notFound } from 'next/navigation'

/** No link has this address. */
export default function NoGuestPage() {
  notFound()
}
