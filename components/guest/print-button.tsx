'use client'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'

/** Prints the page. It is there once it works: without scripts the browser's own menu prints. */
export function PrintButton({ label }: { label: string }) {
  const [works, setWorks] = useState(false)
  useEffect(() => setWorks(true), [])
  if (!works) return null
  return (
    <Button kind="quiet" size="small" onClick={() => window.print()}>
      {label}
    </Button>
  )
}
