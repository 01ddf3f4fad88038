import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Preferences, type PreferencesProps } from '@/components/shell'
import { Logo, Tabs, Within } from '@/components/ui'
import { formatDateLong } from '@/lib/i18n/format'
import type { GuestContent } from '@/lib/server/shares-content'
import { type GuestPage, guestPaths, guestTabs } from './pages'
import { PrintButton } from './print-button'

type BarProps = PreferencesProps & { children?: ReactNode }

/** The top of every page below a link: the product's name, and how the page looks. Nothing in it leads anywhere. */
export function GuestBar({ children, ...preferences }: BarProps) {
  const t = useTranslations('shell')
  return (
    <>
      <a href="#content" className="skip-link">
        {t('skipToContent')}
      </a>
      <header className="sticky top-0 z-50 flex h-12 items-center gap-2 border-b border-line bg-canvas px-3 print:hidden">
        <span className="inline-flex flex-1 items-center gap-2 font-semibold">
          <Logo className="size-6 shrink-0" />
          {t('title')}
        </span>
        {children}
        <Preferences {...preferences} />
      </header>
    </>
  )
}

type Props = PreferencesProps & {
  base: string
  content: GuestContent
  endsAt: Date
  page: GuestPage
  children: ReactNode
}

/** What stands around every view of a link. Links to what the link does not hold are texts. */
export function GuestFrame({ base, content, endsAt, page, children, ...preferences }: Props) {
  const t = useTranslations('guest')
  const tabs = guestTabs(base, content)
  return (
    <Within only={guestPaths(base, content)}>
      <GuestBar {...preferences}>
        <PrintButton label={t('print')} />
      </GuestBar>
      <main id="content" tabIndex={-1} className="px-4 py-4 outline-none md:px-8">
        <div className={page === 'map' ? undefined : 'mx-auto max-w-app'}>
          <Facts content={content} endsAt={endsAt} />
          {tabs.length > 0 && (
            <Tabs
              label={t('pages')}
              tabs={tabs.map((tab) => ({
                href: tab.href,
                label: t(`page.${tab.page}`),
                current: tab.page === page || (tab.page === 'findings' && page === 'finding'),
              }))}
            />
          )}
        </div>
        {children}
      </main>
    </Within>
  )
}

/** `Shared by Contoso AG · read only · until 5 December 2026 · names replaced`. */
function Facts({ content, endsAt }: Pick<Props, 'content' | 'endsAt'>) {
  const t = useTranslations('guest')
  const locale = useLocale()
  const { sharedBy, level } = content
  const facts = [
    sharedBy === null ? t('with') : t('by', { name: sharedBy }),
    t('readOnly'),
    t('until', { date: formatDateLong(endsAt, locale) }),
    t(`level.${level}`),
  ]
  return <p className="mb-4 text-table text-ink-2">{facts.join(' · ')}</p>
}
