import { useLocale, useTranslations } from 'next-intl'
import { ClientMessages } from '@/components/shell'
import { formatBytes } from '@/lib/i18n/format'
import type { SystemChecks } from '@/lib/server/checks'
import { type Address, AddressLine } from './address-line'
import { ClockLine } from './clock-line'
import { CheckLine } from './line'
import { UploadLine } from './upload-line'

type ServerProps = { name: keyof SystemChecks; checks: SystemChecks }

/** What the server says about itself. */
function ServerLine({ name, checks }: ServerProps) {
  const t = useTranslations('checks')
  const locale = useLocale()
  const { state, result, params } = checks[name]
  const size = (bytes: string | number | undefined) => formatBytes(Number(bytes ?? 0), locale)
  const shown = name === 'disk' ? { free: size(params.free), audit: size(params.audit) } : params
  return (
    <CheckLine
      state={state}
      name={t(`name.${name}`)}
      result={t(`result.${result}`, shown)}
      effect={t(`effect.${name}`)}
    >
      <p className="max-w-[72ch]">{t(`mend.${name}`)}</p>
    </CheckLine>
  )
}

type Props = {
  checks: SystemChecks
  address: Address
  /** Whether the address is a line of its own. */
  withAddress: boolean
  /** Whether the test upload begins by itself. */
  isStarted: boolean
}

/** Whether everything is there that an audit needs. */
export function Checks({ checks, address, withAddress, isStarted }: Props) {
  return (
    <ul className="max-w-reading">
      {withAddress && (
        <ClientMessages use={['checks']}>
          <AddressLine {...address} />
        </ClientMessages>
      )}
      <ServerLine name="database" checks={checks} />
      <ServerLine name="disk" checks={checks} />
      <ClientMessages use={['checks', 'common']}>
        <UploadLine address={address.asked} isStarted={isStarted} />
        <ClockLine />
      </ClientMessages>
      <ServerLine name="worker" checks={checks} />
    </ul>
  )
}
