import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { DataTable, RowTh, SeverityLabel, Th } from '@/components/ui'
import { cmdletOf, type RuleMeta, ruleText } from '@/lib/core'

/** The rules of one question. */
export function RuleTable({ question, rules }: { question: string; rules: readonly RuleMeta[] }) {
  const t = useTranslations('rules')
  return (
    <DataTable caption={t('caption', { question })} hideCaption>
      <thead>
        <tr>
          <Th>{t('column.rule')}</Th>
          <Th className="w-1/6">{t('column.levels')}</Th>
          <Th className="hidden w-1/4 sm:table-cell">{t('column.needs')}</Th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <RuleRow key={rule.id} rule={rule} />
        ))}
      </tbody>
    </DataTable>
  )
}

function RuleRow({ rule }: { rule: RuleMeta }) {
  const lang = useLocale()
  return (
    <tr id={rule.id} className="scroll-mt-16">
      <RowTh>
        <Link href={`/rules/${rule.id}`} className="link text-body font-semibold">
          {ruleText(rule.id, lang).title}
        </Link>
        <code className="block text-ink-2" lang="en">
          {rule.id}
        </code>
        <div className="mt-1 sm:hidden">
          <Needs rule={rule} />
        </div>
      </RowTh>
      <td>
        <ul>
          {rule.severities.map((level) => (
            <li key={level}>
              <SeverityLabel severity={level} />
            </li>
          ))}
        </ul>
      </td>
      <td className="hidden sm:table-cell">
        <Needs rule={rule} />
      </td>
    </tr>
  )
}

function Needs({ rule }: { rule: RuleMeta }) {
  const t = useTranslations('rules')
  return (
    <>
      <Cmdlets collections={rule.needs} />
      {rule.optional.length > 0 && (
        <span className="block text-ink-2">
          {t('optional')} <Cmdlets collections={rule.optional} />
        </span>
      )}
    </>
  )
}

function Cmdlets({ collections }: { collections: RuleMeta['needs'] }) {
  return collections.map((collection, i) => (
    <span key={collection}>
      {i > 0 && ', '}
      <code className="whitespace-nowrap" lang="en">
        {cmdletOf[collection]}
      </code>
    </span>
  ))
}
