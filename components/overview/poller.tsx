'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const everyMs = 1500

/** Draws the page again while the analysis runs; a server that restarts is simply asked again. */
export function Poller({ auditId }: { auditId: string }) {
  const router = useRouter()
  useEffect(() => {
    let last = ''
    const timer = setInterval(async () => {
      try {
        const answer = await fetch(`/api/audits/${auditId}/status`, { cache: 'no-store' })
        const text = answer.ok ? await answer.text() : ''
        if (text !== '' && text !== last) router.refresh()
        last = text || last
      } catch {
        // Offline or restarting: the next turn asks again.
      }
    }, everyMs)
    return () => clearInterval(timer)
  }, [auditId, router])
  return null
}
