'use client'
import { useEffect } from 'react'

const seenMs = 2000

/**
 * Says once that the page was before somebody's eyes for two seconds. Programs that only fetch links, as mail gateways do, open nothing:
 * they run no script, or show it to nobody, and a GET alone never counts.
 */
export function Seen({ path }: { path: string }) {
  useEffect(() => {
    let left = seenMs
    let since = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const tell = () => {
      document.removeEventListener('visibilitychange', watch)
      void fetch(path, { method: 'POST', keepalive: true }).catch(() => {})
    }
    const watch = () => {
      clearTimeout(timer)
      if (document.visibilityState === 'visible') {
        since = performance.now()
        timer = setTimeout(tell, left)
      } else if (since > 0) left = Math.max(0, left - (performance.now() - since))
    }
    document.addEventListener('visibilitychange', watch)
    watch()
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', watch)
    }
  }, [path])
  return null
}
