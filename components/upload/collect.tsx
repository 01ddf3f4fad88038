import { Check } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { CodeBlock, Section } from '@/components/ui'
import { type Command, groups } from './commands'

/** The commands by where they run; what has arrived is ticked off. */
export function Collect({ commands }: { commands: readonly Command[] }) {
  const t = useTranslations('upload')
  return (
    <Section id="collect" title={t('collect')} description={t('collectText')} className="print:hidden">
      {groups.map((group) => {
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
              <span className="text-table text-ink-2">{t('arrivedCount', { done, total: list.length })}</span>
            </summary>
            <div className="border-t border-line p-3">
              <p className="mb-3 text-table text-ink-2">{t(`shell.${group}`)}</p>
              <ul className="flex flex-col gap-3">
                {list.map((command) => (
                  <li key={command.collection}>
                    {command.arrived ? (
                      <details suppressHydrationWarning>
                        <summary className="tap py-1 text-table">
                          <CommandLabel command={command} />
                        </summary>
                        <CodeBlock code={command.code} className="mt-1" />
                      </details>
                    ) : (
                      <CodeBlock label={<CommandLabel command={command} />} code={command.code} />
                    )}
                  </li>
                ))}
              </ul>
            </div>
          </details>
        )
      })}
    </Section>
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
