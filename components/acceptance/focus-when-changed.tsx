'use client'
import { type ReactNode, useEffect, useRef } from 'react'

type Props = { id: string; label: string; state: string; children: ReactNode }

/** A part of the page that takes the focus when what it says has changed: the button that changed it is gone by then. */
export function FocusWhenChanged({ id, label, state, children }: Props) {
  const box = useRef<HTMLElement>(null)
  const last = useRef(state)
  useEffect(() => {
    if (last.current === state) return
    last.current = state
    box.current?.focus({ preventScroll: true })
  }, [state])
  return (
    <section ref={box} id={id} aria-label={label} tabIndex={-1} className="mb-6 scroll-mt-16 outline-none">
      {children}
    </section>
  )
}
