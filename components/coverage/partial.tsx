import { useTranslations } from 'next-intl'
import { CodeBlock, Section } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { type PartialExport, type PartialReason, partialReasons, placePath } from '@/lib/core'

type Props = { partial: readonly PartialExport[]; base: string }

const shownAtOnce = 5

/** Exports that are there and do not say everything: why, where, and the command that gets them whole. */
export function Partial({ partial, base }: Props) {
  const t = useTranslations('coverage')
  if (partial.length === 0) return null
  const reasons = partialReasons.filter((reason) => partial.some((p) => p.reason === reason))
  return (
    <Section id="partial" title={t('partial.title')} description={t('partial.text')}>
      <div className="space-y-4">
        {reasons.map((reason) => (
          <Reason key={reason} reason={reason} list={partial.filter((p) => p.reason === reason)} base={base} />
        ))}
      </div>
    </Section>
  )
}

function Reason({ reason, list, base }: { reason: PartialReason; list: readonly PartialExport[]; base: string }) {
  const t = useTranslations('coverage')
  const commands = new Map(list.map((p) => [p.command, p.cmdlet]))
  return (
    <article className="rounded-card border border-line p-4">
      <h3 className="text-lead">{t(`partial.reason.${reason}`)}</h3>
      <p className="max-w-[72ch] text-table text-ink-2">{t(`partial.effect.${reason}`)}</p>
      <Places list={list.slice(0, shownAtOnce)} base={base} />
      {list.length > shownAtOnce && (
        <details>
          <summary className="tap py-1 text-table">{t('partial.more', { count: list.length - shownAtOnce })}</summary>
          <Places list={list.slice(shownAtOnce)} base={base} />
        </details>
      )}
      <details className="mt-2 print:hidden">
        <summary className="tap py-1 font-semibold">{t('partial.better', { count: commands.size })}</summary>
        <ul className="mt-2 space-y-3">
          {[...commands].map(([command, cmdlet]) => (
            <li key={command}>
              <CodeBlock label={<code lang="en">{cmdlet}</code>} code={command} copyLabel={t('copy')} />
            </li>
          ))}
        </ul>
      </details>
    </article>
  )
}

function Places({ list, base }: { list: readonly PartialExport[]; base: string }) {
  const t = useTranslations('files')
  const words = useTranslations('words')
  return (
    <ul className="mt-2 space-y-1 text-table">
      {list.map((p) => (
        <li key={`${p.source} ${p.lines.join()}`} className="[overflow-wrap:anywhere]">
          <code lang="en">{p.cmdlet}</code>{' '}
          <span className="text-ink-2">
            {[t('objects', { count: p.objects }), p.server, p.name].filter(Boolean).join(' · ')}
          </span>{' '}
          <Link href={`${base}/${placePath(p.source, p.lines)}`} className="link whitespace-nowrap">
            {p.lines[0] === p.lines[1]
              ? words('line', { from: p.lines[0] })
              : words('lines', { from: p.lines[0], to: p.lines[1] })}
          </Link>
        </li>
      ))}
    </ul>
  )
}
