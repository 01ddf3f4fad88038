import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { matchesRule, parseRulesQuery, RuleFilters, RuleTable } from '@/components/rules'
import { Notice, PageHeader, Section, StatusRegion } from '@/components/ui'
import { questionNumbers, ruleCatalogue, type SearchParams } from '@/lib/core'
import { enter } from '@/lib/server/gate'

type Props = { searchParams: Promise<SearchParams> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('rules'))('title') }
}

export default async function RulesPage({ searchParams }: Props) {
  await enter('self')
  const { query, ignored } = parseRulesQuery(await searchParams)
  const t = await getTranslations('rules')
  const words = await getTranslations('common')
  const lang = await getLocale()
  const rules = ruleCatalogue.filter((rule) => matchesRule(rule, query, lang))
  return (
    <div className="mx-auto max-w-app">
      <PageHeader title={t('title')} meta={t('intro')} />
      <RuleFilters query={query} />
      {ignored.map((filter) => (
        <Notice key={filter.key} className="mb-3">
          {t('ignored', filter)}
        </Notice>
      ))}
      <StatusRegion className="text-ink-2">
        {rules.length === 0 ? t('noMatch') : t('result', { count: rules.length, total: ruleCatalogue.length })}
      </StatusRegion>
      {questionNumbers.map((question) => {
        const group = rules.filter((rule) => rule.question === question)
        const title = words(`question.${question}`)
        return (
          group.length > 0 && (
            <Section key={question} id={`question-${question}`} title={title}>
              <RuleTable question={title} rules={group} />
            </Section>
          )
        )
      })}
    </div>
  )
}
