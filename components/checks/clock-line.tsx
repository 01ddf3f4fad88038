'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useScripts } from '@/components/account/use-scripts'
import { CheckLine } from './line'
import { clockOffset } from './measure'

/** Seconds by which the server's clock is ahead. Throws where it does not answer. */
async function measured(signal: AbortSignal): Promise<number> {
  const sent = Date.now()
  const answer = await fetch('/api/checks/clock', { signal, cache: 'no-store' })
  if (!answer.ok) throw new Error(`clock: ${answer.status}`)
  return clockOffset(sent, Number((await answer.json()).now), Date.now())
}

/** The browser's clock beside the server's; without scripts there is nothing to compare. */
export function ClockLine() {
  const t = useTranslations('checks')
  const hasScripts = useScripts()
  const [seconds, setSeconds] = useState<number | 'comparing' | 'unknown'>('comparing')
  useEffect(() => {
    const control = new AbortController()
    measured(control.signal).then(setSeconds, () => control.signal.aborted || setSeconds('unknown'))
    return () => control.abort()
  }, [])
  if (!hasScripts) return null
  const isKnown = typeof seconds === 'number'
  const result = !isKnown ? seconds : seconds === 0 ? 'good' : seconds > 0 ? 'ahead' : 'behind'
  return (
    <CheckLine
      state={!isKnown ? 'open' : seconds === 0 ? 'good' : 'warning'}
      name={t('name.clock')}
      result={t(`clock.${result}`, { seconds: isKnown ? Math.abs(seconds) : 0 })}
      effect={t('effect.clock')}
    >
      {isKnown && <p className="max-w-[72ch]">{t('mend.clock')}</p>}
    </CheckLine>
  )
}
