import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Exports, FindingsList } from '@/components/findings'
import type { SearchParams } from '@/lib/core'
import { auditOf } from '../audit'
import { NotYet } from '../not-yet'

type Props = { params: Promise<{ audit: string }>; searchParams: Promise<SearchParams> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('findings'))('title') }
}

export default async function FindingsPage({ params, searchParams }: Props) {
  const { actor, audit, report } = await auditOf((await params).audit)
  if (!report) return <NotYet audit={audit} actor={actor} />
  return (
    <FindingsList
      base={`/a/${audit.id}`}
      report={report}
      search={await searchParams}
      exports={actor.permissions.has('ask') && <Exports audit={audit.id} />}
    />
  )
}
