import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Logo } from '@/components/ui'
import type { ShellAudit } from './audit-nav'
import { NavLink } from './nav-link'
import { PersonMenu, type ShellPerson } from './person'
import { type FormAction, Preferences, type PreferencesProps } from './preferences'
import { ShareHere } from './share-here'

const link =
  'tap items-center rounded-input px-2 py-1 text-ink no-underline hover:bg-raised aria-[current=page]:font-semibold'

type Props = PreferencesProps & {
  audit?: ShellAudit | undefined
  person: ShellPerson | null
  signOut?: FormAction | undefined
}

/** 48 px that never scroll away: where you are, and how the page looks. */
export function TopBar({ audit, person, signOut, ...preferences }: Props) {
  const t = useTranslations('shell')
  return (
    <header className="sticky top-0 z-50 flex h-12 items-center gap-2 border-b border-line bg-canvas px-3 print:hidden">
      <Link
        href="/"
        aria-label={t('home')}
        className="tap inline-flex items-center gap-2 rounded-input py-1 font-semibold text-ink no-underline"
      >
        <Logo className="size-6 shrink-0" />
        <span className={audit ? 'hidden sm:inline' : ''}>{t('title')}</span>
      </Link>
      {!person ? (
        <span className="flex-1" />
      ) : audit ? (
        <nav aria-label={t('place')} className="flex min-w-0 flex-1 items-center gap-1 text-table sm:text-body">
          <Link href={`/e/${audit.environmentId}`} className={`${link} hidden min-w-0 sm:inline-flex`}>
            <span className="truncate">{audit.environmentName}</span>
          </Link>
          <span aria-hidden className="hidden text-ink-3 sm:inline">
            /
          </span>
          <Link href={`/a/${audit.id}`} className={`${link} inline-flex min-w-0`} title={audit.name}>
            <span className="truncate">{audit.name}</span>
          </Link>
        </nav>
      ) : (
        <nav aria-label={t('main')} className="flex min-w-0 flex-1 items-center gap-1 text-table sm:ms-4 sm:text-body">
          {person.may.includes('upload') && (
            <NavLink href="/new" prefetch={false} className={`${link} hidden sm:inline-flex`}>
              {t('nav.newAudit')}
            </NavLink>
          )}
          <NavLink href="/rules" className={`${link} inline-flex`}>
            {t('nav.rules')}
          </NavLink>
          <NavLink href="/help" className={`${link} inline-flex`}>
            {t('nav.help')}
          </NavLink>
        </nav>
      )}
      {audit?.isAnalysed && person?.may.includes('share') && (
        <ShareHere audit={audit.id} comparedWith={audit.comparedWith} label={t('share')} />
      )}
      <Preferences {...preferences} />
      {person && signOut && <PersonMenu person={person} signOut={signOut} />}
    </header>
  )
}
