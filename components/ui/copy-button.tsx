'use client'
import { Check, Copy } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { buttonClass } from './button'

type Props = {
  /** What is copied. Without it: the text of the `code` in the closest `data-copy` element, byte for byte. */
  text?: string
  label: string
  copiedLabel: string
  failedLabel: string
  className?: string
}

/** Copies text. Works on plain HTTP too, where browsers offer no clipboard interface. */
export function CopyButton({ text, label, copiedLabel, failedLabel, className }: Props) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), 4000)
    return () => clearTimeout(timer)
  }, [state])
  const copy = async () => {
    const source = text ?? button.current?.closest('[data-copy]')?.querySelector('code')?.textContent ?? ''
    setState((await write(source)) ? 'copied' : 'failed')
    button.current?.focus()
  }
  const said = state === 'copied' ? copiedLabel : state === 'failed' ? failedLabel : ''
  const Icon = state === 'copied' ? Check : Copy
  return (
    <>
      <button ref={button} type="button" onClick={copy} className={buttonClass('secondary', 'small', className)}>
        <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
        {said || label}
      </button>
      <span role="status" className="sr-only">
        {said}
      </span>
    </>
  )
}

async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return writeBySelection(text)
  }
}

function writeBySelection(text: string): boolean {
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'sr-only'
  document.body.append(area)
  area.select()
  try {
    return document.execCommand('copy')
  } catch {
    return false
  } finally {
    area.remove()
  }
}
