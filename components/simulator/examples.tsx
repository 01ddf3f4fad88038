import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { CodeBlock, EmptyState, Section } from '@/components/ui'
import { collectCommand, type Example, formSearch } from '@/lib/core'
import { useExampleText } from './sentence'

/** Prepared questions about the audit's own objects. */
export function Examples({ base, examples }: { base: string; examples: readonly Example[] }) {
  const t = useTranslations('simulator')
  const text = useExampleText()
  if (examples.length === 0)
    return (
      <div className="mt-8 print:hidden">
        <EmptyState>
          <p className="mb-3">{t('noExamples')}</p>
          <CodeBlock code={collectCommand({ cmdlet: 'Get-ReceiveConnector', side: 'on-premises', servers: [] })} />
        </EmptyState>
      </div>
    )
  return (
    <Section title={t('examples')} className="print:hidden">
      <ul className="grid gap-3 sm:grid-cols-2">
        {examples.map((example) => {
          const { title, sentence } = text(example)
          return (
            <li key={example.kind} className="min-w-0 rounded-card border border-line p-3">
              <Link href={`${base}/simulate?${formSearch(example.form)}`} className="link font-semibold">
                {title}
              </Link>
              <p className="mt-1 text-table break-words text-ink-2">{sentence}</p>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
