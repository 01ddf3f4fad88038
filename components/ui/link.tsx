'use client'
import NextLink from 'next/link'
import { type ComponentProps, createContext, type ReactNode, useContext } from 'react'

/** Paths of the pages that a reader has; null where that is all of them. */
const Reach = createContext<readonly string[] | null>(null)

/** Below this, links to other pages than those of `paths` are no links: a guest has only what was shared. */
export function Within({ paths, children }: { paths: readonly string[]; children: ReactNode }) {
  return <Reach value={paths}>{children}</Reach>
}

const pathOf = (href: string): string => href.replace(/[?#].*$/s, '')

/** A path covers the pages below it where it ends in `/`. */
const covers = (path: string, wanted: string): boolean =>
  path === wanted || (path.endsWith('/') && wanted.startsWith(path) && wanted.length > path.length)

type Props = Omit<ComponentProps<typeof NextLink>, 'href'> & {
  href: string
  /** What remains where the page is not to be had; the text alone if nothing is said. */
  orElse?: 'text' | 'nothing'
}

/** A link within the app. Where the reader has not the page it leads to, its text stands alone. */
export function Link({ orElse = 'text', ...props }: Props) {
  const reach = useContext(Reach)
  const path = pathOf(props.href)
  if (reach === null || path === '' || reach.some((p) => covers(p, path))) return <NextLink {...props} />
  if (orElse === 'nothing') return null
  return <span className={props.className?.replace(/(^|\s)link(?=\s|$)/, '')}>{props.children}</span>
}
