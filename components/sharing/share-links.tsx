'use client'
import { useLocale, useTranslations } from 'next-intl'
import { useActionState, useEffect, useRef } from 'react'
import { buttonClass } from '@/components/ui/button'
import { DataTable, HiddenTh, RowTh, Th } from '@/components/ui/data-table'
import { formatDateTime } from '@/lib/i18n/format'
import type { ShareRow } from '@/lib/server/shares'
import { EndLink, RenewLink } from './link-actions'
import { NewLink } from './new-link'
import { Refused } from './refused'
import { noAnswer, type ShareAction, type ShareAnswer } from './state'

type Props = {
  links: readonly ShareRow[]
  caption: string
  /** Links of several audits: each says whose it is. */
  hasAudits: boolean
  /** Days that a renewed link may live, and those that it does unless somebody chooses. */
  days: readonly number[]
  usualDays: number
  change: ShareAction
}

/** Links with what became of them, and the ways to end and to renew them. What was done is said above the table. */
export function ShareLinks({ links, caption, hasAudits, days, usualDays, change }: Props) {
  const t = useTranslations('sharing.links')
  const [answer, submit] = useActionState(change, noAnswer)
  const heads = ['for', 'content', ...(hasAudits ? (['audit'] as const) : []), 'by', 'ends', 'opened'] as const
  return (
    <>
      <Refused answer={answer} />
      <Ended answer={answer} />
      {answer.made && <NewLink made={answer.made} />}
      {links.length > 0 && (
        <DataTable caption={caption} hideCaption>
          <thead>
            <tr>
              {heads.map((head) => (
                <Th key={head}>{t(head)}</Th>
              ))}
              <HiddenTh>{t('actions')}</HiddenTh>
            </tr>
          </thead>
          <tbody>
            {links.map((link) => (
              <tr key={link.id}>
                <RowTh className="min-w-32 break-words">{link.note || t('noNote')}</RowTh>
                <Content link={link} />
                {hasAudits && (
                  <td>
                    {link.environmentName}, {link.auditName}
                  </td>
                )}
                <td>{link.by}</td>
                <Ends link={link} />
                <Opened link={link} />
                <td>
                  {link.isMine && (
                    <div className="flex flex-wrap items-start gap-1">
                      {link.state === 'active' && <EndLink link={link} submit={submit} />}
                      {link.isKept && <RenewLink link={link} days={days} usual={usualDays} submit={submit} />}
                      {link.hasKeyTable && (
                        <a href={`/shares/${link.id}/keys`} download className={buttonClass('quiet', 'small', '-my-1')}>
                          {t('keys')}
                        </a>
                      )}
                    </div>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      )}
    </>
  )
}

/** Said once the row is gone, with the focus that the row had. */
function Ended({ answer }: { answer: ShareAnswer }) {
  const t = useTranslations('sharing.links')
  const place = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (answer.hasEnded) place.current?.focus()
  }, [answer])
  if (!answer.hasEnded) return null
  return (
    <p ref={place} role="status" tabIndex={-1} className="mb-3 font-semibold outline-none">
      {t('endDone')}
    </p>
  )
}

function Content({ link }: { link: ShareRow }) {
  const t = useTranslations('sharing.links')
  return (
    <td>
      {t(`kind.${link.target.kind}`)}, {t(`level.${link.level}`)}
      {link.hasPassword && <span className="block text-ink-2">{t('password')}</span>}
    </td>
  )
}

function Ends({ link }: { link: ShareRow }) {
  const t = useTranslations('sharing.links')
  const locale = useLocale()
  const { state, endsAt, endedAt } = link
  return (
    <td>
      {state !== 'active' && <span className="block text-ink-2">{t(state)}</span>}
      {formatDateTime(endedAt ?? endsAt, locale)}
    </td>
  )
}

function Opened({ link }: { link: ShareRow }) {
  const t = useTranslations('sharing.links')
  const locale = useLocale()
  return (
    <td>
      {link.opens === 0 ? t('never') : t('times', { count: link.opens })}
      {link.lastOpenedAt && (
        <span className="block text-ink-2">{t('last', { date: formatDateTime(link.lastOpenedAt, locale) })}</span>
      )}
    </td>
  )
}
