import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { placePath, type Report } from '@/lib/core'

type Props = { report: Report; source: string; base: string }

const shown = 50
const shownChars = 200

/** What a source holds besides facts: objects as commands would make them, and headers of messages. */
export function KeptApart({ report, source, base }: Props) {
  const intended = report.intended.filter((o) => o.source === source)
  const messages = report.messages.filter((m) => m.source === source)
  return (
    <>
      {intended.length > 0 && <Intended list={intended} base={base} />}
      {messages.length > 0 && <Messages list={messages} base={base} />}
    </>
  )
}

function Place({ base, source, lines }: { base: string; source: string; lines: readonly [number, number] }) {
  const words = useTranslations('words')
  return (
    <Link href={`${base}/${placePath(source, lines)}`} className="link whitespace-nowrap">
      {lines[0] === lines[1] ? words('line', { from: lines[0] }) : words('lines', { from: lines[0], to: lines[1] })}
    </Link>
  )
}

function Intended({ list, base }: { list: Report['intended']; base: string }) {
  const t = useTranslations('files')
  const words = useTranslations('words')
  return (
    <details className="mb-3 rounded-card border border-line p-3" open={list.length <= 5}>
      <summary className="tap font-semibold">{t('intended', { count: list.length })}</summary>
      <p className="mt-1 max-w-[72ch] text-table text-ink-2">{t('intendedText')}</p>
      <ul className="mt-2 space-y-2 text-table">
        {list.slice(0, shown).map((o) => (
          <li key={`${o.collection} ${o.id} ${o.lines.join()}`} className="[overflow-wrap:anywhere]">
            <strong>{o.id}</strong> <span className="text-ink-2">{words(`collection.${o.collection}`)}</span>{' '}
            <code lang="en">{o.command.length > shownChars ? `${o.command.slice(0, shownChars)}…` : o.command}</code>{' '}
            <Place base={base} source={o.source} lines={o.lines} />
          </li>
        ))}
      </ul>
      {list.length > shown && <p className="mt-2 text-table text-ink-2">{t('firstShown', { count: shown })}</p>}
    </details>
  )
}

function Messages({ list, base }: { list: Report['messages']; base: string }) {
  const t = useTranslations('files')
  return (
    <details className="mb-3 rounded-card border border-line p-3" open={list.length <= 5}>
      <summary className="tap font-semibold">{t('messages', { count: list.length })}</summary>
      <p className="mt-1 max-w-[72ch] text-table text-ink-2">{t('messagesText')}</p>
      <ul className="mt-2 space-y-2 text-table">
        {list.slice(0, shown).map((m) => (
          <li key={`${m.source} ${m.lines.join()}`}>
            {t('message', {
              fields: m.headers.length,
              hops: m.headers.filter((h) => h.name.toLowerCase() === 'received').length,
            })}{' '}
            <Place base={base} source={m.source} lines={m.lines} />
          </li>
        ))}
      </ul>
      {list.length > shown && <p className="mt-2 text-table text-ink-2">{t('firstShown', { count: shown })}</p>}
    </details>
  )
}
