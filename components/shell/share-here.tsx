'use client'
import { Share2 } from 'lucide-react'
import { usePathname, useSearchParams } from 'next/navigation'
import { ButtonLink } from '@/components/ui/button'
import { shareHref } from './share-href'

type Props = { audit: string; comparedWith?: string | undefined; label: string }

/** The way to a link to what this page shows. Layouts stay when the browser goes on, so the address is read here. */
export function ShareHere({ audit, comparedWith, label }: Props) {
  const href = shareHref({ audit, comparedWith, path: usePathname(), search: useSearchParams() })
  if (href === null) return null
  return (
    <ButtonLink href={href} prefetch={false} size="small" aria-label={label} className="shrink-0">
      <Share2 aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
      <span className="hidden sm:inline">{label}</span>
    </ButtonLink>
  )
}
