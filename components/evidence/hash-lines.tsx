'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const range = /^#L(\d{1,9})(?:-L(\d{1,9}))?$/

type Props = { from: number; to: number; pageLines: number; path: string }

/** Shows the lines that the address names (`#L12-L20`), and goes to the part of the file that holds them. */
export function HashLines({ from, to, pageLines, path }: Props) {
  const router = useRouter()
  useEffect(() => {
    const show = () => {
      for (const line of document.querySelectorAll('[data-line][data-active]')) line.removeAttribute('data-active')
      const match = range.exec(window.location.hash)
      if (!match) return
      const first = Number(match[1])
      const last = Number(match[2] ?? match[1])
      if (first < from || first > to) {
        const start = Math.floor((first - 1) / pageLines) * pageLines + 1
        if (start !== from && start > 0) router.replace(`${path}?from=${start}${window.location.hash}`)
        return
      }
      for (let n = first; n <= Math.min(last, to); n++)
        document.querySelector(`[data-line="${n}"]`)?.setAttribute('data-active', '')
      document.getElementById(`L${first}`)?.scrollIntoView({ block: 'center' })
    }
    // A click on a number makes the address of that line, with Shift of the range. By keyboard, "go to line" does the same.
    const name = (event: MouseEvent) => {
      const target = event.target instanceof Element ? event.target.closest('[data-line-number]') : null
      const line = Number(target?.getAttribute('data-line-number'))
      if (!line) return
      const start = event.shiftKey ? Number(range.exec(window.location.hash)?.[1] ?? line) : line
      window.location.hash = start === line ? `L${line}` : `L${Math.min(start, line)}-L${Math.max(start, line)}`
    }
    show()
    window.addEventListener('hashchange', show)
    document.addEventListener('click', name)
    return () => {
      window.removeEventListener('hashchange', show)
      document.removeEventListener('click', name)
    }
  }, [from, to, pageLines, path, router])
  return null
}
