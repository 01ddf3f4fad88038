import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'

/** Holds below every link, also for its error pages: nothing of it is said, kept, or handed on. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('guest')
  const product = (await getTranslations('shell'))('title')
  return {
    title: { default: t('title'), template: `%s · ${product}` },
    referrer: 'no-referrer',
    robots: { index: false, follow: false, noarchive: true, nosnippet: true },
  }
}

export default function GuestLayout({ children }: { children: ReactNode }) {
  return children
}
