import { CircleUser } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Button, buttonClass } from '@/components/ui'
import type { Permission, Role } from '@/lib/server/access'
import type { FormAction } from './preferences'

/** Who looks at the page, and what they may do: what a role lacks is absent. */
export type ShellPerson = {
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly may: readonly Permission[]
}

const item = 'tap flex min-h-9 items-center rounded-input px-2 text-ink no-underline hover:bg-raised'

/** The own account: who is signed in, the settings, the way out. A native popover, so it works without scripts. */
export function PersonMenu({ person, signOut }: { person: ShellPerson; signOut: FormAction }) {
  const t = useTranslations('shell.person')
  const account = useTranslations('account')
  return (
    <>
      <button
        type="button"
        popoverTarget="person"
        className={buttonClass('quiet', 'small', 'min-w-0')}
        aria-label={t('open', { name: person.name })}
      >
        <CircleUser aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
        <span className="hidden max-w-40 truncate lg:inline">{person.name}</span>
      </button>
      <div
        id="person"
        popover="auto"
        className="fixed inset-auto end-2 top-12 m-0 w-64 rounded-card border border-line-strong bg-canvas p-2 text-ink shadow-float"
      >
        <p className="px-2 pt-1 font-semibold break-words">{person.name}</p>
        <p className="px-2 text-table break-words text-ink-2">{person.email}</p>
        <p className="mb-2 border-b border-line px-2 pb-2 text-table text-ink-2">{account(`role.${person.role}`)}</p>
        <ul>
          <li>
            <Link href="/settings/profile" className={item}>
              {t('profile')}
            </Link>
          </li>
          {person.may.includes('share') && (
            <li>
              <Link href="/shares" className={item}>
                {t('shares')}
              </Link>
            </li>
          )}
          <li>
            <Link href="/settings" className={item}>
              {t('settings')}
            </Link>
          </li>
        </ul>
        <form action={signOut} className="mt-2 border-t border-line pt-2">
          <Button type="submit" size="small">
            {account('signOut')}
          </Button>
        </form>
      </div>
    </>
  )
}
