import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { CodeBlock } from '@/components/ui/code-block'
import { CopyButton } from '@/components/ui/copy-button'
import { formatDateTime } from '@/lib/i18n/format'
import { type Locale, locales } from '@/lib/i18n/locales'
import type { MadeLink } from './state'

/** A link that was just made, with all that its sender needs. There is no second time. */
export function NewLink({ made }: { made: MadeLink }) {
  const t = useTranslations('sharing.made')
  const locale = useLocale()
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each link
  useEffect(() => heading.current?.focus(), [made.url])
  return (
    <section aria-labelledby="share-made" className="mb-8 rounded-card border border-line-strong bg-subtle p-4">
      <h2 id="share-made" ref={heading} tabIndex={-1} className="text-h3 outline-none">
        {t(made.isRenewed ? 'renewed' : 'title')}
      </h2>
      <p className="mt-1 mb-4 max-w-[72ch]">
        {t('until', { date: formatDateTime(made.endsAt, locale) })} {t(made.isRenewed ? 'renewedOnce' : 'once')}
      </p>
      <div className="grid gap-4 lg:grid-cols-2">
        <div className="min-w-0">
          <CodeBlock code={made.url} label={t('link')} copyLabel={t('copy')} wrap className="bg-canvas" />
          <Password made={made} />
        </div>
        <Mail mail={made.mail} first={locale} />
      </div>
    </section>
  )
}

function Password({ made }: { made: MadeLink }) {
  const t = useTranslations('sharing')
  if (!made.hasPassword) return null
  if (made.password === null) return <p className="mt-3">{t('made.samePassword')}</p>
  return (
    <>
      <CodeBlock
        code={made.password}
        label={t('made.password')}
        copyLabel={t('protect.copy')}
        wrap
        className="mt-3 bg-canvas"
      />
      <p className="mt-1 text-table text-ink-2">{t('made.passwordHint')}</p>
    </>
  )
}

/** The text in both languages: who gets it may read another one than who sends it. */
function Mail({ mail, first }: { mail: MadeLink['mail']; first: Locale }) {
  const t = useTranslations('sharing.made')
  return (
    <div className="min-w-0">
      <h3 className="mb-1 font-semibold">{t('mail')}</h3>
      {[...locales]
        .sort((a, b) => Number(b === first) - Number(a === first))
        .map((language) => (
          <details key={language} open={language === first} className="mb-2">
            <summary className="py-1">{t(`mailLanguage.${language}`)}</summary>
            <MailText text={mail[language]} language={language} />
          </details>
        ))}
    </div>
  )
}

function MailText({ text, language }: { text: string; language: Locale }) {
  const t = useTranslations('sharing.made')
  const common = useTranslations('common')
  return (
    <div className="rounded-input border border-line bg-canvas p-3">
      <p lang={language} className="break-words whitespace-pre-wrap">
        {text}
      </p>
      <CopyButton
        text={text}
        label={t('copyMail')}
        copiedLabel={common('copied')}
        failedLabel={common('copyFailed')}
        className="mt-3"
      />
    </div>
  )
}
