import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { sectionsFor } from '@/components/settings/sections'
import { PageHeader } from '@/components/ui'
import { enter } from '@/lib/server/gate'

export async function generateMetadata(): Promise<Metadata> {
  await enter('self')
  return { title: (await getTranslations('settings'))('title') }
}

/** What there is to set, in a sentence each. */
export default async function SettingsPage() {
  const { permissions } = await enter('self')
  const t = await getTranslations('settings')
  return (
    <>
      <PageHeader title={t('title')} />
      <ul className="divide-y divide-line rounded-card border border-line">
        {sectionsFor(permissions).map((name) => (
          <li key={name} className="p-3">
            <Link href={`/settings/${name}`} className="link font-semibold">
              {t(`section.${name}`)}
            </Link>
            <p className="text-ink-2">{t(`about.${name}`)}</p>
          </li>
        ))}
      </ul>
    </>
  )
}
