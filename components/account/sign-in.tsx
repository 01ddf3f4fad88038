import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { buttonClass, Notice, PageHeader } from '@/components/ui'
import { SignInForm } from './sign-in-form'
import type { FormAction } from './use-form'

type Props = {
  action: FormAction
  /** Where to go afterwards. */
  to: string
  /** What the company's sign-in is called; null where there is none. */
  company: string | null
  hasLocal: boolean
  /** Why the last try with the company's account failed. */
  failure: string | null
  /** Empty where there is none. */
  links: { readonly imprint: string; readonly privacy: string }
}

function Local({ action, to, fold }: Pick<Props, 'action' | 'to'> & { fold: string | null }) {
  const t = useTranslations('signIn')
  return (
    <SignInForm action={action} to={to} fold={fold}>
      <p className="mt-6">
        <Link href="/sign-in/forgotten" className="link">
          {t('forgotten')}
        </Link>
      </p>
    </SignInForm>
  )
}

/** The company's sign-in first where there is one, the password folded below it. */
export function SignIn({ action, to, company, hasLocal, failure, links }: Props) {
  const t = useTranslations('signIn')
  const account = useTranslations('account')
  const start = `/api/auth/oidc/start?to=${encodeURIComponent(to)}`
  return (
    <>
      <PageHeader title={account('signInTitle')} />
      {failure && <Notice level="error" role="alert" title={failure} className="mb-6" />}
      {company !== null && (
        // Another origin in the end: no navigation of this app.
        <a href={start} className={buttonClass('primary', 'normal', 'w-full')}>
          {t('companyButton', { label: company })}
        </a>
      )}
      {hasLocal && <Local action={action} to={to} fold={company === null ? null : t('otherWays')} />}
      <ul className="mt-10 flex flex-wrap gap-x-4 border-t border-line pt-4 text-table empty:hidden">
        {links.imprint && (
          <li>
            <a href={links.imprint}>{t('imprint')}</a>
          </li>
        )}
        {links.privacy && (
          <li>
            <a href={links.privacy}>{t('privacy')}</a>
          </li>
        )}
      </ul>
    </>
  )
}
