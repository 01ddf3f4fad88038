import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { MapView } from '@/components/map'
import type { SearchParams } from '@/lib/core'
import { loadTopology } from '@/lib/server/reports'
import { analysedAudit } from '../audit'

type Props = { params: Promise<{ audit: string }>; searchParams: Promise<SearchParams> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('map'))('title') }
}

export default async function MapPage({ params, searchParams }: Props) {
  const { audit, report } = await analysedAudit((await params).audit)
  const base = `/a/${audit.id}`
  const topology = await loadTopology(audit.id)
  if (!topology) redirect(base)
  return <MapView base={base} topology={topology} report={report} search={await searchParams} />
}
