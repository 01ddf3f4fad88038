import { Share2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'

/** The way to a link of this view. */
export function ShareButton({ href }: { href: string }) {
  const t = useTranslations('sharing')
  return (
    <Link href={href} prefetch={false} orElse="nothing" className={buttonClass('secondary', 'small')}>
      <Share2 aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
      {t('share')}
    </Link>
  )
}
