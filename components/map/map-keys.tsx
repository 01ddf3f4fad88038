'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'

type Props = { target: string; close: string | null; selected: string | null }

const centre = (box: DOMRect): [number, number] => [box.x + box.width / 2, box.y + box.height / 2]

/** The nearest card in the direction of the key: in the same lane for up and down, in another one for left and right. */
function next(cards: readonly Element[], from: Element, key: string): Element | undefined {
  const [x, y] = centre(from.getBoundingClientRect())
  const vertical = key === 'ArrowUp' || key === 'ArrowDown'
  const sign = key === 'ArrowUp' || key === 'ArrowLeft' ? -1 : 1
  let best: [Element, number] | undefined
  for (const card of cards) {
    const [cx, cy] = centre(card.getBoundingClientRect())
    const along = (vertical ? cy - y : cx - x) * sign
    const across = Math.abs(vertical ? cx - x : cy - y)
    if (along < 2 || (vertical && across > 20)) continue
    const distance = vertical ? along : along * 10 + across
    if (!best || distance < best[1]) best = [card, distance]
  }
  return best?.[0]
}

/** One tab stop for all cards; arrow keys walk, Enter follows the link without a reload, Esc closes. Renders nothing. */
export function MapKeys({ target, close, selected }: Props) {
  const router = useRouter()
  const last = useRef<string | null>(null)
  const state = useRef(close)
  state.current = close

  useEffect(() => {
    const box = document.getElementById(target)
    if (!box) return
    const cards = () => [...box.querySelectorAll('[data-card] a')]
    const idOf = (link: Element | null) => link?.closest('[data-card]')?.getAttribute('data-card') ?? null
    const rove = (to: Element | undefined) => {
      for (const card of cards()) card.setAttribute('tabindex', card === to ? '0' : '-1')
    }
    const onFocus = (event: FocusEvent) => {
      const link = event.target instanceof Element ? event.target.closest('[data-card] a') : null
      if (link) rove(link)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && state.current) {
        last.current = idOf(document.activeElement)
        return router.push(state.current, { scroll: false })
      }
      const link = document.activeElement?.closest('[data-card] a')
      if (!link || !event.key.startsWith('Arrow') || event.ctrlKey || event.altKey || event.metaKey) return
      event.preventDefault()
      const to = next(cards(), link, event.key)
      if (to instanceof SVGElement) to.focus()
    }
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      const href = link?.getAttribute('href')
      if (!link || !href || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
      event.preventDefault()
      last.current = idOf(link)
      router.push(href, { scroll: false })
    }
    box.addEventListener('focusin', onFocus)
    box.addEventListener('click', onClick)
    document.addEventListener('keydown', onKey)
    return () => {
      box.removeEventListener('focusin', onFocus)
      box.removeEventListener('click', onClick)
      document.removeEventListener('keydown', onKey)
    }
  }, [target, router])

  // The drawing is new after a selection: the tab stop and the focus go back to where they were.
  useEffect(() => {
    const cards = [...(document.getElementById(target)?.querySelectorAll('[data-card]') ?? [])]
    const stop = cards.find((card) => card.getAttribute('data-card') === (last.current ?? selected)) ?? cards[0]
    for (const card of cards) card.querySelector('a')?.setAttribute('tabindex', card === stop ? '0' : '-1')
    // Where the drawing scrolls sideways, what is selected comes into view.
    const box = document.getElementById(target)
    const chosen = selected && cards.find((card) => card.getAttribute('data-card') === selected)
    if (box && chosen && box.scrollWidth > box.clientWidth) {
      const { left, width } = chosen.getBoundingClientRect()
      box.scrollLeft += left + width / 2 - box.getBoundingClientRect().left - box.clientWidth / 2
    }
    if (last.current !== null) stop?.querySelector('a')?.focus({ preventScroll: true })
    if (last.current !== null && selected) document.getElementById('selection')?.scrollIntoView({ block: 'nearest' })
    last.current = null
  }, [target, selected])

  return null
}
