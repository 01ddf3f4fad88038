import { Ban, CircleHelp, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { CodeBlock, cx, Section } from '@/components/ui'
import { collectCommand, formSearch, type Relay } from '@/lib/core'
import { formatList } from '@/lib/i18n/format'

const icons = { none: Ban, exists: TriangleAlert, unknown: CircleHelp }

/** Can a public address relay? The sentence that matters most, with its witness or with what would tell. */
export function TheoremLine({ base, relay }: { base: string; relay: Relay }) {
  const t = useTranslations('relay')
  const { publicRelay, witness, listener } = relay.theorem
  const Icon = icons[publicRelay]
  const { server = '', port = 25, localAddress = '*' } = listener ?? {}
  const local = localAddress === '*' ? '' : localAddress
  return (
    <div className="keep rounded-card border border-line-strong bg-subtle p-4">
      <p className="flex items-start gap-3 text-lead font-semibold">
        <Icon aria-hidden className="mt-0.5 size-5 shrink-0" strokeWidth={2} />
        <span className="min-w-0 break-words">
          {t(`theorem.${publicRelay}`, { address: witness ?? '', server, port: String(port) })}
        </span>
      </p>
      {witness !== null && (
        <p className="mt-1 ps-8">
          <Link
            href={`${base}/simulate?${formSearch({ from: witness, to: server, local, port: String(port), rcpt: 'example.net' })}`}
            className="link"
          >
            {t('theorem.show')}
          </Link>
        </p>
      )}
    </div>
  )
}

/** The commands that would settle what is open, above and in the cells. */
export function RelayMissing({ relay }: { relay: Relay }) {
  const t = useTranslations('relay')
  const words = useTranslations('words')
  const locale = useLocale()
  const { missing } = relay
  if (missing.length === 0) return null
  return (
    <Section title={t('tell')} description={t('tellText')} id="missing">
      <ul className={cx('grid gap-4', missing.length > 1 && 'xl:grid-cols-2')}>
        {missing.map((m) => (
          <li key={`${m.cmdlet} ${m.side}`} className="min-w-0">
            <p className="mb-1 text-table">
              {t('where', {
                where: words(`runsOn.${m.side}`),
                servers: formatList([...m.servers], locale),
                count: m.servers.length,
              })}
            </p>
            <CodeBlock code={collectCommand(m)} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
