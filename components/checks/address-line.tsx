'use client'
import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { CodeBlock } from '@/components/ui/code-block'
import { CheckLine, type LineState } from './line'
import { type AddressResult, addressResult } from './measure'

const states: Record<AddressResult, LineState> = {
  ...{ addressGood: 'good', addressLocal: 'good' },
  ...{ addressPlain: 'bad', addressOther: 'warning', addressAside: 'warning', addressUnset: 'warning' },
}
const mends = ['addressPlain', 'addressOther', 'addressUnset', 'addressAside'] as const

const never = () => () => {}

export type Address = {
  /** The origin that was asked for as the server was told it; the browser's own word counts more. */
  asked: string
  /** As the settings say; null where they do not. */
  publicUrl: string | null
}

/** The public address beside the one in use. */
export function AddressLine({ asked, publicUrl }: Address) {
  const t = useTranslations('checks')
  const used = useSyncExternalStore(
    never,
    () => window.location.origin,
    () => asked,
  )
  const result = addressResult(used, publicUrl)
  const mend = mends.find((one) => one === result)
  const names = { address: used, publicUrl: publicUrl ?? '' }
  return (
    <CheckLine
      state={states[result]}
      name={t('name.address')}
      result={t(`result.${result}`, names)}
      effect={t('effect.address')}
    >
      {mend && <p className="mb-2 max-w-[72ch]">{t(`mend.${mend}`, names)}</p>}
      {mend && mend !== 'addressAside' && (
        <CodeBlock code={`POSTERN_PUBLIC_URL=${used.replace(/^http:/, 'https:')}`} copyable={false} wrap />
      )}
    </CheckLine>
  )
}
