'use client'
import { useEffect, useState } from 'react'
import { CopyButton } from '@/components/ui/copy-button'

type Props = { path: string; label: string; copiedLabel: string; failedLabel: string }

/** Copies the address of a page. Only the browser knows under which name it reached the server. */
export function CopyLink({ path, ...labels }: Props) {
  const [origin, setOrigin] = useState('')
  useEffect(() => setOrigin(window.location.origin), [])
  return <CopyButton text={origin + path} {...labels} />
}
