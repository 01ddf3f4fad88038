import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import {
  LaneList,
  MapDrawing,
  MapEmpty,
  MapPanel,
  MapPath,
  MapSheet,
  MapTable,
  MapToolbar,
  parseMapQuery,
  SearchResult,
} from '@/components/map'
import { Notice, PageHeader } from '@/components/ui'
import { findInTopology, parseSelection, type SearchParams } from '@/lib/core'
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
  const t = await getTranslations('map')
  if (topology.lines.length === 0)
    return (
      <div className="mx-auto max-w-app">
        <PageHeader title={t('title')} />
        <MapEmpty />
      </div>
    )
  const query = parseMapQuery(await searchParams)
  const selected = parseSelection(query.sel, topology)
  const found = findInTopology(topology, query.q)
  const shared = { base, query: selected ? query : { ...query, sel: '' }, topology, selected }
  const marked = new Set(found.cards)
  const lines =
    query.q === ''
      ? null
      : new Set([
          ...found.lines,
          ...topology.lines.filter((l) => marked.has(l.from) || marked.has(l.to)).map((l) => l.id),
        ])
  return (
    <MapSheet>
      <PageHeader title={t('title')} meta={t('meta')} />
      <MapToolbar {...shared} connections={topology.lines.length} />
      {query.sel !== '' && !selected && <Notice className="mb-3">{t('unknownSelection', { sel: query.sel })}</Notice>}
      <MapPath {...shared} />
      <SearchResult {...shared} found={found} />
      {query.view === 'table' ? (
        <MapTable {...shared} report={report} found={lines} />
      ) : (
        <>
          <MapDrawing {...shared} marked={marked} />
          <LaneList {...shared} marked={marked} />
          {selected && <MapPanel {...shared} selected={selected} report={report} />}
        </>
      )}
    </MapSheet>
  )
}
