'use client'
import { useState } from 'react'

type Props = { href: string; page: string; label: string; failed: string; link: string }

/** The source of the script, fetched when somebody opens it: a page that is read again with every file stays small. */
export function LazySource({ href, page, label, failed, link }: Props) {
  const [text, setText] = useState<string | null>(null)
  const load = async () => {
    if (text !== null) return
    const answer = await fetch(href).catch(() => null)
    setText(answer?.ok ? await answer.text() : failed)
  }
  return (
    <details onToggle={(event) => event.currentTarget.open && void load()} className="print:hidden">
      <summary className="tap py-1 font-semibold">{label}</summary>
      <a href={page} className="link tap text-table">
        {link}
      </a>
      {text !== null && <SourceText text={text} label={label} />}
    </details>
  )
}

/** Text of a script in a box of its own that scrolls. */
export function SourceText({ text, label }: { text: string; label: string }) {
  return (
    <section aria-label={label} className="mt-2 rounded-input border border-line bg-subtle">
      <pre
        lang="en"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable without a mouse
        tabIndex={0}
        className="max-h-[70vh] overflow-auto p-3 text-table print:max-h-none"
      >
        <code>{text}</code>
      </pre>
    </section>
  )
}
