import { Check } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ByHand, LazySource, noWishes, Script, scriptHref } from '@/components/collect'
import { CodeBlock, Section } from '@/components/ui'
import { type Command, groups } from './commands'

/** Ways to collect: the script, single commands with what has arrived ticked off, and folders to copy. */
export function Collect({ commands }: { commands: readonly Command[] }) {
  const t = useTranslations('collect')
  const nothingHere = commands.every((c) => !c.arrived)
  return (
    <Section
      id="collect"
      title={t('panel')}
      actions={
        <Link href="/collect" className="link text-table">
          {t('page')}
        </Link>
      }
      className="print:hidden"
    >
      <Part title={t('script')} open={nothingHere}>
        <Script wishes={noWishes} />
        <div className="mt-3">
          <LazySource
            href={scriptHref}
            page="/collect#source"
            label={t('showSource')}
            link={t('openPage')}
            failed={t('sourceFailed')}
          />
        </div>
      </Part>
      <Part title={t('commands')} open={!nothingHere}>
        <p className="mb-3 max-w-[72ch] text-ink-2">{t('commandsText')}</p>
        <Commands commands={commands} />
      </Part>
      <Part title={t('byHand')}>
        <ByHand />
      </Part>
    </Section>
  )
}

/** One of the ways, a fold of its own: what a person opened stays open while files arrive. */
function Part({ title, open = false, children }: { title: string; open?: boolean; children: ReactNode }) {
  return (
    <details suppressHydrationWarning open={open} className="mb-2 rounded-card border border-line">
      <summary className="tap px-3 py-2">
        <h3 className="inline text-lead">{title}</h3>
      </summary>
      <div className="border-t border-line p-3">{children}</div>
    </details>
  )
}

/** The commands by where they run; what has arrived is ticked off. */
export function Commands({ commands }: { commands: readonly Command[] }) {
  const t = useTranslations('upload')
  return groups.map((group) => {
    const list = commands.filter((c) => c.group === group)
    const done = list.filter((c) => c.arrived).length
    return (
      <details
        key={group}
        suppressHydrationWarning
        open={group === 'on-premises'}
        className="mb-2 rounded-card border border-line"
      >
        <summary className="tap px-3 py-2">
          <span className="font-semibold">{t(`group.${group}`)}</span>{' '}
          {done > 0 && <span className="text-table text-ink-2">{t('arrivedCount', { done, total: list.length })}</span>}
        </summary>
        <div className="border-t border-line p-3">
          <p className="mb-3 text-table text-ink-2">{t(`shell.${group}`)}</p>
          <ul className="flex flex-col gap-3">
            {list.map((command) => (
              <li key={command.code}>
                <OneCommand command={command} />
              </li>
            ))}
          </ul>
        </div>
      </details>
    )
  })
}

function OneCommand({ command }: { command: Command }) {
  if (!command.arrived) return <CodeBlock label={<CommandLabel command={command} />} code={command.code} />
  return (
    <details suppressHydrationWarning>
      <summary className="tap py-1 text-table">
        <CommandLabel command={command} />
      </summary>
      <CodeBlock code={command.code} className="mt-1" />
    </details>
  )
}

function CommandLabel({ command }: { command: Command }) {
  const t = useTranslations('upload')
  const words = useTranslations('words')
  return (
    <span className="inline-flex items-center gap-1.5">
      {command.arrived && <Check aria-hidden className="size-4 text-passed" strokeWidth={2} />}
      {words(`collection.${command.collection}`)}
      {command.arrived && <span className="font-normal">({t('here')})</span>}
    </span>
  )
}
