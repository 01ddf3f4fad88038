import { getLocale, getTranslations } from 'next-intl/server'
import { SourceLines } from '@/components/evidence/source-lines'
import { DetailHead, FindingProof, FindingText, ListWalk, PartOf } from '@/components/findings'
import { mapHrefOf } from '@/components/map'
import {
  type Finding,
  knownValues,
  neighbours,
  parseFindingsQuery,
  type Report,
  ruleInfos,
  type SearchParams,
} from '@/lib/core'
import type { GuestContent } from '@/lib/server/shares-content'

type Props = { base: string; content: GuestContent; finding: Finding; search: SearchParams }

/** One finding with what the link allows of it. */
export async function GuestFinding({ base, content, finding, search }: Props) {
  const { report } = content
  const { query } = parseFindingsQuery(search, knownValues(report, ruleInfos))
  const around = neighbours(report, query, await getLocale(), finding.id)
  return (
    <div className="mx-auto max-w-app">
      {content.kind !== 'finding' && <ListWalk base={base} query={query} around={around} />}
      <DetailHead base={base} finding={finding} canCopy={false} />
      <PartOf base={base} report={report} finding={finding} />
      <div className="grid gap-x-8 xl:grid-cols-2">
        <FindingText
          base={base}
          report={report}
          finding={finding}
          mapHref={mapHrefOf(base, content.topology, finding.id)}
          fix={!content.allows.fix ? 'none' : content.level === 'summary' ? 'text' : 'steps'}
        />
        <FindingProof base={base} finding={finding} evidence={<Evidence content={content} finding={finding} />} />
      </div>
    </div>
  )
}

/** The lines that prove it, as they were stored with the link; the originals stay where they are. */
async function Evidence({ content, finding }: { content: GuestContent; finding: Finding }) {
  const t = await getTranslations('guest.evidence')
  const places = await getTranslations('finding')
  if (finding.evidence.length === 0) return <p className="text-ink-2">{t('notShared')}</p>
  const files = new Set(finding.evidence.map((e) => e.source)).size
  return (
    <>
      <p className="mb-3 text-table text-ink-2">
        {places('places', { places: finding.evidence.length, files })}
        {content.level === 'pseudonyms' && ` · ${t('replaced')}`}
      </p>
      <ul className="space-y-3">
        {finding.evidence.map((e) => (
          <li key={`${e.source} ${e.lines[0]} ${e.property}`} className="keep">
            <Place report={content.report} item={e} />
          </li>
        ))}
      </ul>
    </>
  )
}

async function Place({ report, item }: { report: Report; item: Finding['evidence'][number] }) {
  const files = await getTranslations('files')
  const words = await getTranslations('words')
  const name = report.sources.find((s) => s.id === item.source)?.name ?? ''
  const [from, to] = item.lines
  const where = from === to ? words('line', { from }) : words('lines', { from, to })
  return (
    <>
      <p className="mb-1 text-table">
        <strong className="font-semibold break-all">{name}</strong> <span className="text-ink-2">{where}</span>
      </p>
      <SourceLines
        dense
        label={`${name}, ${where}`}
        lines={item.text.split('\n')}
        from={from}
        isMarked={() => true}
        cutLabel={(count) => files('lineCut', { count })}
      />
    </>
  )
}
