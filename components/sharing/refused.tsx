import { useEffect, useRef } from 'react'
import type { ShareAnswer } from './state'

/** Why nothing was done, as one sentence; gets the focus. */
export function Refused({ answer }: { answer: ShareAnswer }) {
  const place = useRef<HTMLParagraphElement>(null)
  const { refused } = answer
  useEffect(() => {
    if (refused) place.current?.focus()
  }, [refused])
  if (!refused) return null
  return (
    <p
      ref={place}
      role="alert"
      tabIndex={-1}
      className="mb-4 rounded-input border border-line border-s-4 border-s-high bg-subtle p-3"
    >
      {refused.sentence}
    </p>
  )
}
