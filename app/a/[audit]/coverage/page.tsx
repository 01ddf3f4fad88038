import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { CoverageView, MailText, ScriptHint } from '@/components/coverage'
import { coverageGaps, type Gap, ruleInfos, type SearchParams, serverRanges } from '@/lib/core'
import { formatList } from '@/lib/i18n/format'
import { type Locale, locales } from '@/lib/i18n/locales'
import { auditOf } from '../audit'
import { NotYet } from '../not-yet'

type Props = { params: Promise<{ audit: string }>; searchParams: Promise<SearchParams> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('coverage'))('title') }
}

export default async function CoveragePage({ params, searchParams }: Props) {
  const { actor, audit, report } = await auditOf((await params).audit)
  if (!report) return <NotYet audit={audit} actor={actor} />
  return (
    <CoverageView
      base={`/a/${audit.id}`}
      report={report}
      search={await searchParams}
      hint={(servers) => <ScriptHint servers={servers} />}
      request={<MailText texts={await mailTexts(coverageGaps(report, ruleInfos), audit.environmentName)} />}
    />
  )
}

async function mailText(gaps: readonly Gap[], name: string, locale: Locale): Promise<string> {
  const t = await getTranslations({ locale, namespace: 'coverage' })
  const words = await getTranslations({ locale, namespace: 'words' })
  const items = gaps.map((gap, i) => {
    const values = { number: i + 1, what: gap.cmdlet, where: words(`runsOn.${gap.side}`) }
    const head =
      gap.servers.length > 0
        ? t('mail.itemServers', { ...values, servers: formatList(serverRanges(gap.servers), locale) })
        : t('mail.item', values)
    return `${head}\n\n${gap.command.replace(/^/gm, '    ')}`
  })
  return [
    t('mail.subject', { name }),
    t('mail.greeting'),
    t('mail.intro'),
    t('mail.script'),
    ...items,
    t('mail.closing'),
  ].join('\n\n')
}

async function mailTexts(gaps: readonly Gap[], name: string): Promise<Record<Locale, string>> {
  const [en, de] = await Promise.all(locales.map((locale) => mailText(gaps, name, locale)))
  return { en: en ?? '', de: de ?? '' }
}
