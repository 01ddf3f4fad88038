'use client'
import { useEffect, useRef, useState } from 'react'

type Handlers = { onTransfer: (data: DataTransfer) => void; onText: (text: string) => void }

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** The whole window takes drops and Ctrl V; fields keep their own paste. Says whether files are held over it. */
export function useWindowTransfer(handlers: Handlers): boolean {
  const [isOver, setOver] = useState(false)
  const current = useRef(handlers)
  useEffect(() => {
    current.current = handlers
  })
  useEffect(() => {
    const end = new AbortController()
    const on = { signal: end.signal }
    const over = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    window.addEventListener('dragenter', over, on)
    window.addEventListener('dragover', over, on)
    // Without a related target the pointer has left the window, not only one element of it.
    window.addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), on)
    window.addEventListener(
      'drop',
      (event) => {
        setOver(false)
        if (!event.dataTransfer || !carriesFiles(event)) return
        event.preventDefault()
        current.current.onTransfer(event.dataTransfer)
      },
      on,
    )
    window.addEventListener(
      'paste',
      (event) => {
        if (isTyping(event.target) || !event.clipboardData) return
        event.preventDefault()
        if (event.clipboardData.files.length > 0) current.current.onTransfer(event.clipboardData)
        else current.current.onText(event.clipboardData.getData('text/plain'))
      },
      on,
    )
    return () => end.abort()
  }, [])
  return isOver
}
