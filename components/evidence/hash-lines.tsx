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
    show()
    window.addEventListener('hashchange', show)
    return () => window.removeEventListener('hashchange', show)
  }, [from, to, pageLines, path, router])
  return null
}
