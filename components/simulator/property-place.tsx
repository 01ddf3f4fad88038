import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { placePath, type TraceJson } from '@/lib/core'

/** Names of the sources by their ids. */
export type Files = Readonly<Record<string, string>>
export type Because = TraceJson['hops'][number]['steps'][number]['because'][number]

const longest = 200

/** A value as it was exported; a long list is cut, and stands whole in the file. */
export function ValueText({ value }: { value: string }) {
  const t = useTranslations('simulator')
  return (
    <code lang="en">
      {value === '' ? t('emptyValue') : value.length > longest ? `${value.slice(0, longest)}…` : value}
    </code>
  )
}

type Props = { because: Because; base: string; files: Files }

/** The file and its line, as a link to it. */
export function PlaceLink({ because: { source, lines }, base, files }: Props) {
  const words = useTranslations('words')
  const [from, to] = lines
  const place = from === to ? words('line', { from }) : words('lines', { from, to })
  return (
    <Link href={`${base}/${placePath(source, lines)}`} className="link inline-block max-w-full break-words">
      {files[source] ?? source}, {place}
    </Link>
  )
}

/** `PermissionGroups = AnonymousUsers`, and the place that leads to the file. */
export function PropertyPlace({ because, base, files }: Props) {
  return (
    <>
      <code lang="en">{because.property} = </code>
      <ValueText value={because.value} /> <PlaceLink because={because} base={base} files={files} />
    </>
  )
}
