'use client'
import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useScripts } from '@/components/account/use-scripts'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { CheckLine, type LineState } from './line'
import { curlCommand, type Sent, sendTestUpload } from './send'

type Stage = Sent | { readonly kind: 'idle' | 'sending' }

const states: Record<Stage['kind'], LineState> = {
  ...{ idle: 'open', sending: 'open', wait: 'open', good: 'good' },
  ...{ limit: 'bad', cut: 'bad', failed: 'warning' },
}

const limits = `nginx:  client_max_body_size 0;
Apache: LimitRequestBody 0
IIS:    <requestLimits maxAllowedContentLength="1000000000" />`

type Props = {
  /** Where the server is asked, for the command that does the same. */
  address: string
  /** Whether the test begins by itself. */
  isStarted: boolean
}

/** Whether an upload of some size comes through to the server. */
export function UploadLine({ address, isStarted }: Props) {
  const t = useTranslations('checks')
  const hasScripts = useScripts()
  const [stage, setStage] = useState<Stage>({ kind: 'idle' })
  const running = useRef<AbortController>(null)
  const start = useCallback(() => {
    running.current?.abort()
    const control = new AbortController()
    running.current = control
    setStage({ kind: 'sending' })
    sendTestUpload(control.signal).then(setStage, () => {})
    return () => control.abort()
  }, [])
  useEffect(() => (isStarted ? start() : undefined), [isStarted, start])
  if (!hasScripts)
    return (
      <CheckLine state="open" name={t('name.upload')} result={t('upload.untested')} effect={t('effect.upload')}>
        <p className="mb-2 max-w-[72ch]">{t('upload.curl')}</p>
        <CodeBlock code={curlCommand(address)} label="curl" copyable={false} wrap />
      </CheckLine>
    )
  const number = 'number' in stage ? stage.number : 0
  const isRefused = stage.kind === 'limit' || stage.kind === 'cut'
  return (
    <CheckLine
      state={states[stage.kind]}
      name={t('name.upload')}
      result={t(`upload.${stage.kind}`, { number })}
      effect={t('effect.upload')}
    >
      {isRefused && <p className="mb-2 max-w-[72ch]">{t('mend.upload')}</p>}
      {isRefused && <CodeBlock code={limits} label={t('upload.limits')} copyable={false} className="mb-3" />}
      {stage.kind !== 'sending' && (
        <Button size="small" onClick={start}>
          {t('upload.start')}
        </Button>
      )}
    </CheckLine>
  )
}
