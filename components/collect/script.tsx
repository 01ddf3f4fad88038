import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { buttonClass, CodeBlock, CopyButton } from '@/components/ui'
import { collectScript } from '@/lib/core'
import { Builder } from './builder'
import { modes, type Wishes } from './command-line'

export const scriptHref = `/collect/${collectScript.name}`

/** The script: what it does and needs, the file, its hash, and the line that starts it. */
export function Script({ wishes }: { wishes: Wishes }) {
  const t = useTranslations('collect')
  const common = useTranslations('common')
  const texts = {
    label: t('builder.label'),
    servers: t('builder.servers'),
    serversHint: t('builder.serversHint'),
    hours: t('builder.hours'),
    hoursHint: t('builder.hoursHint'),
    pseudonyms: t('builder.pseudonyms'),
    pseudonymsHint: t('builder.pseudonymsHint'),
    output: t('builder.output'),
    outputHint: t('builder.outputHint'),
    apply: t('builder.apply'),
    copy: common('copyCommand'),
    copied: common('copied'),
    copyFailed: common('copyFailed'),
    modes: {
      'on-premises': t('mode.on-premises'),
      edge: t('mode.edge'),
      'exchange-online': t('mode.exchange-online'),
    },
  }
  return (
    <div className="space-y-4">
      <p className="max-w-[72ch]">
        <strong>{t('readsOnly')}</strong> {t('what')}
      </p>
      <div>
        <a href={scriptHref} download={collectScript.name} className={buttonClass('primary')}>
          <Download aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
          {t('download')}
        </a>
        <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-table text-ink-2">
          <span>{t('version', { version: collectScript.version })}</span>
          <span className="min-w-0">
            SHA-256 <code className="break-all">{collectScript.sha256}</code>
          </span>
          <CopyButton
            text={collectScript.sha256}
            label={t('copyHash')}
            copiedLabel={common('copied')}
            failedLabel={common('copyFailed')}
          />
        </div>
      </div>
      <Needs />
      <CodeBlock label={t('unblock')} code={`Unblock-File .\\${collectScript.name}`} />
      <Builder initial={wishes} texts={texts} action="/collect" />
      <p className="max-w-[72ch] text-table text-ink-2">{t('after')}</p>
    </div>
  )
}

function Needs() {
  const t = useTranslations('collect')
  return (
    <dl className="gap-x-6 gap-y-2 text-table sm:grid sm:grid-cols-[11rem_1fr]">
      {modes.map((mode) => (
        <div key={mode} className="contents">
          <dt className="font-semibold">{t(`mode.${mode}`)}</dt>
          <dd className="mb-2 sm:mb-0">{t(`needs.${mode}`)}</dd>
        </div>
      ))}
      <dt className="font-semibold">{t('time')}</dt>
      <dd>{t('timeText')}</dd>
    </dl>
  )
}
