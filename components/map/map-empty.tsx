import { useTranslations } from 'next-intl'
import { ButtonLink, CodeBlock, EmptyState } from '@/components/ui'
import { collectCommand } from '@/lib/core'

const missing = [
  { cmdlet: 'Get-ReceiveConnector', side: 'on-premises' as const, servers: [] },
  { cmdlet: 'Get-SendConnector', side: 'on-premises' as const, servers: [] },
]

/** Nothing to draw: what to add. */
export function MapEmpty() {
  const t = useTranslations('map')
  return (
    <EmptyState actions={<ButtonLink href="/new">{t('add')}</ButtonLink>}>
      <p className="font-semibold">{t('empty')}</p>
      <p className="mt-1 mb-3">{t('emptyText')}</p>
      <CodeBlock code={missing.map(collectCommand).join('\n')} />
    </EmptyState>
  )
}
