import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { MapView } from '@/components/map'
import type { SearchParams } from '@/lib/core'
import { loadTopology } from '@/lib/server/reports'
import { analysedAudit } from '../audit'
import { ShareLink } from '../share-link'

type Props = { params: Promise<{ audit: string }>; searchParams: Promise<SearchParams> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('map'))('title') }
}

export default async function MapPage({ params, searchParams }: Props) {
  const { actor, audit, report } = await analysedAudit((await params).audit)
  const base = `/a/${audit.id}`
  const topology = await loadTopology(audit.id)
  if (!topology) redirect(base)
  const search = await searchParams
  return (
    <MapView
      base={base}
      topology={topology}
      report={report}
      search={search}
      actions={<ShareLink actor={actor} audit={audit.id} what="map" about={{ state: stateOf(search) }} />}
    />
  )
}

/** What a link keeps of the state of the map: its form, and what is selected. */
function stateOf({ view, sel }: SearchParams): string {
  const kept = Object.entries({ view, sel }).flatMap(([key, value]) =>
    typeof value === 'string' ? [[key, value]] : [],
  )
  return new URLSearchParams(kept).toString()
}
