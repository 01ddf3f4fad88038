'use client'
import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'

// The texts are in the code because an error page must not depend on anything that can fail.
const texts = {
  en: {
    title: 'This page could not be shown',
    text: 'Your files and audits are not affected. Try again; if it happens once more, the log of the server has the reason under this id:',
    retry: 'Load the page again',
  },
  de: {
    title: 'Diese Seite kann nicht angezeigt werden',
    text: 'Ihre Dateien und Prüfungen sind nicht betroffen. Versuchen Sie es noch einmal; tritt es wieder auf, steht der Grund unter dieser Kennung im Protokoll des Servers:',
    retry: 'Seite neu laden',
  },
}

export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  const [language, setLanguage] = useState<'en' | 'de'>('en')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (document.documentElement.lang === 'de') setLanguage('de')
    heading.current?.focus()
  }, [])
  const t = texts[language]
  return (
    <main className="mx-auto max-w-reading px-4 py-12">
      <h1 ref={heading} tabIndex={-1} className="mb-4 text-h2">
        {t.title}
      </h1>
      <p className="mb-4">
        {t.text} <code>{error.digest ?? 'browser'}</code>
      </p>
      <Button kind="primary" onClick={() => window.location.reload()}>
        {t.retry}
      </Button>
    </main>
  )
}
