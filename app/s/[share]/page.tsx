import type { Metadata } from 'next'
import { guestMetadata, guestPage } from '@/app/s/guest-page'
import type { SearchParams } from '@/lib/core'

type Props = { params: Promise<{ share: string }>; searchParams: Promise<SearchParams> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return guestMetadata({ share: (await params).share, page: 'root' })
}

export default async function GuestRootPage({ params, searchParams }: Props) {
  return guestPage({ share: (await params).share, page: 'root' }, await searchParams)
}
