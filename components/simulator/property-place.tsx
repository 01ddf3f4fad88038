import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { placePath, type TraceJson } from '@/lib/core'

/** Names of the sources by their ids. */
export type Files = Readonly<Record<string, string>>
export type Because = TraceJson['hops'][number]['steps'][number]['because'][number]

const longest = 200

/** `PermissionGroups = AnonymousUsers, receive.txt, line 12`, where the place leads to the file. */
export function PropertyPlace({ because, base, files }: { because: Because; base: string; files: Files }) {
  const t = useTranslations('simulator')
  const words = useTranslations('words')
  const { property, value, source, lines } = because
  const [from, to] = lines
  const place = from === to ? words('line', { from }) : words('lines', { from, to })
  return (
    <>
      <code lang="en">
        {property} = {value === '' ? t('emptyValue') : value.length > longest ? `${value.slice(0, longest)}…` : value}
      </code>{' '}
      <Link href={`${base}/${placePath(source, lines)}`} className="link inline-block max-w-full break-words">
        {files[source] ?? source}, {place}
      </Link>
    </>
  )
}
