import { useTranslations } from 'next-intl'
import { NavItem } from './nav-item'
import type { SectionName } from './sections'

/** The sections that somebody has. On a phone a line that wraps, else a column. */
export function SettingsNav({ sections }: { sections: readonly SectionName[] }) {
  const t = useTranslations('settings')
  return (
    <nav
      aria-label={t('nav')}
      className="mb-6 border-b border-line pb-3 lg:mb-0 lg:w-48 lg:shrink-0 lg:border-0 print:hidden"
    >
      <ul className="flex flex-wrap gap-1 lg:flex-col">
        {sections.map((name) => (
          <li key={name}>
            <NavItem href={`/settings/${name}`}>{t(`section.${name}`)}</NavItem>
          </li>
        ))}
      </ul>
    </nav>
  )
}
