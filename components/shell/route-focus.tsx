'use client'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'

/** After a navigation the focus is on the new page's heading, so that it is read out and Tab goes on from there. */
export function RouteFocus() {
  const path = usePathname()
  const last = useRef(path)
  useEffect(() => {
    if (last.current === path) return
    last.current = path
    if (window.location.hash === '') document.querySelector('h1')?.focus({ preventScroll: true })
  }, [path])
  return null
}
