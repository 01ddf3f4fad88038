'use client'
import NextLink from 'next/link'
import { type ComponentProps, createContext, type ReactNode, useContext } from 'react'

/** Paths of the only pages that a reader has, or of those that they have not. */
type Pages = { readonly only: readonly string[] } | { readonly except: readonly string[] }

/** Null where a reader has every page. */
const Reach = createContext<Pages | null>(null)

/** Below this, links to pages that the reader has not are no links: a guest has only what was shared, a viewer no originals. */
export function Within({ children, ...pages }: Pages & { children: ReactNode }) {
  return <Reach value={pages}>{children}</Reach>
}

const pathOf = (href: string): string => href.replace(/[?#].*$/s, '')

/** A path covers the pages below it where it ends in `/`. */
const covers = (path: string, wanted: string): boolean =>
  path === wanted || (path.endsWith('/') && wanted.startsWith(path) && wanted.length > path.length)

const has = (pages: Pages, path: string): boolean =>
  'only' in pages ? pages.only.some((p) => covers(p, path)) : !pages.except.some((p) => covers(p, path))

type Props = Omit<ComponentProps<typeof NextLink>, 'href'> & {
  href: string
  /** What remains where the page is not to be had; the text alone if nothing is said. */
  orElse?: 'text' | 'nothing'
}

/** A link within the app. Where the reader has not the page it leads to, its text stands alone. */
export function Link({ orElse = 'text', ...props }: Props) {
  const reach = useContext(Reach)
  const path = pathOf(props.href)
  if (reach === null || path === '' || has(reach, path)) return <NextLink {...props} />
  if (orElse === 'nothing') return null
  return <span className={props.className?.replace(/(^|\s)link(?=\s|$)/, '')}>{props.children}</span>
}
