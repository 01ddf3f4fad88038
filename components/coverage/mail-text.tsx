import { useTranslations } from 'next-intl'
import { CopyButton, Section } from '@/components/ui'
import type { Locale } from '@/lib/i18n/locales'

/** The request for the missing exports as a text to send, in either language whatever the page's is. */
export function MailText({ texts }: { texts: Readonly<Record<Locale, string>> }) {
  const t = useTranslations('coverage')
  const common = useTranslations('common')
  return (
    <Section title={t('mail.title')} description={t('mail.text')} id="mail" className="print:hidden">
      <div className="space-y-3">
        {(['en', 'de'] as const).map((lang) => (
          <div key={lang} data-copy className="rounded-card border border-line p-3">
            <CopyButton
              label={t(`mail.copy.${lang}`)}
              copiedLabel={common('copied')}
              failedLabel={common('copyFailed')}
            />
            <details className="mt-1">
              <summary className="tap py-1 text-table">{t(`mail.show.${lang}`)}</summary>
              <pre
                lang={lang}
                // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable without a mouse
                tabIndex={0}
                className="mt-2 max-h-[70vh] overflow-auto rounded-input border border-line bg-subtle p-3 text-table [overflow-wrap:anywhere] whitespace-pre-wrap"
              >
                <code>{texts[lang]}</code>
              </pre>
            </details>
          </div>
        ))}
      </div>
    </Section>
  )
}
