import { useTranslations } from 'next-intl'
import { CopyButton } from '@/components/ui'

const LOGS = '%ExchangeInstallPath%TransportRoles\\Logs'

/** Folders of the SMTP protocol logs (learn.microsoft.com, "Protocol logging in Exchange Server"), and of the wizard's log. */
const folders = [
  { key: 'frontEnd', path: `${LOGS}\\FrontEnd\\ProtocolLog` },
  { key: 'hub', path: `${LOGS}\\Hub\\ProtocolLog` },
  { key: 'mailbox', path: `${LOGS}\\Mailbox\\ProtocolLog` },
  { key: 'edge', path: `${LOGS}\\Edge\\ProtocolLog` },
  { key: 'wizard', path: '%AppData%\\Microsoft\\Exchange Hybrid Configuration' },
] as const

/** What can be copied without a command: which folders, and how. */
export function ByHand() {
  const t = useTranslations('collect')
  const common = useTranslations('common')
  return (
    <div className="space-y-3">
      <p className="max-w-[72ch]">{t('byHandText')}</p>
      <dl className="space-y-3">
        {folders.map(({ key, path }) => (
          <div key={key}>
            <dt className="font-semibold">{t(`folder.${key}.name`)}</dt>
            <dd>
              <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <code lang="en" className="min-w-0 break-all">
                  {path}
                </code>
                <CopyButton
                  text={path}
                  label={t('copyPath')}
                  copiedLabel={common('copied')}
                  failedLabel={common('copyFailed')}
                />
              </span>
              <span className="block text-table text-ink-2">{t(`folder.${key}.text`)}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="max-w-[72ch] text-table text-ink-2">{t('byHandZip')}</p>
    </div>
  )
}
