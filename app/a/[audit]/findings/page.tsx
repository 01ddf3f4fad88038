import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Exports, FindingsList } from '@/components/findings'
import { findingsSearch, knownValues, parseFindingsQuery, ruleInfos, type SearchParams } from '@/lib/core'
import { auditOf } from '../audit'
import { NotYet } from '../not-yet'
import { ShareLink } from '../share-link'

type Props = { params: Promise<{ audit: string }>; searchParams: Promise<SearchParams> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('findings'))('title') }
}

export default async function FindingsPage({ params, searchParams }: Props) {
  const { actor, audit, report } = await auditOf((await params).audit)
  if (!report) return <NotYet audit={audit} actor={actor} />
  const search = await searchParams
  const { query } = parseFindingsQuery(search, knownValues(report, ruleInfos))
  const list = findingsSearch({ ...query, page: 1 })
  return (
    <FindingsList
      base={`/a/${audit.id}`}
      report={report}
      search={search}
      actions={<ShareLink actor={actor} audit={audit.id} what="findings" about={{ list }} />}
      exports={actor.permissions.has('ask') && <Exports audit={audit.id} />}
    />
  )
}
