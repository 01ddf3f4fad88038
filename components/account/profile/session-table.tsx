import { useTranslations } from 'next-intl'
import { Button, DataTable, HiddenTh, RowTh, Th, TimeText } from '@/components/ui'
import type { OwnSession } from '@/lib/server/sign-in/profile'
import { deviceOf } from './device'

type PlainAction = (form: FormData) => Promise<void>
type Props = { sessions: readonly OwnSession[]; end: PlainAction; signOutEverywhere: PlainAction }

function useDevice() {
  const t = useTranslations('profile')
  return (userAgent: string): string => {
    const { browser, system } = deviceOf(userAgent)
    if (browser && system) return t('onSystem', { browser, system })
    return browser ?? system ?? t('unknownDevice')
  }
}

function Row({ session, end }: { session: OwnSession; end: PlainAction }) {
  const t = useTranslations('profile')
  const device = useDevice()(session.userAgent)
  return (
    <tr>
      <RowTh>
        {device}
        {session.isCurrent && ` (${t('session.here')})`}
      </RowTh>
      <td>{session.address}</td>
      <td>{t(`method.${session.method}`)}</td>
      <td>
        <TimeText value={session.createdAt} />
      </td>
      <td>
        <TimeText value={session.lastSeenAt} />
      </td>
      <td>
        {!session.isCurrent && (
          <form action={end}>
            <input type="hidden" name="session" value={session.id} />
            <Button type="submit" size="small" aria-label={t('session.endOf', { device })}>
              {t('session.end')}
            </Button>
          </form>
        )}
      </td>
    </tr>
  )
}

/** Where somebody is signed in, and how to end it. */
export function SessionTable({ sessions, end, signOutEverywhere }: Props) {
  const t = useTranslations('profile')
  return (
    <>
      <DataTable caption={t('session.caption')} hideCaption>
        <thead>
          <tr>
            <Th>{t('session.device')}</Th>
            <Th>{t('session.address')}</Th>
            <Th>{t('session.method')}</Th>
            <Th>{t('session.since')}</Th>
            <Th>{t('session.seen')}</Th>
            <HiddenTh>{t('session.end')}</HiddenTh>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <Row key={session.id} session={session} end={end} />
          ))}
        </tbody>
      </DataTable>
      <form action={signOutEverywhere} className="mt-4 flex flex-wrap items-center gap-3">
        <Button type="submit">{t('signOutEverywhere')}</Button>
        <span className="text-table text-ink-2">{t('signOutText')}</span>
      </form>
    </>
  )
}
