import type { FormRefusal } from '@/lib/server/http'

/** Why a form was refused, as one sentence; gets the focus. The sentence comes from the server, in the reader's language. */
export function Refused({ refused }: { refused: FormRefusal | null }) {
  if (!refused) return null
  return (
    <p
      role="alert"
      tabIndex={-1}
      className="mt-4 rounded-input border border-line border-s-4 border-s-high bg-subtle p-3"
    >
      {refused.sentence}
    </p>
  )
}
