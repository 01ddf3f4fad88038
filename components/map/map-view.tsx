import { getTranslations } from 'next-intl/server'
import { Notice, PageHeader } from '@/components/ui'
import { findInTopology, parseSelection, type Report, type SearchParams, type Topology } from '@/lib/core'
import { LaneList } from './lane-list'
import { MapDrawing, MapSheet } from './map-drawing'
import { MapEmpty } from './map-empty'
import { MapPanel } from './map-panel'
import { MapPath } from './map-path'
import { MapTable } from './map-table'
import { MapToolbar } from './map-toolbar'
import { parseMapQuery } from './query'
import { SearchResult } from './search-result'

type Props = {
  base: string
  topology: Topology
  report: Report
  search: SearchParams
  canDownload?: boolean
  /** False where what was found is not to be seen: then nothing says that nothing was found. */
  hasFindings?: boolean
}

/** The map in the state that the address names: drawing and lanes, or the table of all connections. */
export async function MapView({ base, topology, report, search, canDownload = true, hasFindings = true }: Props) {
  const t = await getTranslations('map')
  if (topology.lines.length === 0)
    return (
      <div className="mx-auto max-w-app">
        <PageHeader title={t('title')} />
        <MapEmpty />
      </div>
    )
  const query = parseMapQuery(search)
  const selected = parseSelection(query.sel, topology)
  const found = findInTopology(topology, query.q)
  const shared = { base, query: selected ? query : { ...query, sel: '' }, topology, selected, hasFindings }
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
      {!hasFindings && <Notice className="mb-4">{t('withoutFindings')}</Notice>}
      <MapToolbar {...shared} connections={topology.lines.length} canDownload={canDownload} />
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
