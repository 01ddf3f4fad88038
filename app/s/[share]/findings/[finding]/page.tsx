import type { Metadata } from 'next'
import { guestMetadata, guestPage } from '@/app/s/guest-page'
import type { SearchParams } from '@/lib/core'

type Props = { params: Promise<{ share: string; finding: string }>; searchParams: Promise<SearchParams> }

const asked = async ({ params }: Props) => {
  const { share, finding } = await params
  return { share, page: 'finding', finding: decodeURIComponent(finding) } as const
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return guestMetadata(await asked(props))
}

export default async function GuestFindingPage(props: Props) {
  return guestPage(await asked(props), await props.searchParams)
}
