import { useTranslations } from 'next-intl'
import { CodeBlock, Section } from '@/components/ui'
import type { Locale } from '@/lib/i18n/locales'

/** The request for the missing exports as a text to send, in either language whatever the page's is. */
export function MailText({ texts }: { texts: Readonly<Record<Locale, string>> }) {
  const t = useTranslations('coverage')
  return (
    <Section title={t('mail.title')} description={t('mail.text')} id="mail" className="print:hidden">
      <div className="space-y-3">
        {(['en', 'de'] as const).map((lang) => (
          <details key={lang}>
            <summary className="tap py-1">{t(`mail.show.${lang}`)}</summary>
            <div className="mt-2" lang={lang}>
              <CodeBlock code={texts[lang]} copyLabel={t(`mail.copy.${lang}`)} wrap />
            </div>
          </details>
        ))}
      </div>
    </Section>
  )
}
